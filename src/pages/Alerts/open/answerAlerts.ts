import type { listAlerts } from '../../../api/alerts.ts';
import type { OutputOf } from '../../../api/operation.ts';
import { SEVERITIES } from '../../../core/alerts/severity.ts';
import { formatSpan } from '../../../ui/formatTime.ts';
import type { Tone } from '../../../ui/tone.ts';

type Counts = OutputOf<typeof listAlerts>['counts'];

export interface AlertsAnswer {
  readonly tone: Tone;
  readonly text: string;
}

/** What the list says in a sentence. `now` in epoch ms. */
export function answerAlerts(counts: Counts, { now, filtered }: { now: number; filtered: boolean }): AlertsAnswer {
  if (counts.total === 0) {
    return { tone: 'ok', text: filtered ? 'No alert fits these filters.' : 'No alert is open.' };
  }
  const parts = SEVERITIES.toReversed()
    .filter((severity) => counts.bySeverity[severity] > 0)
    .map((severity) => `${counts.bySeverity[severity]} ${severity}`);
  const count = `${counts.total} ${filtered ? (counts.total === 1 ? 'alert fits' : 'alerts fit') : 'open'}`;
  const waiting =
    counts.oldestUnacknowledgedAt === null
      ? 'All are acknowledged.'
      : `Oldest unacknowledged: ${formatSpan(now - counts.oldestUnacknowledgedAt)}.`;
  const worst = SEVERITIES.findLast((severity) => counts.bySeverity[severity] > 0) ?? 'info';
  return { tone: counts.unacknowledged === 0 ? 'quiet' : worst, text: `${count}: ${parts.join(', ')}. ${waiting}` };
}
