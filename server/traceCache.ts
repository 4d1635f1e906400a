import type { Trace } from '../src/core/traces/trace.ts';

/** Traces that were read lately and will not change any more. */
export interface TraceCache {
  /** @param owner the source that the trace came from */
  get(owner: object, traceId: string): Trace | undefined;
  put(owner: object, trace: Trace): void;
  /** Of all traces that are kept. */
  readonly spans: number;
}

/** About 1 KB each. */
const MAX_SPANS = 100_000;

/** Forgets what was used least lately, by spans: one trace may be as large as a thousand others. */
export function createTraceCache(maxSpans: number = MAX_SPANS): TraceCache {
  const kept = new Map<string, Trace>();
  const owners = new WeakMap<object, number>();
  let lastOwner = 0;
  let spans = 0;

  const keyOf = (owner: object, traceId: string): string => {
    const number = owners.get(owner) ?? (lastOwner += 1);
    owners.set(owner, number);
    return `${number} ${traceId}`;
  };
  const drop = (key: string): void => {
    spans -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };

  return {
    get spans() {
      return spans;
    },
    get(owner, traceId) {
      const key = keyOf(owner, traceId);
      const trace = kept.get(key);
      if (trace !== undefined) {
        kept.delete(key);
        kept.set(key, trace);
      }
      return trace;
    },
    put(owner, trace) {
      const key = keyOf(owner, trace.traceId);
      drop(key);
      // Half of the room for one would push out what is asked for again and again.
      if (trace.size > maxSpans / 2) {
        return;
      }
      kept.set(key, trace);
      spans += trace.size;
      for (const [oldest] of kept) {
        if (spans <= maxSpans) {
          break;
        }
        drop(oldest);
      }
    },
  };
}
