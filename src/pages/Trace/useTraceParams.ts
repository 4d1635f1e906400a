import { useCallback, useMemo } from 'react';
import { FOLD_MODES } from '../../core/traces/rows/folding.ts';
import { readTimeView, writeTimeView } from '../../core/traces/rows/timeViewText.ts';
import { attributeKeys } from '../../core/traces/spanTable/groupSpans.ts';
import { readGrouping, readOrder, writeGrouping, writeOrder } from '../../core/traces/spanTable/spanTableText.ts';
import { findSpan, spanRef } from '../../core/traces/spanRef.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { useQueryParams, type ParamChanges, type QueryParams } from '../../host/useLocation.ts';
import { DEFAULT_TABLE, type SpanTableView } from '../../ui/traces/spans/spanTableView.ts';
import { DEFAULT_VIEW, type WaterfallView } from '../../ui/traces/waterfall/waterfallView.ts';

/** What the views of a trace keep; some of it is of several. */
export type TracePageView = WaterfallView & SpanTableView;

export interface TraceParams {
  readonly view: TracePageView;
  readonly onView: (change: Partial<TracePageView>) => void;
  readonly selected: number | null;
  readonly onSelect: (span: number | null) => void;
}

const MOST_DEPTH = 100;

/** What of a trace is shown, kept in the address. */
export function useTraceParams(trace: Trace): TraceParams {
  const params = useQueryParams();
  const { get, set } = params;
  const ref = get('span');
  const selected = useMemo(() => (ref === undefined ? null : findSpan(trace, ref)), [trace, ref]);
  const onSelect = useCallback(
    (span: number | null) =>
      // Back closes the span; going from one to the next leaves no steps.
      set({ span: span === null ? null : spanRef(trace, span) }, { push: selected === null && span !== null }),
    [set, trace, selected]
  );
  const read = readView(params, trace);
  const view = { ...read, ...useKept(read) };
  const isWhole = view.time === null;
  const onView = useCallback(
    (change: Partial<TracePageView>) =>
      // Back shows the whole time; going from one stretch to the next leaves no steps.
      set(writeView(change), { push: isWhole && (change.time ?? null) !== null }),
    [set, isWhole]
  );
  return { view, onView, selected, onSelect };
}

/** The same objects for as long as the address says the same: what is sorted, grouped and drawn by them is not worked out again. */
function useKept({ order, grouping, time }: TracePageView): Pick<TracePageView, 'order' | 'grouping' | 'time'> {
  const [sort, group, stretch] = [writeOrder(order), writeGrouping(grouping), writeTimeView(time)];
  /* eslint-disable react-hooks/exhaustive-deps */
  return {
    order: useMemo(() => order, [sort]),
    grouping: useMemo(() => grouping, [group]),
    time: useMemo(() => time, [stretch]),
  };
  /* eslint-enable react-hooks/exhaustive-deps */
}

/** The view of a trace that an address stands for; what the trace has not, or nobody wrote, is as usual. */
export function readView({ get }: Pick<QueryParams, 'get'>, trace: Trace): TracePageView {
  const [, mode = '', depth = ''] = /^([a-z]+?)(\d*)$/.exec(get('fold') ?? '') ?? [];
  return {
    filter: get('q') ?? '',
    onlyMatches: get('only') === '1',
    mode: FOLD_MODES.find((one) => one === mode) ?? DEFAULT_VIEW.mode,
    depth: depth === '' ? DEFAULT_VIEW.depth : Math.min(MOST_DEPTH, Math.max(1, Number(depth))),
    critical: get('path') !== 'off',
    time: readTimeView(get('time') ?? '', trace.durationNs),
    ...readTable({ get }, trace),
  };
}

function readTable({ get }: Pick<QueryParams, 'get'>, trace: Trace): Pick<TracePageView, 'order' | 'grouping'> {
  const grouping = readGrouping(get('group') ?? '');
  const isKnown = grouping?.by !== 'attribute' || attributeKeys({ trace }).includes(grouping.key);
  return {
    order: readOrder(get('sort') ?? '') ?? DEFAULT_TABLE.order,
    grouping: isKnown ? grouping : null,
  };
}

/** What is as usual does not stand in the address. */
export function writeView(change: Partial<TracePageView>): ParamChanges {
  return { ...writeWaterfall(change), ...writeTable(change) };
}

function writeWaterfall({ filter, onlyMatches, mode, depth, critical, time }: Partial<TracePageView>): ParamChanges {
  return {
    ...(filter === undefined ? {} : { q: filter }),
    ...(onlyMatches === undefined ? {} : { only: onlyMatches ? '1' : null }),
    ...(mode === undefined ? {} : { fold: mode === 'depth' ? `depth${depth ?? ''}` : mode === 'none' ? null : mode }),
    ...(critical === undefined ? {} : { path: critical ? null : 'off' }),
    ...(time === undefined ? {} : { time: writeTimeView(time) }),
  };
}

const USUAL_ORDER = writeOrder(DEFAULT_TABLE.order);

function writeTable({ order, grouping }: Partial<TracePageView>): ParamChanges {
  const sort = order && writeOrder(order);
  return {
    ...(sort === undefined ? {} : { sort: sort === USUAL_ORDER ? null : sort }),
    ...(grouping === undefined ? {} : { group: writeGrouping(grouping) }),
  };
}
