import type { Logger } from 'pino';
import { addMs, seconds, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { LeaseHolder } from '../store/lease.ts';
import type { Store } from '../store/store.ts';

/** Which of several engines on one database does what only one may do: evaluates, expires, cleans up. */
export interface Leadership {
  /** Resolves when it was asked for the first time who leads. */
  start(): Promise<void>;
  /** Lets another lead at once. */
  stop(): Promise<void>;
  /** Asked right before each thing that only one may do: a process that was paused beyond its lease leads no more. */
  isLeader(): boolean;
  /** Name of the engine that leads, as far as is known; null when it is not. */
  leader(): string | null;
  /** Called each time that this engine begins to lead; returns what ends that. */
  onGained(listener: () => void): () => void;
}

export interface LeadershipDeps {
  readonly store: Pick<Store, 'kind' | 'write'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly self: LeaseHolder;
  /** How long a dead engine's lease keeps the others waiting; renewed three times within it. */
  readonly lasts?: DurationMs;
}

const LEASE = 'leader';
const LASTS = seconds(15);

/** SQLite has one engine at a time; several on PostgreSQL agree by a lease in the database, which no session has to stay open for. */
export const createLeadership = (deps: LeadershipDeps): Leadership =>
  deps.store.kind === 'sqlite' ? alwaysLeads(deps) : leadsByLease(deps);

const alwaysLeads = ({ self }: LeadershipDeps): Leadership => ({
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  isLeader: () => true,
  leader: () => self.engine,
  onGained: () => () => undefined,
});

function leadsByLease({ store, clock, log, self, lasts = LASTS }: LeadershipDeps): Leadership {
  const listeners = new Set<() => void>();
  let known: { readonly holder: LeaseHolder; readonly until: EpochMs } | undefined;
  let led = false;
  let stopped = false;
  let cancel = (): void => undefined;
  let asking: Promise<void> = Promise.resolve();

  const current = (): LeaseHolder | undefined =>
    known !== undefined && clock.now() < known.until ? known.holder : undefined;
  const isLeader = (): boolean => current()?.id === self.id;

  /** Tells when what it was told last is so no more. */
  const tell = (): void => {
    const leads = isLeader();
    if (leads === led) {
      return;
    }
    led = leads;
    log.info({ leader: current()?.engine ?? null }, leads ? 'this engine leads' : 'this engine leads no more');
    if (leads) {
      listeners.forEach((listener) => listener());
    }
  };

  const question = async (): Promise<void> => {
    // Counted from before the question: the lease in the database never ends before the engine believes it does.
    const until = addMs(clock.now(), lasts);
    const holder = await store.write((tx) => tx.leases.take(LEASE, self, lasts));
    // A late answer counts too, unless a later question was answered before.
    if (!stopped && (known === undefined || until >= known.until)) {
      // A lease that ran out meanwhile was lost, even if this is the next one: another engine may have led in between.
      tell();
      known = { holder, until };
      tell();
    }
  };

  const ask = async (): Promise<void> => {
    tell();
    try {
      await inTime(question(), { clock, lasts });
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'it could not be asked which engine leads; tried again in a moment');
    }
    tell();
  };

  const loop = (): void => {
    asking = ask().then(() => {
      if (!stopped) {
        cancel = clock.after(lasts / 3, loop);
      }
    });
  };

  return {
    start() {
      loop();
      return asking;
    },
    async stop() {
      stopped = true;
      cancel();
      await asking;
      known = undefined;
      // What cannot be given up runs out.
      await inTime(
        store.write((tx) => tx.leases.release(LEASE, self)),
        { clock, lasts }
      ).catch(() => undefined);
    },
    isLeader,
    leader: () => current()?.engine ?? null,
    onGained(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Waits no longer than a renewal may take: a database that hangs must not keep the engine from knowing that it leads no more. */
function inTime(work: Promise<void>, { clock, lasts }: { clock: Clock; lasts: DurationMs }): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(lasts / 3, () => reject(new Error(`no answer within ${lasts / 3000} s`)));
    void work.then(resolve, reject).finally(cancel);
  });
}
