import { cell } from './column.ts';
import type { CriticalPath } from './criticalPath.ts';
import { selfTimes } from './selfTime.ts';
import type { Trace } from './trace.ts';

/** Nanoseconds by span. */
export interface SpanMeasures {
  /** In which nothing below the span ran. */
  readonly selfNs: Float64Array;
  /** In which the span itself held up the root. */
  readonly criticalNs: Float64Array;
}

/** What every view of a trace says about a span besides its duration. */
export const spanMeasures = (trace: Trace, path: CriticalPath): SpanMeasures => ({
  selfNs: selfTimes(trace),
  criticalNs: criticalTimes(trace, path),
});

/** By span, how much of the path is its own. They add up to the root's duration. */
export function criticalTimes(trace: Pick<Trace, 'size'>, { sections }: CriticalPath): Float64Array {
  const times = new Float64Array(trace.size);
  for (const { span, startNs, endNs } of sections) {
    times[span] = cell(times, span) + endNs - startNs;
  }
  return times;
}
