import type { SilenceView } from '../../../api/routing.ts';

/** `1 silence is active; it keeps 3 open alerts quiet.` Of several no sum is said, as one alert may fit more than one of them. */
export function answerSilences(silences: readonly SilenceView[]): string {
  const active = silences.filter(({ state }) => state === 'active');
  if (active.length === 0) {
    return 'No silence is active.';
  }
  const [only, ...others] = active;
  if (only === undefined || others.length > 0) {
    return `${active.length} silences are active.`;
  }
  return `1 silence is active; it keeps ${only.matching} open ${only.matching === 1 ? 'alert' : 'alerts'} quiet.`;
}
