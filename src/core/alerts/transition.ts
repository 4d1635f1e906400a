import type { EpochMs } from '../units.ts';
import type { AlertState } from './alert.ts';
import type { Severity } from './severity.ts';

export const TRANSITION_KINDS = [
  'pending',
  'fired',
  'severity_raised',
  'severity_lowered',
  'no_data',
  'data_returned',
  'stale',
  'renewed',
  'resolved',
  'cleared',
  'acknowledged',
  'unacknowledged',
  'acknowledgement_expired',
  'commented',
  'suppressed',
  'unsuppressed',
  'notified',
  'notification_retried',
  'notification_failed',
  'notification_skipped',
  'notification_resent',
  'notification_dismissed',
] as const;
/**
 * What can happen to an alert. `cleared`: a pending alert that never fired. `renewed`: a stale one whose sender came back.
 * Those from `notified` on are about deliveries to receivers; the last two are what a person did about one that was given up.
 */
export type TransitionKind = (typeof TRANSITION_KINDS)[number];

/** One line of the history: what happened to which alert, when, by whom, and why. */
export interface Transition {
  readonly alertId: string;
  readonly at: EpochMs;
  readonly kind: TransitionKind;
  readonly from: AlertState | null;
  readonly to: AlertState;
  readonly severity: Severity;
  /** A person's name, `engine`, or the source that sent it. */
  readonly actor: string;
  /** A sentence, e.g. `p95 latency 1.21 s was above 800 ms for 10 s`. */
  readonly reason: string;
  readonly value: number | null;
  readonly detail: Readonly<Record<string, string>>;
}
