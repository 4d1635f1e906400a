import { ALERT_SOURCES, type AlertSource, type AlertState } from '../alerts/alert.ts';

/** By what alerts are counted apart. */
export const ALERT_GROUPINGS = ['none', 'severity', 'service', 'state', 'source'] as const;
export type AlertGrouping = (typeof ALERT_GROUPINGS)[number];

/** States that can be counted: what is resolved is over. */
export const COUNTED_STATES = ['firing', 'no_data', 'stale', 'pending'] as const satisfies readonly AlertState[];
export type CountedState = (typeof COUNTED_STATES)[number];

/** What counts as long as nothing else is asked for: somebody was or is to be told of it. */
export const USUALLY_COUNTED = ['firing', 'no_data'] as const satisfies readonly CountedState[];

/** Without Grafana's own, so that a Grafana rule on a count of alerts cannot keep itself firing. */
export const USUAL_SOURCES: readonly AlertSource[] = ALERT_SOURCES.filter((source) => source !== 'grafana');
