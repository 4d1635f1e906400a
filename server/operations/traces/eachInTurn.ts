import { setImmediate } from 'node:timers/promises';
import type { Trace } from '../../../src/core/traces/trace.ts';

/** About 10 ms of work: others wait for the event loop too. */
const SPANS_AT_ONCE = 10_000;

/** Does something with each trace, and lets others in between. @throws when the caller has gone */
export async function eachInTurn(
  traces: readonly Trace[],
  signal: AbortSignal,
  take: (trace: Trace) => void
): Promise<void> {
  let spans = 0;
  for (const trace of traces) {
    take(trace);
    spans += trace.size;
    if (spans >= SPANS_AT_ONCE) {
      spans = 0;
      await setImmediate();
      signal.throwIfAborted();
    }
  }
}
