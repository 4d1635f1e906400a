import { useCallback, useMemo, useState } from 'react';
import {
  clampView,
  isWhole,
  panView,
  wholeTrace,
  zoomView,
  type TimeView,
} from '../../../core/traces/rows/timeView.ts';
import type { Trace } from '../../../core/traces/trace.ts';

export interface TimeViewState {
  readonly time: TimeView;
  readonly isZoomed: boolean;
  readonly set: (view: TimeView) => void;
  /** Below 1 looks closer. */
  readonly zoom: (factor: number, aroundNs?: number) => void;
  /** By a share of what is seen. */
  readonly pan: (share: number) => void;
  readonly reset: () => void;
}

/** The stretch of time that is looked at. Another trace is seen whole. */
export function useTimeView({ traceId, durationNs }: Pick<Trace, 'traceId' | 'durationNs'>): TimeViewState {
  const [kept, setKept] = useState<{ readonly traceId: string; readonly view: TimeView | undefined }>({
    traceId,
    view: undefined,
  });
  const chosen = kept.traceId === traceId ? kept.view : undefined;
  const time = useMemo(
    () => (chosen === undefined ? wholeTrace(durationNs) : clampView(chosen, durationNs)),
    [chosen, durationNs]
  );
  const set = useCallback(
    (view: TimeView) => setKept({ traceId, view: clampView(view, durationNs) }),
    [traceId, durationNs]
  );
  const reset = useCallback(() => setKept({ traceId, view: undefined }), [traceId]);
  return {
    time,
    isZoomed: !isWhole(time, durationNs),
    set,
    zoom: (factor, aroundNs) =>
      set(zoomView(time, durationNs, { factor, ...(aroundNs === undefined ? {} : { aroundNs }) })),
    pan: (share) => set(panView(time, durationNs, share)),
    reset,
  };
}
