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

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  network: 'Check that the engine runs: npm run engine. This page tries again by itself.',
  relay_rejected: 'An admin should compare the relay secret of the Pharos data source with that of the engine.',
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
