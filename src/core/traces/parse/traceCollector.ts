import type { SpanInput } from '../spanInput.ts';
import type { Trace, TraceNotice } from '../trace.ts';
import { createTraceBuilder, type TraceBuilder } from '../traceBuilder.ts';
import { normalId, TRACE_ID_LENGTH } from '../traceIds.ts';

/** Enough to find the fault; the rest is counted. */
const MAX_NAMED = 5;

/** What a parser fills: spans go to the trace of their id, and what could not be used is kept in words. */
export interface TraceCollector {
  add(traceId: string, span: SpanInput): void;
  /** @param where such as `resourceSpans[0].scopeSpans[1].spans[7]` */
  unusable(where: string, why: string): void;
  note(notice: TraceNotice): void;
  /** Traces in the order in which they came first; each carries the notices of the whole input. */
  finish(): readonly Trace[];
  readonly unused: TraceNotice | undefined;
}

export function createTraceCollector(): TraceCollector {
  const builders = new Map<string, TraceBuilder>();
  const notices: TraceNotice[] = [];
  const named: string[] = [];
  let count = 0;
  let last: { readonly given: string; readonly builder: TraceBuilder } | undefined;

  const builderOf = (given: string): TraceBuilder => {
    // Spans of one trace mostly come together.
    if (last?.given === given) {
      return last.builder;
    }
    const id = normalId(given, TRACE_ID_LENGTH);
    const builder = builders.get(id) ?? createTraceBuilder(id);
    builders.set(id, builder);
    last = { given, builder };
    return builder;
  };

  const unused = (): TraceNotice | undefined =>
    count === 0
      ? undefined
      : {
          code: 'unusable',
          message: `${count === 1 ? 'One piece' : `${count} pieces`} of the input could not be used: ${named.join('; ')}${count > named.length ? '; and more' : ''}.`,
          count,
          spanIds: [],
        };

  return {
    add: (traceId, span) => builderOf(traceId).add(span),
    unusable(where, why) {
      count += 1;
      if (named.length < MAX_NAMED) {
        named.push(`${where}: ${why}`);
      }
    },
    note: (notice) => notices.push(notice),
    get unused() {
      return unused();
    },
    finish() {
      const all = [...notices, unused()].filter((one) => one !== undefined);
      return [...builders.values()].map((builder) => builder.build(all));
    },
  };
}
