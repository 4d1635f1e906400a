import { Text } from '@grafana/ui';
import { previewSilence } from '../../../api/routing.ts';
import type { Matcher } from '../../../core/matchers.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { useSettled } from '../../../ui/useSettled.ts';

const PREVIEW_AFTER_MS = 300;

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
            ? 'No open alert matches now; later ones will be silenced.'
            : `Silences ${data.total} open ${data.total === 1 ? 'alert' : 'alerts'}: ${data.items
                .slice(0, 3)
                .map(({ summary }) => summary)
                .join('; ')}${data.total > 3 ? `; and ${data.total - 3} more` : ''}.`}
        </Text>
      )}
    </p>
  );
}
