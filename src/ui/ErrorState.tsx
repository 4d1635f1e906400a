import { Alert, Button, Stack, Text } from '@grafana/ui';
import { t } from '../i18n/t.ts';

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
  get network() {
    return t(
      'ui.error-state.check-that-the-engine-runs',
      'Check that the engine is running and that its address can be reached from here.'
    );
  },
  get engine_unreachable() {
    return t(
      'ui.error-state.an-admin-should-check-that',
      'An admin should check that the engine is running and that the Pharos data source has its address.'
    );
  },
  get engine_timeout() {
    return t(
      'ui.error-state.the-engine-or-a-source',
      'The engine, or a source that it queries, is slow at the moment.'
    );
  },
  get not_an_engine() {
    return t(
      'ui.error-state.an-admin-should-correct-the',
      "An admin should correct the engine's address in the Pharos data source."
    );
  },
  get relay_not_configured() {
    return t(
      'ui.error-state.an-admin-should-correct-the-2',
      'An admin should correct the settings of the Pharos data source.'
    );
  },
  get relay_rejected() {
    return t(
      'ui.error-state.an-admin-should-compare-the',
      'An admin should compare the relay secret of the Pharos data source with that of the engine.'
    );
  },
  get grafana_unreachable() {
    return t('ui.error-state.check-that-grafana-runs-and', 'Check that Grafana is running and that you can reach it.');
  },
  get signed_out() {
    return t('ui.error-state.reload-the-page-to-sign', 'Reload the page to sign in.');
  },
  get datasource_missing() {
    return t(
      'ui.error-state.an-admin-should-add-a',
      'An admin should add a data source of type Pharos, or choose another one in the configuration of the Pharos app.'
    );
  },
  get datasource_forbidden() {
    return t('ui.error-state.ask-an-admin-of-grafana', 'Ask a Grafana admin for permission to query it.');
  },
  get relay_missing() {
    return t(
      'ui.error-state.an-admin-should-enable-the',
      'An admin should enable the Pharos app, without which Grafana does not load its data source.'
    );
  },
  get relay_unavailable() {
    return t(
      'ui.error-state.an-admin-finds-the-reason',
      "An admin can find the reason in Grafana's log, under pharos-observability-datasource."
    );
  },
  get forbidden() {
    return t('ui.error-state.ask-an-admin-for-a', 'Ask an admin for a role that may do this.');
  },
  get not_found() {
    return t('ui.error-state.it-may-have-been-removed', 'It may have been removed, or the address may be mistyped.');
  },
  get overloaded() {
    return t('ui.error-state.the-engine-has-too-much', 'The engine is overloaded; wait a moment and try again.');
  },
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
export function ErrorState({
  what,
  error,
  lost = t('ui.error-state.nothing-was-lost', 'Nothing was lost.'),
  onRetry,
  isFinal = false,
}: ErrorStateProps) {
  const code = error.code ?? '';
  const again =
    TRIED_AGAIN.has(code) && !isFinal
      ? t('ui.error-state.this-page-tries-again-by', 'This page tries again automatically.')
      : '';
  const words = [error.message, lost, WHAT_TO_DO[code] ?? '', again].filter((text) => text !== '');
  return (
    <Alert severity="error" title={what} role="alert">
      <Stack direction="column" gap={1} alignItems="flex-start">
        <Text>{words.join(' ')}</Text>
        {error.requestId !== undefined && (
          <Text color="secondary" variant="bodySmall">
            {t('ui.error-state.request', 'Request {{requestId}}', { requestId: error.requestId })}
          </Text>
        )}
        {onRetry && (
          <Button variant="secondary" icon="sync" onClick={onRetry}>
            {t('ui.error-state.try-again', 'Try again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
