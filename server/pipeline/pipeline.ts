import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Observation } from '../../src/core/alerts/observation.ts';
import type { EndedSilence } from '../../src/core/alerts/suppress.ts';
import type { Identity } from '../../src/core/identity.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { Job } from '../store/jobRepository.ts';
import type { SeenRequest } from '../store/seenRequest.ts';
import type { Transaction } from '../store/store.ts';

/**
 * The way from "somebody says this about an alert" to "stored, in the history, queued for its receivers".
 * Observations of concurrent callers are committed together (group commit).
 */
export interface Pipeline {
  /**
   * Resolves after the commit. Throws EngineError `overloaded` when too much is waiting; then nothing of it was taken.
   * @param request whose observations they are; without it they are the engine's own, for which there is always room
   * @returns false when it was taken before: then nothing of it was taken now
   */
  ingest(namespace: string, observations: readonly Observation[], request?: IntakeRequest): Promise<boolean>;
  /** A person's act on one alert, inside the operation's own transaction. Throws `not_found`, `conflict` or `invalid_input`. */
  act(tx: Transaction, request: PersonAct): Promise<Acted>;
  /**
   * Silences or routes changed: rereads them, and marks or unmarks open alerts. Inside the operation's transaction.
   * @param ended the silence that the caller ended, if any: the history says who let its alerts out
   */
  refreshSuppression(tx: Transaction, namespace: string, ended?: EndedSilence): Promise<void>;
  /**
   * Queues notifications that were given up anew, inside the operation's own transaction; answers them as they were. A receiver that
   * thus hears late of an alert that is over is told of its end too.
   * Throws `not_found` when one of them is not given up (any more), `conflict` when its receiver or its alert is gone.
   */
  resend(tx: Transaction, request: Undelivered): Promise<readonly Job[]>;
  /** Lays notifications that were given up aside: nobody is told any more. Throws `not_found`. */
  dismiss(tx: Transaction, request: Undelivered): Promise<readonly Job[]>;
  /** How many observations wait for a commit. */
  waiting(): number;
}

export interface IntakeRequest {
  /** As `senderOf` tells them apart: each has a share of the queue. */
  readonly sender: string;
  /** Tells a request that must not be taken twice from all others; that it was taken is committed with what it says. */
  readonly once?: SeenRequest | undefined;
}

export interface PersonAct {
  readonly alertId: string;
  readonly identity: Identity;
  readonly now: EpochMs;
  readonly act:
    | { readonly kind: 'acknowledge'; readonly comment: string; readonly until: EpochMs | null }
    | { readonly kind: 'unacknowledge'; readonly comment: string }
    | { readonly kind: 'resolve'; readonly comment: string }
    | { readonly kind: 'comment'; readonly comment: string };
}

/** An alert before and after what a person did to it. */
export interface Acted {
  readonly before: Alert;
  readonly after: Alert;
}

/** What a person does about notifications that were given up, by the ids of their jobs. */
export interface Undelivered {
  readonly ids: readonly string[];
  readonly identity: Identity;
  readonly now: EpochMs;
}

/** Figures of the evaluator for status and metrics. */
export interface EvaluatorStats {
  readonly rules: number;
  readonly perSecond: number;
  readonly lastDurationMs: number | null;
  readonly lastAt: EpochMs | null;
  /** Started more than half an interval after their time. */
  readonly late: number;
  /** Never started, because the one before was still running. */
  readonly missed: number;
  /** The source did not answer: states were kept. */
  readonly failed: number;
}

export interface Evaluator {
  start(): void;
  stop(): Promise<void>;
  /** Of one namespace, or of the whole engine. */
  stats(namespace?: string): EvaluatorStats;
  /** Thresholds changed: recompile before the next evaluation. */
  reload(): void;
}

export interface Delivery {
  start(): void;
  /** When the loop last looked for work and came back; null before the first look. Older than a minute means that it hangs. */
  lookedAt(): EpochMs | null;
  /** Takes nothing new, gives running deliveries 10 s, then aborts them; what was aborted is tried again after the next start. */
  stop(): Promise<void>;
}
