import { setImmediate } from 'node:timers/promises';
import type { Observation } from '../../src/core/alerts/observation.ts';
import { EngineError } from '../errors.ts';
import type { IntakeRequest } from './pipeline.ts';

/** What one caller handed in; all of it is committed, or none. */
export interface Parcel {
  readonly namespace: string;
  readonly observations: readonly Observation[];
  /** Absent: they are the engine's own. */
  readonly request?: IntakeRequest | undefined;
}

interface Waiting {
  readonly parcel: Parcel;
  resolve(taken: boolean): void;
  reject(error: unknown): void;
}

/** Together about one fsync's worth of work: large enough to pay for it, small enough not to hold up the next. */
const MAX_IN_COMMIT = 1000;
/** Of all senders together, and of one. */
const MAX_WAITING = 10_000;
const MAX_OF_SENDER = 4000;

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
  /** No sender's alert is the engine's own as well: its order among those is all that there is to keep. */
  const own: Waiting[] = [];
  const sent: Waiting[] = [];
  const room = createRoom();
  let draining: Promise<void> | undefined;
  let stopped = false;

  const takeGroup = (): readonly Waiting[] => {
    let size = 0;
    let count = 0;
    for (const { parcel } of [...own, ...sent]) {
      size += parcel.observations.length;
      if (count > 0 && size > MAX_IN_COMMIT) {
        break;
      }
      count += 1;
    }
    const first = own.splice(0, count);
    return [...first, ...sent.splice(0, count - first.length)];
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
    while (own.length + sent.length > 0) {
      // A turn of the event loop: requests that are just arriving join the group, and a flood of them cannot starve deliveries.
      await setImmediate();
      const group = takeGroup();
      await settle(group);
      group.forEach(({ parcel }) => room.leave(parcel));
    }
    draining = undefined;
  };

  return {
    add(parcel) {
      if (parcel.observations.length === 0) {
        return Promise.resolve(true);
      }
      const reason = stopped ? 'The engine is stopping' : room.lackFor(parcel);
      if (reason !== undefined) {
        return Promise.reject(
          new EngineError('overloaded', `${reason}: nothing of this was taken, send it again.`, { retryAfter: 1 })
        );
      }
      room.enter(parcel);
      return new Promise((resolve, reject) => {
        const queue = parcel.request === undefined ? own : sent;
        queue.push({ parcel, resolve, reject });
        draining ??= drain();
      });
    },
    waiting: room.taken,
    async stop() {
      stopped = true;
      await draining;
    },
  };
}

/** Counts what waits. The engine's own is not counted against senders: each of its namespaces hands in one parcel at a time. */
function createRoom() {
  const bySender = new Map<string, number>();
  let own = 0;
  let sent = 0;
  const add = ({ request }: Parcel, size: number): void => {
    if (request === undefined) {
      own += size;
      return;
    }
    sent += size;
    const ofSender = (bySender.get(request.sender) ?? 0) + size;
    if (ofSender === 0) {
      bySender.delete(request.sender);
    } else {
      bySender.set(request.sender, ofSender);
    }
  };
  return {
    taken: () => own + sent,
    enter: (parcel: Parcel): void => add(parcel, parcel.observations.length),
    leave: (parcel: Parcel): void => add(parcel, -parcel.observations.length),
    /** Why there is none for a parcel. One larger than the limit is taken when nothing else waits: it could never be taken otherwise. */
    lackFor({ request, observations }: Parcel): string | undefined {
      const size = observations.length;
      const ofSender = bySender.get(request?.sender ?? '') ?? 0;
      if (request === undefined || sent === 0) {
        return undefined;
      }
      if (sent + size > MAX_WAITING) {
        return `${sent} observations wait to be stored`;
      }
      return ofSender > 0 && ofSender + size > MAX_OF_SENDER
        ? `${ofSender} observations of this sender wait to be stored`
        : undefined;
    },
  };
}
