import { useEffect, useMemo, useRef, useState } from 'react';
import { cell } from '../../../core/traces/column.ts';
import type { CriticalPath } from '../../../core/traces/criticalPath.ts';
import { stepThrough } from '../../../core/traces/rows/failures.ts';
import { findRow } from '../../../core/traces/rows/findRow.ts';
import type { TimeView } from '../../../core/traces/rows/timeView.ts';
import { visibleRows } from '../../../core/traces/rows/visibleRows.ts';
import { durationOf } from '../../../core/traces/spanFields.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { KeyboardHelp } from '../../KeyboardHelp.tsx';
import { useHotkeys, type Hotkeys } from '../../useHotkeys.ts';
import { useWidth } from '../../useWidth.ts';
import { useRowScroller } from '../rows/useRowScroller.ts';
import { Minimap } from './Minimap.tsx';
import { useCursor, type Cursor } from './useCursor.ts';
import { useFilteredSpans } from './useFilteredSpans.ts';
import { useFolding } from './useFolding.ts';
import { useNameWidth } from './useNameWidth.ts';
import { useRowLook } from './useRowLook.ts';
import { useTimeView, type TimeViewState } from './useTimeView.ts';
import { onWaterfallKey, waterfallKeys } from './waterfallKeys.ts';
import { WaterfallGrid } from './WaterfallGrid.tsx';
import { WaterfallToolbar } from './WaterfallToolbar.tsx';
import type { WaterfallView } from './waterfallView.ts';

export interface WaterfallProps {
  readonly trace: Trace;
  readonly path: CriticalPath;
  /** Span that is told in full beside, or null. */
  readonly selected: number | null;
  readonly onSelect: (span: number | null) => void;
  readonly view: WaterfallView;
  readonly onView: (change: Partial<WaterfallView>) => void;
  /** The keys work wherever the focus is: for a page that has one waterfall and nothing else. */
  readonly hasPageKeys?: boolean;
}

/** Narrower, names stand above the bars. */
const COMPACT_BELOW = 560;

/** All spans of a trace over time: found, folded, walked by keyboard. Any number of spans: only the rows in sight are drawn. */
export function Waterfall(props: WaterfallProps) {
  const { trace, path, selected, onSelect, view, onView } = props;
  const search = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const [measure, width] = useWidth<HTMLDivElement>();
  const compact = width > 0 && width < COMPACT_BELOW;
  const name = useNameWidth(width);
  const nameWidth = compact ? width : name.px;

  const filtered = useFilteredSpans(trace, view.filter);
  const { folding, toggle, open } = useFolding(trace, view);
  const kept = view.onlyMatches ? filtered.kept : undefined;
  const rows = useMemo(() => visibleRows(trace, folding, kept), [trace, folding, kept]);
  const time = useTimeView(trace, { kept: view.time, onKeep: (next) => onView({ time: next }) });
  const look = useRowLook({
    ...{ trace, criticalPath: path, time: time.time, critical: view.critical, matched: filtered.matched },
    ...{ width, nameWidth, compact },
  });
  const scroller = useRowScroller(look);
  const cursor = useCursor({ rows, scroller, selected, onSelect, toggle });
  useShownSelection({ selected, open, rowOf: (span) => findRow(rows, span), show: scroller.show, put: cursor.put });

  const atCursor = cursor.row === -1 ? -1 : cell(rows.span, cursor.row);
  const zoomTo = (span: number) => time.set(timeAround(trace, span));
  const step = (places: Uint32Array, by: 1 | -1): void => {
    // The row that the keyboard is on may be the first to come.
    const next = stepThrough(places, selected ?? atCursor - by, by);
    if (next !== undefined) {
      onSelect(next);
    }
  };
  const keys: Hotkeys = {
    ...cursorKeys(cursor, scroller.page),
    ...timeKeys(time),
    '/': () => search.current?.focus(),
    z: () => zoomTo(selected ?? atCursor),
    n: () => step(filtered.places, 1),
    p: () => step(filtered.places, -1),
    e: () => step(look.failures.spans, 1),
    c: () => onView({ critical: !view.critical }),
    Escape: () => onSelect(null),
    '?': () => setHelp(true),
  };
  useHotkeys(props.hasPageKeys === true ? keys : NO_KEYS);

  return (
    <div className={look.styles.root} ref={measure} onKeyDown={(event) => onWaterfallKey(event, keys)}>
      <WaterfallToolbar
        {...{ view, onView, search }}
        matches={filtered.matched && placeOf(filtered.places, selected)}
        problems={filtered.problems}
        errors={look.failures.spans.length}
        isZoomed={time.isZoomed}
        onMatch={(by) => step(filtered.places, by)}
        onError={() => step(look.failures.spans, 1)}
        onWhole={time.reset}
        onHelp={() => setHelp(true)}
      />
      <Minimap trace={trace} colors={look.colors} view={time} />
      <WaterfallGrid {...{ look, rows, scroller, cursor, selected, onSelect, toggle, zoomTo, name, nameWidth }} />
      <KeyboardHelp keys={waterfallKeys()} isOpen={help} onClose={() => setHelp(false)} />
    </div>
  );
}

const NO_KEYS: Hotkeys = {};

/** So much more than a span is seen at both its ends. */
const AROUND = 0.1;

function timeAround(trace: Trace, span: number): TimeView {
  const around = Math.max(1, durationOf(trace, span)) * AROUND;
  return { fromNs: cell(trace.startNs, span) - around, toNs: cell(trace.endNs, span) + around };
}

/** Closer by a third, or back. */
const CLOSER = 2 / 3;
const PAN = 0.25;

const timeKeys = ({ zoom, pan, reset }: TimeViewState): Hotkeys => ({
  '+': () => zoom(CLOSER),
  '=': () => zoom(CLOSER),
  '-': () => zoom(1 / CLOSER),
  '0': reset,
  '[': () => pan(-PAN),
  ']': () => pan(PAN),
});

const cursorKeys = (cursor: Cursor, page: () => number): Hotkeys => ({
  j: () => cursor.moveBy(1),
  k: () => cursor.moveBy(-1),
  ArrowDown: () => cursor.moveBy(1),
  ArrowUp: () => cursor.moveBy(-1),
  PageDown: () => cursor.moveBy(page()),
  PageUp: () => cursor.moveBy(-page()),
  Home: () => cursor.moveTo(0),
  End: () => cursor.moveTo(Infinity),
  ArrowLeft: cursor.fold,
  ArrowRight: cursor.unfold,
  Enter: cursor.open,
});

/** How many match, and which of them is selected, from 1; 0 for none of them. */
function placeOf(places: Uint32Array, selected: number | null): { count: number; place: number } {
  return { count: places.length, place: selected === null ? 0 : places.indexOf(selected) + 1 };
}

interface ShownSelection {
  readonly selected: number | null;
  readonly open: (span: number) => void;
  readonly rowOf: (span: number) => number;
  readonly show: (row: number, where: 'middle') => void;
  readonly put: (id: number) => void;
}

/** What was selected elsewhere (a link, another view, the next error) is unfolded and scrolled to. */
function useShownSelection({ selected, open, rowOf, show, put }: ShownSelection): void {
  const shown = useRef<number | null>(null);
  const opened = useRef<number | null>(null);
  useEffect(() => {
    if (selected === null || selected === shown.current) {
      shown.current = selected;
      return;
    }
    const row = rowOf(selected);
    if (row !== -1) {
      shown.current = selected;
      put(selected);
      show(row, 'middle');
    } else if (opened.current !== selected) {
      // Once: a filter may hide it for good.
      opened.current = selected;
      open(selected);
    }
  });
}
