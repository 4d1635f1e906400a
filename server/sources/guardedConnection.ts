import type { Dispatcher } from 'undici';
import type { EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';

/** Checks an address that came in through the API and gives a connection to what was checked. Throws EngineError `guarded_address`. */
export type Guard = (url: string) => Promise<Dispatcher>;

/** How long a checked connection is used before the name is looked up and checked again. */
const RECHECK_MS = 60_000;

export interface DispatcherCache {
  /** Undefined where nothing guards: undici's own connections are used then. */
  get(url: string): Promise<Dispatcher | undefined>;
  close(): Promise<void>;
}

export function createDispatcherCache(guard: Guard | undefined, clock: Clock): DispatcherCache {
  let current: { dispatcher: Promise<Dispatcher>; checkedAt: EpochMs } | undefined;
  const release = async (old: typeof current): Promise<void> => {
    const dispatcher = await old?.dispatcher.catch(() => undefined);
    await dispatcher?.close();
  };
  return {
    async get(url) {
      if (guard === undefined) {
        return undefined;
      }
      const now = clock.now();
      if (current === undefined || now - current.checkedAt >= RECHECK_MS) {
        const old = current;
        current = { dispatcher: guard(url), checkedAt: now };
        void release(old);
      }
      const used = current;
      try {
        return await used.dispatcher;
      } catch (error) {
        current = current === used ? undefined : current;
        throw error;
      }
    },
    close: () => {
      const old = current;
      current = undefined;
      return release(old);
    },
  };
}
