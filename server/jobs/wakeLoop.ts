import type { Clock } from '../clock.ts';

export interface WakeLoop {
  start(): void;
  /** Looks for work now; a call during a look makes it look once more. */
  wake(): void;
  /** Resolves when no look is running; none follows. */
  stop(): Promise<void>;
}

export interface WakeLoopOptions {
  readonly clock: Clock;
  /** Starts what may start. @returns ms until the next look */
  look(): Promise<number>;
  /** @returns ms until the next look */
  onError(error: unknown): number;
}

/** Repeats a look for work: when something wakes it, and at the time that the look itself names. Never two looks at once. */
export function createWakeLoop({ clock, look, onError }: WakeLoopOptions): WakeLoop {
  let running = false;
  let again = false;
  let pumping: Promise<void> | undefined;
  let cancelTimer = (): void => undefined;

  const pump = async (): Promise<void> => {
    while (again && running) {
      again = false;
      cancelTimer();
      const wait = await look().catch(onError);
      if (running) {
        cancelTimer = clock.after(wait, wake);
      }
    }
  };

  const wake = (): void => {
    again = true;
    pumping ??= pump().finally(() => {
      pumping = undefined;
      if (again && running) {
        wake();
      }
    });
  };

  return {
    start() {
      running = true;
      wake();
    },
    wake,
    async stop() {
      running = false;
      cancelTimer();
      await pumping;
      cancelTimer();
    },
  };
}
