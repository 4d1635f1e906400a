import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { days, epochMs, type DurationMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Store } from '../store/store.ts';

export interface RetentionDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
  /** Age at which history and resolved alerts go. */
  readonly retention: DurationMs;
}

export interface Retention {
  start(): void;
  stop(): Promise<void>;
}

const EVERY_MS = 10 * 60_000;
/** Rows of one step: small, because intake waits for the same write lock. */
const STEP = 500;
/** Finished jobs are kept for the deliveries shown with an alert. */
const JOBS_KEPT = days(30);
const CHANGES_KEPT = 10_000;

/** Removes what is older than the retention, a little at a time. */
export function createRetention({ store, clock, log, retention }: RetentionDeps): Retention {
  let stopped = false;
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  const stepwise = async (step: () => Promise<number>): Promise<void> => {
    while (!stopped && (await step()) === STEP) {
      // The write lock was given up; a turn of the event loop, and the next transaction of somebody else goes in between.
      await setImmediate();
    }
  };

  const prune = async (): Promise<void> => {
    const now = clock.now();
    await stepwise(() => store.write((tx) => tx.history.prune(epochMs(now - retention), STEP)));
    await stepwise(() => store.write((tx) => tx.alerts.prune(epochMs(now - retention), STEP)));
    await stepwise(() => store.write((tx) => tx.jobs.prune(epochMs(now - JOBS_KEPT), STEP)));
    await stepwise(() => store.write((tx) => tx.seenRequests.prune(now, STEP)));
    await store.write((tx) => tx.changes.prune(CHANGES_KEPT));
    await store.write((tx) => tx.sessions.prune(now));
  };

  const schedule = (): void => {
    cancel = clock.after(EVERY_MS, () => {
      running = prune()
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
      await running;
    },
  };
}
