import type { SilenceView } from '../../../api/routing.ts';

/** `2 silences are active; they keep 3 open alerts quiet.` */
export function answerSilences(silences: readonly SilenceView[]): string {
  const active = silences.filter(({ state }) => state === 'active');
  if (active.length === 0) {
    return 'No silence is active.';
  }
  const kept = active.reduce((sum, { matching }) => sum + matching, 0);
  const who = active.length === 1 ? '1 silence is active; it keeps' : `${active.length} silences are active; they keep`;
  return `${who} ${kept} open ${kept === 1 ? 'alert' : 'alerts'} quiet.`;
}
