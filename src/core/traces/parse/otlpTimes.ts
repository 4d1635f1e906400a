import type { SpanInput } from '../spanInput.ts';
import type { Place } from './parts.ts';
import type { TraceCollector } from './traceCollector.ts';

/** Protobuf leaves out what is 0: beside a time so far from it, a 0 is none. Small times are of tests, which begin in 1970. */
const FAR_NS = 2n ** 53n;

interface SpanTimes {
  readonly start: bigint;
  /** 0 for none. */
  readonly end: bigint;
}

/** Hands a span of OTLP to the collector: one without times goes where its trace begins, one without start to its end. */
export function addAtTimes(
  traceId: string,
  { start, end, ...span }: Omit<SpanInput, 'start' | 'end'> & SpanTimes,
  { where, into }: Place & { readonly into: TraceCollector }
): void {
  if (start === 0n && end === 0n) {
    into.lost('times', where);
    into.addTimeless(traceId, span);
  } else if (start === 0n && end > FAR_NS) {
    into.lost('start', where);
    into.add(traceId, { ...span, start: end, end });
  } else {
    into.add(traceId, { ...span, start, end: end === 0n ? null : end });
  }
}

/**
 * When an event was; the start of its span where that is not said.
 * @param at undefined for what is no time
 */
export function eventTime(at: bigint | undefined, start: bigint, lost: () => void): bigint {
  if (at === undefined || (at === 0n && start > FAR_NS)) {
    lost();
    return start;
  }
  return at;
}
