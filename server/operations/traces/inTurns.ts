import { setImmediate } from 'node:timers/promises';

/** Then others get their turn of the event loop. */
const TURN_MS = 20;

/** Does something with each of many things, without keeping the event loop for long. @throws when the caller has gone */
export async function inTurns<T>(things: readonly T[], signal: AbortSignal, work: (thing: T) => void): Promise<void> {
  let began = performance.now();
  for (const thing of things) {
    work(thing);
    if (performance.now() - began > TURN_MS) {
      await setImmediate();
      signal.throwIfAborted();
      began = performance.now();
    }
  }
}
