import type { Json } from '../../src/core/json.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { Page, PageRequest } from './page.ts';

/** `dead`: given up, and nobody has seen to it yet; `dismissed`: given up, and a person said that it is to stay so. */
const JOB_STATES = ['queued', 'running', 'done', 'dead', 'skipped', 'dismissed'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface NewJob {
  readonly namespace: string;
  readonly kind: string;
  /** Jobs of one queue are claimed together, in order of `runAt`, and not while another claim of the queue is running. */
  readonly queue: string;
  readonly payload: Json;
  readonly runAt: EpochMs;
  /** A second job with the same key in the namespace is not added. */
  readonly idempotencyKey: string;
  /** For looking jobs up, e.g. the alert's id. */
  readonly subject: string;
  readonly now: EpochMs;
}

export interface Job extends Omit<NewJob, 'now'> {
  readonly id: string;
  readonly state: JobState;
  readonly attempts: number;
  /** Set when first claimed together; stays the same over retries, so that a repeated delivery carries the same id. */
  readonly batchId: string | null;
  readonly leaseUntil: EpochMs | null;
  /** Raised with every claim; a worker whose fence is old cannot write. */
  readonly fence: number;
  readonly lastError: string | null;
  readonly createdAt: EpochMs;
  readonly finishedAt: EpochMs | null;
}

export interface Claim {
  readonly namespace: string;
  readonly queue: string;
  readonly batchId: string;
  readonly fence: number;
  readonly jobs: readonly Job[];
}

export interface JobRepository {
  enqueue(jobs: readonly NewJob[]): Promise<void>;
  /** Queues of the kind that have something due and no live lease. */
  dueQueues(kind: string, now: EpochMs): Promise<ReadonlyArray<{ namespace: string; queue: string }>>;
  /** Takes of a queue what is due: a retried batch whole, else up to `max` fresh jobs as one new batch; undefined where nothing is. */
  claim(request: {
    kind: string;
    namespace: string;
    queue: string;
    now: EpochMs;
    leaseUntil: EpochMs;
    max: number;
  }): Promise<Claim | undefined>;
  /** All three answer false, and change nothing, when the fence is no longer theirs. */
  complete(claim: Claim, now: EpochMs, outcome: { skippedIds: readonly string[] }): Promise<boolean>;
  retry(claim: Claim, at: EpochMs, error: string): Promise<boolean>;
  bury(claim: Claim, now: EpochMs, outcome: { error: string; skippedIds: readonly string[] }): Promise<boolean>;
  /** Ends all leases of the kind: for an engine that knows that whoever held them is gone. What retries wait for stays. */
  endLeases(kind: string, now: EpochMs): Promise<void>;
  listBySubject(namespace: string, kind: string, subjects: readonly string[]): Promise<readonly Job[]>;
  stats(namespace: string, kind: string, since: EpochMs): Promise<JobStats>;
  /** What waits and what was given up, over all namespaces. */
  backlog(kind: string): Promise<JobBacklog>;
  /** When the next queued job of the kind is due, over all namespaces. */
  nextDueAt(kind: string): Promise<EpochMs | null>;
  /** What was given up and nobody has seen to, newest first. */
  listDead(namespace: string, kind: string, page: PageRequest): Promise<Page<Job>>;
  /** Queues what was given up anew, due at once and with its attempts counted from zero; answers the jobs as they were. */
  revive(request: DeadJobs, now: EpochMs): Promise<readonly Job[]>;
  /** Lays what was given up aside; answers the jobs as they were. Those of `ids` that are not dead are left alone by both. */
  dismiss(request: DeadJobs): Promise<readonly Job[]>;
  /** Deletes at most `limit` jobs that ended before the times, other than those whose subject is an alert that is open still. */
  prune(before: PruneTimes, limit: number): Promise<number>;
}

export interface DeadJobs {
  readonly namespace: string;
  readonly kind: string;
  readonly ids: readonly string[];
}

export interface PruneTimes {
  readonly finished: EpochMs;
  /** For what was given up and nobody has seen to. */
  readonly dead: EpochMs;
}

export interface JobBacklog {
  readonly queued: number;
  readonly oldestQueuedAt: EpochMs | null;
  readonly dead: number;
}

export interface JobStats extends JobBacklog {
  readonly doneSince: number;
  readonly failedSince: number;
  readonly queuedByQueue: Readonly<Record<string, number>>;
}
