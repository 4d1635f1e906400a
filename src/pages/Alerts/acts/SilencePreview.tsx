import { Text } from '@grafana/ui';
import type { OutputOf } from '../../../api/operation.ts';
import { previewSilence } from '../../../api/routing.ts';
import type { Matcher } from '../../../core/matchers.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { t } from '../../../i18n/t.ts';
import { useSettled } from '../../../ui/useSettled.ts';

const PREVIEW_AFTER_MS = 300;

const NAMED = 3;

function describePreview({ total, items }: OutputOf<typeof previewSilence>): string {
  const values = {
    count: total,
    names: items
      .slice(0, NAMED)
      .map(({ summary }) => summary)
      .join('; '),
    more: total - NAMED,
  };
  return total > NAMED
    ? t('alerts.silence-preview.silences-more', '', {
        ...values,
        defaultValue_one: 'Silences {{count}} open alert: {{names}}; and {{more}} more.',
        defaultValue_other: 'Silences {{count}} open alerts: {{names}}; and {{more}} more.',
      })
    : t('alerts.silence-preview.silences', '', {
        ...values,
        defaultValue_one: 'Silences {{count}} open alert: {{names}}.',
        defaultValue_other: 'Silences {{count}} open alerts: {{names}}.',
      });
}

/** Which open alerts a silence would silence now. */
export function SilencePreview({ matchers }: { matchers: readonly Matcher[] }) {
  const settled = useSettled(matchers, PREVIEW_AFTER_MS);
  const whole = settled.length > 0 && settled.every(({ name }) => name.trim() !== '');
  const { data, error } = useOperation(
    previewSilence,
    { matchers: [...settled] },
    { enabled: whole, keepPrevious: true }
  );
  return (
    <p role="status" style={{ minHeight: 44, margin: '8px 0' }}>
      {whole && error && <Text color="error">{error.message}</Text>}
      {whole && !error && data && (
        <Text color="secondary">
          {data.total === 0
            ? t(
                'alerts.silence-preview.no-open-alert-matches-now',
                'No open alert matches now; later ones will be silenced.'
              )
            : describePreview(data)}
        </Text>
      )}
    </p>
  );
}
