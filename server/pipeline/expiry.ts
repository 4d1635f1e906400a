import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { expire } from '../../src/core/alerts/expire.ts';
import { silenceState } from '../../src/core/routing/silence.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { AlertTrace } from './alertTrace.ts';
import { commitSteps } from './commitSteps.ts';
import type { Matching } from './matching.ts';
import { refreshSuppression } from './suppression.ts';

const EVERY_MS = 5000;
/** Per transaction, so that a source that died with thousands of alerts does not hold up intake. */
const MAX_IN_COMMIT = 500;

export interface ExpiryDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
  readonly matching: Matching;
  readonly trace: AlertTrace;
  /** With several engines on one database only the leader sweeps; absent means this is the only one. */
  readonly isLeader?: (() => boolean) | undefined;
}

export interface Expiry {
  start(): void;
  /** Resolves when no sweep is running. */
  stop(): Promise<void>;
}

/**
 * Every 5 s: alerts whose `endsAt` passed unrenewed, acknowledgements that ended, silences that began or ended. After a start the
 * first sweep catches up with what the time brought meanwhile.
 */
export function createExpiry(deps: ExpiryDeps): Expiry {
  const { clock, log, isLeader = () => true } = deps;
  let active: ReadonlyMap<string, string> | undefined;
  let running: Promise<void> = Promise.resolve();
  let cancel: (() => void) | undefined;

  const sweep = async (): Promise<void> => {
    if (!isLeader()) {
      // Who leads later begins as after a start.
      active = undefined;
      return;
    }
    try {
      await expireAlerts(deps);
      const now = await activeSilences(deps);
      await refreshChanged(deps, active, now);
      active = now;
    } catch (error) {
      log.error({ reason: messageOf(error) }, 'the expiry sweep failed and will be repeated');
    }
  };

  const loop = (): void => {
    running = sweep().then(() => {
      if (cancel !== undefined) {
        cancel = clock.after(EVERY_MS, loop);
      }
    });
  };

  return {
    start() {
      if (cancel === undefined) {
        cancel = () => undefined;
        loop();
      }
    },
    async stop() {
      cancel?.();
      cancel = undefined;
      await running;
    },
  };
}

/** Goes through all that is due, in steps: each begins where the one before ended, so that what does not change holds up nothing. */
async function expireAlerts(deps: ExpiryDeps): Promise<void> {
  const now = deps.clock.now();
  if ((await deps.store.read.alerts.due(now, { limit: 1 })).items.length === 0) {
    return;
  }
  let cursor: string | null | undefined;
  while (cursor !== null) {
    cursor = await expireSome(deps, now, cursor);
    // A turn of the event loop: requests that came in meanwhile are read, and what they write goes in between.
    await setImmediate();
  }
}

/** @returns where the next step begins; null when this was the last */
const expireSome = (
  { store, matching, trace }: ExpiryDeps,
  now: EpochMs,
  cursor: string | undefined
): Promise<string | null> =>
  store.write(async (tx) => {
    // Read inside the transaction: some may have been renewed since.
    const { items, next } = await tx.alerts.due(now, { limit: MAX_IN_COMMIT, cursor });
    const steps = items.map((alert) => expire(alert, now)).filter(({ transitions }) => transitions.length > 0);
    for (const [namespace, list] of Map.groupBy(steps, ({ alert }) => alert.namespace)) {
      await commitSteps(tx, list, { matching, trace, namespace, now });
    }
    return next;
  });

/** By namespace, the silences that are active, as a text to compare. */
async function activeSilences({ store, clock }: ExpiryDeps): Promise<ReadonlyMap<string, string>> {
  const now = clock.now();
  const live = await store.read.silences.listLive(now);
  const active = live.filter((silence) => silenceState(silence, now) === 'active');
  const grouped = Map.groupBy(active, ({ namespace }) => namespace);
  return new Map([...grouped].map(([namespace, list]) => [namespace, list.map(({ id }) => id).join(' ')]));
}

async function refreshChanged(
  { store, clock, matching, trace }: ExpiryDeps,
  before: ReadonlyMap<string, string> | undefined,
  after: ReadonlyMap<string, string>
): Promise<void> {
  // After a start nobody knows which silences ended meanwhile: every namespace that has alerts is looked at.
  const earlier = before === undefined ? await store.read.alerts.namespaces() : before.keys();
  const candidates = new Set([...earlier, ...after.keys()]);
  for (const namespace of candidates) {
    if (before === undefined || before.get(namespace) !== after.get(namespace)) {
      await store.write((tx) => refreshSuppression(tx, { matching, trace, namespace, now: clock.now() }));
    }
  }
}
