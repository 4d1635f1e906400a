import { setImmediate } from 'node:timers/promises';
import type { Observation } from '../../src/core/alerts/observation.ts';
import { EngineError } from '../errors.ts';
import type { SeenRequest } from '../store/seenRequest.ts';

/** What one caller handed in; all of it is committed, or none. */
export interface Parcel {
  readonly namespace: string;
  readonly observations: readonly Observation[];
  /** Of a request that must not be taken twice. */
  readonly once?: SeenRequest | undefined;
}

interface Waiting {
  readonly parcel: Parcel;
  resolve(taken: boolean): void;
  reject(error: unknown): void;
}

/** Together about one fsync's worth of work: large enough to pay for it, small enough not to hold up the next. */
const MAX_IN_COMMIT = 1000;
const MAX_WAITING = 10_000;

export interface GroupCommit {
  /** Resolves after the commit, with whether the parcel was taken. @throws EngineError `overloaded` */
  add(parcel: Parcel): Promise<boolean>;
  waiting(): number;
  /** Resolves when all that was taken is committed; later parcels are refused. */
  stop(): Promise<void>;
}

/**
 * Commits what waits together: one loop takes everything that came in during the commit before. That makes "durable before the answer"
 * affordable, as callers share the fsync. When a joint commit fails, each caller is tried alone, so that one cannot fail the others.
 *
 * @param commit answers which of the parcels it took
 */
export function createGroupCommit(commit: (parcels: readonly Parcel[]) => Promise<ReadonlySet<Parcel>>): GroupCommit {
  const queue: Waiting[] = [];
  let waiting = 0;
  let draining: Promise<void> | undefined;
  let stopped = false;

  const takeGroup = (): readonly Waiting[] => {
    let size = 0;
    let count = 0;
    for (const { parcel } of queue) {
      size += parcel.observations.length;
      if (count > 0 && size > MAX_IN_COMMIT) {
        break;
      }
      count += 1;
    }
    return queue.splice(0, count);
  };

  const settle = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const taken = await commit(group.map(({ parcel }) => parcel));
      group.forEach(({ parcel, resolve }) => resolve(taken.has(parcel)));
    } catch (error) {
      const [only] = group;
      if (only !== undefined && group.length === 1) {
        only.reject(error);
        return;
      }
      for (const one of group) {
        await settle([one]);
      }
    }
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // A turn of the event loop: requests that are just arriving join the group, and a flood of them cannot starve deliveries.
      await setImmediate();
      const group = takeGroup();
      await settle(group);
      waiting -= group.reduce((sum, { parcel }) => sum + parcel.observations.length, 0);
    }
    draining = undefined;
  };

  return {
    add(parcel) {
      const size = parcel.observations.length;
      if (size === 0) {
        return Promise.resolve(true);
      }
      // One parcel larger than the limit is taken when nothing else waits: it could never be taken otherwise.
      if (stopped || (waiting > 0 && waiting + size > MAX_WAITING)) {
        const reason = stopped ? 'The engine is stopping' : `${waiting} observations wait to be stored`;
        return Promise.reject(
          new EngineError('overloaded', `${reason}: nothing of this was taken, send it again.`, { retryAfter: 1 })
        );
      }
      waiting += size;
      return new Promise((resolve, reject) => {
        queue.push({ parcel, resolve, reject });
        draining ??= drain();
      });
    },
    waiting: () => waiting,
    async stop() {
      stopped = true;
      await draining;
    },
  };
}
