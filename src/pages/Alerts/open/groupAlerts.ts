import type { AlertView } from '../../../api/alerts.ts';
import { groupInOrder } from '../../../core/alerts/groupInOrder.ts';
import { SEVERITIES } from '../../../core/alerts/severity.ts';
import { teamOf } from '../../../core/alerts/team.ts';
import { t } from '../../../i18n/t.ts';
import { SEVERITY_COUNT } from '../../../ui/answerAlerts.ts';
import { SEVERITY_LOOK } from '../../../ui/tone.ts';

export const GROUPINGS = ['service', 'severity', 'team'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the alerts without the thing grouped by have for a key; an empty one would not stand in a list of the address. */
const NOBODYS = '-';

export interface AlertGroup {
  readonly key: string;
  readonly title: string;
  /** Most urgent first, as they came. */
  readonly alerts: readonly AlertView[];
}

interface Kind {
  readonly keyOf: (alert: AlertView) => string;
  readonly titleOf: (alert: AlertView) => string;
}

const KINDS: Readonly<Record<Grouping, Kind>> = {
  service: {
    keyOf: ({ service }) => service || NOBODYS,
    titleOf: ({ service }) => service || t('alerts.group-alerts.no-service', 'No service'),
  },
  severity: { keyOf: ({ severity }) => severity, titleOf: ({ severity }) => SEVERITY_LOOK[severity].word },
  team: {
    keyOf: ({ labels }) => teamOf(labels) || NOBODYS,
    titleOf: ({ labels }) => teamOf(labels) || t('alerts.group-alerts.no-team', 'No team'),
  },
};

/** How the address wants the alerts grouped; undefined for not at all, and for words that nobody knows. */
export const readGrouping = (text: string | undefined): Grouping | undefined => GROUPINGS.find((one) => one === text);

/** The alerts under what they share; the groups in the order of their most urgent alert. */
export function groupAlerts(alerts: readonly AlertView[], grouping: Grouping): readonly AlertGroup[] {
  const { keyOf, titleOf } = KINDS[grouping];
  return groupInOrder(alerts, keyOf).map(({ key, members }) => {
    const [first] = members;
    return { key, title: first === undefined ? key : titleOf(first), alerts: members };
  });
}

/** `3 alerts: 2 critical, 1 warning`. */
export function describeGroup(alerts: readonly AlertView[]): string {
  const counts = SEVERITIES.toReversed().flatMap((severity) => {
    const count = alerts.filter((alert) => alert.severity === severity).length;
    return count === 0 ? [] : [SEVERITY_COUNT[severity](count)];
  });
  return t('alerts.group-alerts.counts', '', {
    count: alerts.length,
    counts: counts.join(', '),
    defaultValue_one: '{{count}} alert: {{counts}}',
    defaultValue_other: '{{count}} alerts: {{counts}}',
  });
}
