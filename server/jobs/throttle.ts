import type { DurationMs, EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';

/** Work that is asked for more often than it is done. */
export interface Throttle {
  /** Done at once, or as soon as the time since the last time has passed: what asks last is not forgotten. */
  ask(): void;
  stop(): void;
}

export function createThrottle({ clock, every }: { clock: Clock; every: DurationMs }, work: () => void): Throttle {
  let doneAt: EpochMs | undefined;
  let cancel = (): void => undefined;
  return {
    ask() {
      cancel();
      const wait = doneAt === undefined ? 0 : doneAt + every - clock.now();
      cancel = clock.after(Math.max(0, wait), () => {
        doneAt = clock.now();
        work();
      });
    },
    stop: () => cancel(),
  };
}
