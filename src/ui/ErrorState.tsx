import { Alert, Button, Stack, Text } from '@grafana/ui';

/** The parts of an error of the engine's client that a person can use. */
export interface ShownError {
  readonly message: string;
  readonly code?: string;
  readonly requestId?: string | undefined;
}

export interface ErrorStateProps {
  /** Begins the sentence: "The alerts could not be loaded". */
  readonly what: string;
  readonly error: ShownError;
  /** Whether anything was lost. */
  readonly lost?: string;
  readonly onRetry?: () => void;
}

const BY_ITSELF = 'This page tries again by itself.';

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  network: `Check that the engine runs: npm run engine. ${BY_ITSELF}`,
  engine_unreachable: `An admin should check that the engine runs, and its address in the Pharos data source. ${BY_ITSELF}`,
  engine_timeout: `The engine, or a source that it asks, is slow now. ${BY_ITSELF}`,
  not_an_engine: `An admin should correct the engine's address in the Pharos data source. ${BY_ITSELF}`,
  relay_rejected: `An admin should compare the relay secret of the Pharos data source with that of the engine. ${BY_ITSELF}`,
  grafana_unreachable: `Check that Grafana runs, and your connection to it. ${BY_ITSELF}`,
  signed_out: 'Reload the page to sign in.',
  datasource_missing: `An admin should add a data source of type Pharos, or choose another one in the configuration of the Pharos app. ${BY_ITSELF}`,
  datasource_forbidden: 'Ask an admin of Grafana for permission to query it.',
  relay_missing: `An admin should enable the Pharos app, without which Grafana does not load its data source. ${BY_ITSELF}`,
  relay_unavailable: `An admin finds the reason in Grafana's log, under pharos-observability-datasource. ${BY_ITSELF}`,
  forbidden: 'Ask an admin for a role that may do this.',
  not_found: 'It may have been removed, or the address may be mistyped.',
  overloaded: 'The engine has too much to do; wait a little and try again.',
};

/** What failed, whether anything was lost, and what to do. */
export function ErrorState({ what, error, lost = 'Nothing was lost.', onRetry }: ErrorStateProps) {
  const todo = WHAT_TO_DO[error.code ?? ''];
  return (
    <Alert severity="error" title={what} role="alert">
      <Stack direction="column" gap={1} alignItems="flex-start">
        <Text>
          {error.message} {lost} {todo}
        </Text>
        {error.requestId !== undefined && (
          <Text color="secondary" variant="bodySmall">
            Request {error.requestId}
          </Text>
        )}
        {onRetry && (
          <Button variant="secondary" icon="sync" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
