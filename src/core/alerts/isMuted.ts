import type { EpochMs } from '../units.ts';
import { isAcknowledged, type Alert } from './alert.ts';
import { severityRank } from './severity.ts';

/** Somebody has the alert at this severity or a higher one: nobody else needs to be told of it. */
export function isMuted(alert: Alert, now: EpochMs): boolean {
  const ack = alert.acknowledged;
  return ack !== null && isAcknowledged(alert, now) && severityRank(alert.severity) <= severityRank(ack.severity);
}
