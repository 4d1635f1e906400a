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
  /** It was asked once, and not by a page that asks again by itself. */
  readonly isFinal?: boolean;
}

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  network: 'Check that the engine runs: npm run engine.',
  engine_unreachable: 'An admin should check that the engine runs, and its address in the Pharos data source.',
  engine_timeout: 'The engine, or a source that it asks, is slow now.',
  not_an_engine: "An admin should correct the engine's address in the Pharos data source.",
  relay_not_configured: 'An admin should correct the settings of the Pharos data source.',
  relay_rejected: 'An admin should compare the relay secret of the Pharos data source with that of the engine.',
  grafana_unreachable: 'Check that Grafana runs, and your connection to it.',
  signed_out: 'Reload the page to sign in.',
  datasource_missing:
    'An admin should add a data source of type Pharos, or choose another one in the configuration of the Pharos app.',
  datasource_forbidden: 'Ask an admin of Grafana for permission to query it.',
  relay_missing: 'An admin should enable the Pharos app, without which Grafana does not load its data source.',
  relay_unavailable: "An admin finds the reason in Grafana's log, under pharos-observability-datasource.",
  forbidden: 'Ask an admin for a role that may do this.',
  not_found: 'It may have been removed, or the address may be mistyped.',
  overloaded: 'The engine has too much to do; wait a little and try again.',
};

/** Nothing was refused: an answer may come any moment. */
const TRIED_AGAIN: ReadonlySet<string> = new Set([
  'network',
  'engine_unreachable',
  'engine_timeout',
  'not_an_engine',
  'relay_not_configured',
  'relay_rejected',
  'grafana_unreachable',
  'datasource_missing',
  'relay_missing',
  'relay_unavailable',
]);

/** What failed, whether anything was lost, and what to do. */
export function ErrorState({ what, error, lost = 'Nothing was lost.', onRetry, isFinal = false }: ErrorStateProps) {
  const code = error.code ?? '';
  const again = TRIED_AGAIN.has(code) && !isFinal ? 'This page tries again by itself.' : '';
  const words = [error.message, lost, WHAT_TO_DO[code] ?? '', again].filter((text) => text !== '');
  return (
    <Alert severity="error" title={what} role="alert">
      <Stack direction="column" gap={1} alignItems="flex-start">
        <Text>{words.join(' ')}</Text>
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
