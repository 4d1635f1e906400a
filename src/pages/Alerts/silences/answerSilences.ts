import type { SilenceView } from '../../../api/routing.ts';
import { t } from '../../../i18n/t.ts';

/** `1 silence is active; it keeps 3 open alerts quiet.` Of several no sum is said, as one alert may fit more than one of them. */
export function answerSilences(silences: readonly SilenceView[]): string {
  const active = silences.filter(({ state }) => state === 'active');
  if (active.length === 0) {
    return t('alerts.answer-silences.no-silence-is-active', 'No silence is active.');
  }
  const [only, ...others] = active;
  if (only === undefined || others.length > 0) {
    return t('alerts.answer-silences.silences-are-active', '{{number}} silences are active.', {
      number: active.length,
    });
  }
  return t('alerts.answer-silences.one', '', {
    count: only.matching,
    defaultValue_one: '1 silence is active; it keeps {{count}} open alert quiet.',
    defaultValue_other: '1 silence is active; it keeps {{count}} open alerts quiet.',
  });
}
