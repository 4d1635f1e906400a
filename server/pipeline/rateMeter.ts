import type { Clock } from '../clock.ts';
import type { EpochMs } from '../../src/core/units.ts';

const WINDOW_MS = 30_000;

/** Events per second over the last window or two. */
export interface RateMeter {
  add(count: number): void;
  perSecond(): number;
}

export function createRateMeter(clock: Clock): RateMeter {
  let startedAt: EpochMs = clock.now();
  let current = 0;
  let previous: { count: number; ms: number } | undefined;
  const turn = (): void => {
    const ms = clock.now() - startedAt;
    if (ms >= WINDOW_MS) {
      previous = ms < 2 * WINDOW_MS ? { count: current, ms } : undefined;
      startedAt = clock.now();
      current = 0;
    }
  };
  return {
    add(count) {
      turn();
      current += count;
    },
    perSecond() {
      turn();
      const count = current + (previous?.count ?? 0);
      const ms = clock.now() - startedAt + (previous?.ms ?? 0);
      return ms === 0 ? 0 : (count * 1000) / ms;
    },
  };
}
