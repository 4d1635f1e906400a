import { useMemo } from 'react';
import { matchSpans, placesOf, withAncestors } from '../../../core/traces/filter/matchSpans.ts';
import { parseSpanFilter } from '../../../core/traces/filter/parseSpanFilter.ts';
import type { Trace } from '../../../core/traces/trace.ts';

export interface FilteredSpans {
  /** 1 for each span that fits; undefined where nothing is asked. */
  readonly matched: Uint8Array | undefined;
  /** The same, with all above them. */
  readonly kept: Uint8Array | undefined;
  /** Spans that fit, in the trace's order. */
  readonly places: Uint32Array;
  readonly problems: readonly string[];
}

const NONE = new Uint32Array(0);

/** What a filter finds in a trace. */
export function useFilteredSpans(trace: Trace, text: string): FilteredSpans {
  return useMemo(() => {
    const filter = parseSpanFilter(text);
    if (filter.terms.length === 0) {
      return { matched: undefined, kept: undefined, places: NONE, problems: filter.problems };
    }
    const matched = matchSpans(trace, filter);
    return { matched, kept: withAncestors(trace, matched), places: placesOf(matched), problems: filter.problems };
  }, [trace, text]);
}
