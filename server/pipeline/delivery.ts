import { addMs, seconds, type EpochMs } from '../../src/core/units.ts';
import { messageOf } from '../errors.ts';
import { createStormBound } from '../jobs/stormBound.ts';
import { createWakeLoop } from '../jobs/wakeLoop.ts';
import { NOTIFY } from '../notifyPayload.ts';
import { deliverOnce, type DeliveryDeps, type ReceiverQueue } from './deliverOnce.ts';
import type { Delivery } from './pipeline.ts';

const MAX_CONCURRENT = 10;
const STOP_MS = 10_000;
/** When no time is known: commits wake the loop, this is for what they cannot tell. */
const IDLE = seconds(30);
/** What is due but held back hides what is due later. */
const HELD_BACK = seconds(1);
const SHORTEST_MS = 20;
const AFTER_FAILURE_MS = 1000;

const keyOf = ({ namespace, queue }: ReceiverQueue): string => JSON.stringify([namespace, queue]);

/**
 * Sends what stands in the job table. Each receiver gets one delivery at a time and few in a storm; several receivers go side by side.
 * A delivery that was sent but not recorded, because the engine died in between, is repeated with the same id.
 */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { store, clock, log } = deps;
  const bound = createStormBound();
  const active = new Map<string, Promise<void>>();
  const aborter = new AbortController();
  let stopping = false;
  let lookedAt: EpochMs | null = null;
  let starting: Promise<void> = Promise.resolve();
  let forget = (): void => undefined;

  const launch = (queue: ReceiverQueue): void => {
    const key = keyOf(queue);
    const onSend = () => bound.take(key, clock.now());
    const work = deliverOnce(deps, { queue, onSend, signal: aborter.signal })
      .catch((error: unknown) => {
        const facts = { receiver: queue.queue, reason: messageOf(error) };
        log.error(facts, 'a delivery was not recorded; it is repeated with the same id');
      })
      .finally(() => {
        active.delete(key);
        loop.wake();
      });
    active.set(key, work);
  };

  const look = async (): Promise<number> => {
    const now = clock.now();
    const due = await store.read.jobs.dueQueues(NOTIFY, now);
    const idle = due.filter((queue) => !active.has(keyOf(queue)));
    const held: EpochMs[] = [];
    for (const queue of idle) {
      const freeAt = bound.freeAt(keyOf(queue), now);
      if (freeAt > now) {
        held.push(freeAt);
      } else if (!stopping && active.size < MAX_CONCURRENT) {
        launch(queue);
      }
    }
    const nextDue = await store.read.jobs.nextDueAt(NOTIFY);
    lookedAt = clock.now();
    const later = nextDue === null ? [] : [nextDue > now ? nextDue : addMs(now, HELD_BACK)];
    return Math.max(Math.min(addMs(now, IDLE), ...later, ...held) - now, SHORTEST_MS);
  };

  const loop = createWakeLoop({
    clock,
    look,
    onError(error) {
      log.error({ reason: messageOf(error) }, 'the delivery loop could not read its jobs and tries again');
      return AFTER_FAILURE_MS;
    },
  });

  return {
    lookedAt: () => lookedAt,
    start() {
      forget = store.read.changes.onCommit(loop.wake);
      starting = takeOver(deps).finally(() => {
        if (!stopping) {
          loop.start();
        }
      });
    },
    async stop() {
      stopping = true;
      forget();
      await starting;
      await loop.stop();
      const cancel = clock.after(STOP_MS, () => aborter.abort(new Error('the engine is stopping')));
      await Promise.all(active.values());
      cancel();
    },
  };
}

/** SQLite has one engine at a time: whoever held a lease there is gone, and its delivery need not wait for the end of it. */
async function takeOver({ store, clock, log }: DeliveryDeps): Promise<void> {
  if (store.kind !== 'sqlite') {
    return;
  }
  try {
    await store.write((tx) => tx.jobs.endLeases(NOTIFY, clock.now()));
  } catch (error) {
    log.warn(
      { reason: messageOf(error) },
      'leases of the process before could not be ended: they run out by themselves'
    );
  }
}
