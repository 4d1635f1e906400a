import type { SpanInput } from '../spanInput.ts';
import type { Trace, TraceNotice } from '../trace.ts';
import { createTraceBuilder, type TraceBuilder } from '../traceBuilder.ts';
import { normalId, TRACE_ID_LENGTH } from '../traceIds.ts';
import { createLosses, type LossKind } from './losses.ts';

/** Enough to find the fault; the rest is counted. */
const MAX_NAMED = 5;

/** What a parser fills: spans go to the trace of their id, and what could not be used is kept in words. */
export interface TraceCollector {
  add(traceId: string, span: SpanInput): void;
  /** A span of which nobody knows when it was: it stands where its trace begins. */
  addTimeless(traceId: string, span: Omit<SpanInput, 'start' | 'end'>): void;
  /** Something of a span was left out or replaced, and the span was kept. */
  lost(kind: LossKind, where: string, got?: unknown): void;
  /** @param where such as `resourceSpans[0].scopeSpans[1].spans[7]` */
  unusable(where: string, why: string): void;
  /** @param traceId of which trace it is; without, it is of all of the input */
  note(notice: TraceNotice, traceId?: string): void;
  /** Of one more span the times came as numbers that a double does not hold. */
  roundedTimes(): void;
  /** Traces in the order in which they came first; each carries the notices of the whole input, and its own. */
  finish(): readonly Trace[];
  /** Sentences about what could not be used; '' where nothing was. */
  readonly complaint: string;
}

export function createTraceCollector(): TraceCollector {
  const builders = new Map<string, TraceBuilder>();
  const notices: TraceNotice[] = [];
  // Of a trace that never comes there may be some, too.
  const ownNotices = new Map<string, TraceNotice[]>();
  const named: string[] = [];
  let count = 0;
  const losses = createLosses();
  const timeless: Array<readonly [builder: TraceBuilder, span: Omit<SpanInput, 'start' | 'end'>]> = [];
  let rounded = 0;
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
    addTimeless: (traceId, span) => timeless.push([builderOf(traceId), span]),
    lost: losses.add,
    unusable(where, why) {
      count += 1;
      if (named.length < MAX_NAMED) {
        named.push(`${where}: ${why}`);
      }
    },
    note(notice, traceId) {
      if (traceId === undefined) {
        notices.push(notice);
        return;
      }
      const id = normalId(traceId, TRACE_ID_LENGTH);
      ownNotices.set(id, [...(ownNotices.get(id) ?? []), notice]);
    },
    roundedTimes() {
      rounded += 1;
    },
    get complaint() {
      return [unused(), ...losses.notices()].flatMap((one) => one?.message ?? []).join(' ');
    },
    finish() {
      const lossy = [rounded === 0 ? undefined : roundedNotice(rounded), unused()];
      const all = [...notices, ...lossy.filter((one) => one !== undefined), ...losses.notices()];
      for (const [builder, span] of timeless.splice(0)) {
        const start = builder.earliestStart ?? 0n;
        const events = (span.events ?? []).map((event) => (event.at === 0n ? { ...event, at: start } : event));
        builder.add({ ...span, start, end: null, events });
      }
      return [...builders.values()].map((builder) =>
        builder.build([...(ownNotices.get(builder.traceId) ?? []), ...all])
      );
    },
  };
}

/** A double of 2^60 to 2^61, as nanoseconds since 1970 are until 2043, is a multiple of 256. */
const roundedNotice = (count: number): TraceNotice => ({
  code: 'time_precision',
  message: `The times of ${count === 1 ? 'one span' : `${count} spans`} are JSON numbers beyond 2^53, exact to 256 ns only; expected text, as OTLP writes them.`,
  count,
  spanIds: [],
});
