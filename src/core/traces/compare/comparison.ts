/** Below this a corrected p counts as a difference, as is usual. */
export const SIGNIFICANCE_LEVEL = 0.05;

export type Side = 'a' | 'b';

export interface Tested {
  /** Two-sided, of this test alone. */
  readonly p: number;
  /** Corrected for all tests of the comparison. */
  readonly corrected: number;
  readonly isSignificant: boolean;
}

/** One service+operation path in one set. Times in nanoseconds. */
export interface PathFigures {
  /** Traces that have it. */
  readonly traces: number;
  readonly spans: number;
  /** Spans per trace of the set, those without it counting 0. */
  readonly perTrace: number;
  /** Of its spans; null where there are none. */
  readonly medianNs: number | null;
  readonly p95Ns: number | null;
  /** Mean per trace of the set: time in which none of its children ran, and the part of that on the critical path. */
  readonly selfNs: number;
  readonly criticalNs: number;
  /** Failed spans of all; null where there are none. */
  readonly errorShare: number | null;
  /** Trace whose spans of this path take about as long as is usual in the set. */
  readonly example: string | null;
}

export interface PathDifference {
  /** Counted from 0; a path comes after the one above it. */
  readonly path: number;
  /** The path above; null for a root. */
  readonly parent: number | null;
  readonly depth: number;
  readonly service: string;
  readonly operation: string;
  readonly a: PathFigures;
  readonly b: PathFigures;
  /** By how much the mean duration of B's roots is longer because of the work of this path itself. All of them add up to the difference. */
  readonly contributionNs: number;
  /** Null where nothing can be tested: too few traces, nothing that varies, or a path that one set lacks. */
  readonly duration: Tested | null;
  /** Traces with a span that takes longer than the p95 of both sides together. */
  readonly p95: Tested | null;
  /** Spans per trace. */
  readonly count: Tested | null;
  readonly errors: Tested | null;
}

export interface SetFigures {
  readonly traces: number;
  readonly spans: number;
  /** Of the roots. */
  readonly meanNs: number;
  readonly medianNs: number;
  readonly p95Ns: number;
  /** Traces whose root failed. */
  readonly failed: number;
  readonly example: string | null;
}

/** Why nothing was tested. */
export type Untested = 'one_trace_each' | 'too_few';

export interface TraceComparison {
  readonly a: SetFigures;
  readonly b: SetFigures;
  /** B minus A, of the means of the roots. */
  readonly differenceNs: number;
  /** Of the durations of the roots and of how many failed: two questions that stand before any search, so uncorrected. */
  readonly durationP: number | null;
  readonly errorP: number | null;
  readonly untested: Untested | null;
  /** What contributes most to the difference comes first. */
  readonly paths: readonly PathDifference[];
  /** How many p-values were corrected together. */
  readonly tests: number;
  /** Spans whose path was one too many to keep: their time counts for the path above. */
  readonly folded: number;
}
