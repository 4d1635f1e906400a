import { epochMs, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that moves only when told to; timers that come due on the way run in order. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function createTestClock(start: EpochMs = epochMs(Date.UTC(2026, 10, 21, 14, 0, 0))): TestClock {
  let now: number = start;
  const timers = new Set<Timer>();
  return {
    now: () => epochMs(now),
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (let due = earliest(timers, end); due !== undefined; due = earliest(timers, end)) {
        timers.delete(due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = end;
    },
  };
}

const earliest = (timers: ReadonlySet<Timer>, until: number): Timer | undefined =>
  [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
