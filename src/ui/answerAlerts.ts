import type { IconName } from '@grafana/data';
import { SEVERITIES, type Severity } from '../core/alerts/severity.ts';
import { formatSpan } from '../core/formatSpan.ts';
import { t } from '../i18n/t.ts';
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

/** How many of a severity: `3 critical`. */
export const SEVERITY_COUNT: Readonly<Record<Severity, (number: number) => string>> = {
  critical: (number) => t('ui.answer-alerts.critical', '{{number}} critical', { number }),
  error: (number) => t('ui.answer-alerts.error', '{{number}} error', { number }),
  warning: (number) => t('ui.answer-alerts.warning', '{{number}} warning', { number }),
  info: (number) => t('ui.answer-alerts.info', '{{number}} info', { number }),
};

/** What the list says in a sentence. `now` in epoch ms. */
export function answerAlerts(counts: AlertCounts, { now, filtered }: { now: number; filtered: boolean }): AlertsAnswer {
  if (counts.total === 0) {
    return {
      tone: 'ok',
      icon: 'check-circle',
      text: filtered
        ? t('ui.answer-alerts.no-alert-fits-these-filters', 'No alert matches these filters.')
        : t('ui.answer-alerts.no-alert-is-open', 'No alert is open.'),
    };
  }
  const parts = SEVERITIES.toReversed()
    .filter((severity) => counts.bySeverity[severity] > 0)
    .map((severity) => SEVERITY_COUNT[severity](counts.bySeverity[severity]))
    .join(', ');
  const waiting =
    counts.oldestUnacknowledgedAt === null
      ? t('ui.answer-alerts.all-are-acknowledged', 'All are acknowledged.')
      : t('ui.answer-alerts.oldest-unacknowledged', 'Oldest unacknowledged: {{span}}.', {
          span: formatSpan(now - counts.oldestUnacknowledgedAt),
        });
  const worst = SEVERITIES.findLast((severity) => counts.bySeverity[severity] > 0) ?? 'info';
  const look: Pick<AlertsAnswer, 'tone' | 'icon'> =
    counts.unacknowledged === 0 ? { tone: 'quiet', icon: 'check' } : { tone: worst, icon: SEVERITY_LOOK[worst].icon };
  const text = filtered
    ? t('ui.answer-alerts.fit', '', {
        count: counts.total,
        parts,
        waiting,
        defaultValue_one: '{{count}} alert matches: {{parts}}. {{waiting}}',
        defaultValue_other: '{{count}} alerts match: {{parts}}. {{waiting}}',
      })
    : t('ui.answer-alerts.open', '{{total}} open: {{parts}}. {{waiting}}', { total: counts.total, parts, waiting });
  return { ...look, text };
}
