import type { Logger } from 'pino';
import { days, epochMs, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Store, Transaction } from '../store/store.ts';

export interface RetentionDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
  /** Age at which history, resolved alerts, audit rows and notifications that were given up go. */
  readonly retention: DurationMs;
  /** With several engines on one database only the leader removes; absent means this is the only one. */
  readonly isLeader?: () => boolean;
}

export interface Retention {
  start(): void;
  stop(): Promise<void>;
}

const EVERY_MS = 10 * 60_000;
/** Rows of one step: some 10 ms, because intake waits for the same write lock and the same thread. */
const STEP = 250;
/** Between two steps, so that what came in during one is answered and not only begun. */
const REST_MS = 10;
/** Finished jobs are kept for the deliveries shown with an alert, those that were given up until somebody has seen to them. */
const JOBS_KEPT = days(30);
const CHANGES_KEPT = 10_000;
/** The audit is cut once a day at most: each cut leaves a row there. */
const CUT_EVERY = days(1);

/** Removes what is older than the retention, a little at a time. */
export function createRetention({ store, clock, log, retention, isLeader = () => true }: RetentionDeps): Retention {
  let stopped = false;
  let cancel = (): void => undefined;
  let endRest = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const cancelRest = clock.after(REST_MS, resolve);
      endRest = () => {
        cancelRest();
        resolve();
      };
    });

  const stepwise = async (step: (tx: Transaction) => Promise<number>): Promise<void> => {
    while (!stopped && (await store.write(step)) === STEP) {
      await rest();
    }
  };

  const cutAudit = async (now: EpochMs): Promise<void> => {
    const before = epochMs(now - retention);
    for (const namespace of await store.read.audit.namespaces()) {
      const cut = (at: EpochMs): Promise<boolean> => store.write((tx) => tx.audit.cut(namespace, { before: at, now }));
      const isDue = !stopped && (await cut(epochMs(before - CUT_EVERY)));
      // What has become old since the last cut goes along with what made this one due.
      while (isDue && !stopped && (await cut(before))) {
        await rest();
      }
    }
    await stepwise((tx) => tx.audit.prune(STEP));
  };

  const prune = async (): Promise<void> => {
    const now = clock.now();
    const before = epochMs(now - retention);
    await stepwise((tx) => tx.history.prune(before, STEP));
    await stepwise((tx) => tx.alerts.prune(before, STEP));
    await stepwise((tx) => tx.jobs.prune({ finished: epochMs(now - JOBS_KEPT), dead: before }, STEP));
    await stepwise((tx) => tx.seenRequests.prune(now, STEP));
    await stepwise((tx) => tx.changes.prune(CHANGES_KEPT, STEP));
    await cutAudit(now);
    await store.write((tx) => tx.sessions.prune(now));
  };

  const schedule = (): void => {
    cancel = clock.after(EVERY_MS, () => {
      running = (isLeader() ? prune() : Promise.resolve())
        .catch((error: unknown) =>
          log.error({ reason: messageOf(error) }, 'old rows could not be removed; tried again in ten minutes')
        )
        .finally(() => {
          if (!stopped) {
            schedule();
          }
        });
    });
  };

  return {
    start: schedule,
    async stop() {
      stopped = true;
      cancel();
      endRest();
      await running;
    },
  };
}
