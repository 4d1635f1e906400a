import { useMemo } from 'react';
import type { CriticalPath } from '../../core/traces/criticalPath.ts';
import type { FilterTerm } from '../../core/traces/filter/parseSpanFilter.ts';
import { spanMeasures } from '../../core/traces/spanMeasures.ts';
import type { MeasuredTrace } from '../../core/traces/spanTable/sortSpans.ts';
import type { Trace } from '../../core/traces/trace.ts';

/** What each view of one trace is given. */
export interface TraceViewProps {
  readonly trace: Trace;
  /** The path of its earliest root. */
  readonly path: CriticalPath;
  /** Place of the span that is looked at. */
  readonly selected: number | null;
  readonly onSelect: (span: number | null) => void;
  /** Adds a condition to the filter of the trace; left out where there is none. */
  readonly onFilter?: (term: FilterTerm) => void;
}

/** Times of every span, taken once for a trace and its path. */
export const useMeasures = ({ trace, path }: Pick<TraceViewProps, 'trace' | 'path'>): MeasuredTrace =>
  useMemo(() => ({ trace, ...spanMeasures(trace, path) }), [trace, path]);
