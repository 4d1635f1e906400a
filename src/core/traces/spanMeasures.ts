import type { CriticalPath } from './criticalPath.ts';
import { criticalTimes } from './criticalTimes.ts';
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
