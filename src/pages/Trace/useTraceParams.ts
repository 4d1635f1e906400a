import { useCallback, useMemo } from 'react';
import { FOLD_MODES } from '../../core/traces/rows/folding.ts';
import { findSpan, spanRef } from '../../core/traces/spanRef.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { useQueryParams, type ParamChanges, type QueryParams } from '../../host/useLocation.ts';
import { DEFAULT_VIEW, type WaterfallView } from '../../ui/traces/waterfall/waterfallView.ts';

export interface TraceParams {
  readonly view: WaterfallView;
  readonly onView: (change: Partial<WaterfallView>) => void;
  readonly selected: number | null;
  readonly onSelect: (span: number | null) => void;
}

const MOST_DEPTH = 100;

/** What of a trace is shown, kept in the address. */
export function useTraceParams(trace: Trace): TraceParams {
  const params = useQueryParams();
  const { set } = params;
  const ref = params.get('span');
  const selected = useMemo(() => (ref === undefined ? null : findSpan(trace, ref)), [trace, ref]);
  const onSelect = useCallback(
    (span: number | null) =>
      // Back closes the span; going from one to the next leaves no steps.
      set({ span: span === null ? null : spanRef(trace, span) }, { push: selected === null && span !== null }),
    [set, trace, selected]
  );
  const onView = useCallback((change: Partial<WaterfallView>) => set(writeView(change)), [set]);
  return { view: readView(params), onView, selected, onSelect };
}

/** The view that an address stands for. */
export function readView({ get }: Pick<QueryParams, 'get'>): WaterfallView {
  const [, mode = '', depth = ''] = /^([a-z]+?)(\d*)$/.exec(get('fold') ?? '') ?? [];
  return {
    filter: get('q') ?? '',
    onlyMatches: get('only') === '1',
    mode: FOLD_MODES.find((one) => one === mode) ?? DEFAULT_VIEW.mode,
    depth: depth === '' ? DEFAULT_VIEW.depth : Math.min(MOST_DEPTH, Math.max(1, Number(depth))),
    critical: get('path') !== 'off',
  };
}

/** What is as usual does not stand in the address. */
export function writeView({ filter, onlyMatches, mode, depth, critical }: Partial<WaterfallView>): ParamChanges {
  return {
    ...(filter === undefined ? {} : { q: filter }),
    ...(onlyMatches === undefined ? {} : { only: onlyMatches ? '1' : null }),
    ...(mode === undefined ? {} : { fold: mode === 'depth' ? `depth${depth ?? ''}` : mode === 'none' ? null : mode }),
    ...(critical === undefined ? {} : { path: critical ? null : 'off' }),
  };
}
