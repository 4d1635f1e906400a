import type { Clock } from '../../clock.ts';

/** Lets time pass. @throws the reason of the signal when the caller goes meanwhile, or has gone */
export async function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const gone = (): void => {
      cancel();
      reject(signal.reason instanceof Error ? signal.reason : new Error('the caller has gone'));
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', gone);
      resolve();
    });
    signal.addEventListener('abort', gone, { once: true });
  });
}
