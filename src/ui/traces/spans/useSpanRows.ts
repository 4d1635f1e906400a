import { useDeferredValue, useMemo, useState } from 'react';
import { matchSpans, placesOf } from '../../../core/traces/filter/matchSpans.ts';
import { parseSpanFilter } from '../../../core/traces/filter/parseSpanFilter.ts';
import { groupSpans, type SpanGrouping } from '../../../core/traces/spanTable/groupSpans.ts';
import { sortSpans, type MeasuredTrace, type SpanOrder } from '../../../core/traces/spanTable/sortSpans.ts';
import { groupedRows, type SpanRow } from './spanRows.ts';

interface Asked {
  readonly measured: MeasuredTrace;
  readonly text: string;
  readonly order: SpanOrder;
  readonly grouping: SpanGrouping | null;
}

interface SpanRows {
  readonly rows: ArrayLike<SpanRow>;
  /** The spans among them in their order, those of closed groups too. */
  readonly spans: Uint32Array;
  readonly toggle: (value: string | null) => void;
  readonly isClosed: (value: string | null) => boolean;
}

const NONE: ReadonlySet<string | null> = new Set();

/** Spans filtered, sorted and put under headings. */
export function useSpanRows({ measured, text, order, grouping }: Asked): SpanRows {
  const [folded, setFolded] = useState({ grouping, closed: NONE });
  const closed = folded.grouping === grouping ? folded.closed : NONE;
  const wanted = useDeferredValue(text);
  const found = useMemo(() => placesOf(matchSpans(measured.trace, parseSpanFilter(wanted))), [measured, wanted]);
  const spans = useMemo(() => sortSpans(found, measured, order), [found, measured, order]);
  const groups = useMemo(
    () => (grouping === null ? null : groupSpans(spans, measured, grouping)),
    [spans, measured, grouping]
  );
  const rows = useMemo(() => (groups === null ? spans : groupedRows(groups, closed)), [groups, spans, closed]);
  return {
    rows,
    spans,
    isClosed: (value) => closed.has(value),
    toggle(value) {
      const next = new Set(closed);
      if (!next.delete(value)) {
        next.add(value);
      }
      setFolded({ grouping, closed: next });
    },
  };
}
