import type { EpochMs } from '../src/core/units.ts';
import { epochMs } from '../src/core/units.ts';

/** Time as a dependency: tests pass a clock they can move. */
export interface Clock {
  now(): EpochMs;
  /** Calls back once after `ms`; returns what cancels it. Never keeps the process alive by itself. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
