import type { IconName } from '@grafana/data';
import { SEVERITIES, type Severity } from '../core/alerts/severity.ts';
import { formatSpan } from '../core/formatSpan.ts';
import { SEVERITY_LOOK, type Tone } from './tone.ts';

/** Over all that a list holds, also beyond what is shown of it. */
export interface AlertCounts {
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly unacknowledged: number;
  /** Epoch ms; null when all are acknowledged. */
  readonly oldestUnacknowledgedAt: number | null;
}

export interface AlertsAnswer {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string;
}

/** What the list says in a sentence. `now` in epoch ms. */
export function answerAlerts(counts: AlertCounts, { now, filtered }: { now: number; filtered: boolean }): AlertsAnswer {
  if (counts.total === 0) {
    return { tone: 'ok', icon: 'check-circle', text: filtered ? 'No alert fits these filters.' : 'No alert is open.' };
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
  const look: Pick<AlertsAnswer, 'tone' | 'icon'> =
    counts.unacknowledged === 0 ? { tone: 'quiet', icon: 'check' } : { tone: worst, icon: SEVERITY_LOOK[worst].icon };
  return { ...look, text: `${count}: ${parts.join(', ')}. ${waiting}` };
}
