import { SEVERITIES, severityRank, type Severity } from '../../src/core/alerts/severity.ts';

/*
 * One number for "severity, then unacknowledged before acknowledged", so that one index gives the order of the list, and counting by
 * both is counting by one.
 */

export const toUrgency = (severity: Severity, acknowledged: boolean): number =>
  2 * (SEVERITIES.length - 1 - severityRank(severity)) + (acknowledged ? 1 : 0);

export const fromUrgency = (
  urgency: number
): { readonly severity: Severity | undefined; readonly acknowledged: boolean } => ({
  severity: SEVERITIES[SEVERITIES.length - 1 - Math.floor(urgency / 2)],
  acknowledged: urgency % 2 === 1,
});
