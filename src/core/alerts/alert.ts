import type { Labels } from '../labels.ts';
import type { EpochMs } from '../units.ts';
import type { Severity } from './severity.ts';

export const ALERT_STATES = ['pending', 'firing', 'no_data', 'stale', 'resolved'] as const;
/**
 * `pending`: a level is crossed but its `for` has not passed. `no_data`: the rule's data is missing.
 * `stale`: the sender stopped renewing it; not resolved, because nobody said so.
 */
export type AlertState = (typeof ALERT_STATES)[number];

export const ALERT_SOURCES = ['pharos', 'alertmanager', 'grafana', 'events'] as const;
/** Where the alert came from: the engine's own rules, `/api/v2/alerts`, Grafana's webhook, `/intake/events`. */
export type AlertSource = (typeof ALERT_SOURCES)[number];

export interface Acknowledgement {
  readonly by: string;
  readonly at: EpochMs;
  readonly comment: string;
  /** The acknowledgement lapses then; null means it stays until the alert resolves. */
  readonly until: EpochMs | null;
  /** Severity that was acknowledged: a rise above it notifies again. */
  readonly severity: Severity;
}

export const SUPPRESSION_KINDS = ['silence', 'inhibition', 'shelve'] as const;

export interface Suppression {
  readonly kind: (typeof SUPPRESSION_KINDS)[number];
  readonly id: string;
}

/** When each level of a rule began to be crossed without a break; drives `for`. Kept with the alert so that restarts do not reset it. */
export interface LevelTimers {
  readonly warning?: EpochMs;
  readonly critical?: EpochMs;
  /** Since when no level has been crossed while the alert was still open; drives keep-firing. */
  readonly clear?: EpochMs;
  /** Since when the data has been missing. */
  readonly missing?: EpochMs;
  /** Highest severity that this episode was announced at; kept by the state machine so that a dance between levels pages once. */
  readonly announced?: Severity;
  /** This episode was announced as missing data. */
  readonly announcedNoData?: boolean;
}

/** One episode of one alert, from first crossing to resolution. A recurrence is a new episode with a new `id`. */
export interface Alert {
  /** As `episodeId` writes it. */
  readonly id: string;
  readonly namespace: string;
  /** FNV-1a 64 of all labels that the source sent, 16 hex digits. Unique among open alerts together with `source`. */
  readonly fingerprint: string;
  readonly source: AlertSource;
  readonly state: AlertState;
  readonly severity: Severity;
  /** The sender's own severity word where it was mapped, else null. */
  readonly severityMappedFrom: string | null;
  readonly acknowledged: Acknowledgement | null;
  readonly suppressedBy: readonly Suppression[];
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Sentence for lists and notifications, e.g. `checkout: p95 latency above 800 ms`. */
  readonly summary: string;
  /** Service it belongs to, from the labels; empty when unknown. */
  readonly service: string;
  /** Rule that made it: a threshold id, Grafana's rule UID or the alertname; empty for bare events. */
  readonly ruleId: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly startsAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** When a pushed alert lapses unless renewed; null for the engine's own. */
  readonly endsAt: EpochMs | null;
  readonly resolvedAt: EpochMs | null;
  /** Who or what resolved it: a person's name, `rule`, or the source. */
  readonly resolvedBy: string | null;
  readonly generatorUrl: string | null;
  readonly timers: LevelTimers;
  /** Raised by one with every transition; part of notification idempotency keys. */
  readonly version: number;
  /** W3C `traceparent` of the trace that the episode belongs to; absent when it is not traced. */
  readonly traceparent?: string;
}

/** An acknowledgement stands until it lapses; for which severity it counts, `isMuted` says. */
export function isAcknowledged(alert: Alert, now: EpochMs): boolean {
  const ack = alert.acknowledged;
  return ack !== null && (ack.until === null || ack.until > now);
}
