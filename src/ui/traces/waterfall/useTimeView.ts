import { useCallback, useEffect, useMemo, useState } from 'react';
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

export interface KeptTime {
  /** The same object until it changes; null is the whole trace. */
  readonly kept: TimeView | null;
  readonly onKeep: (view: TimeView | null) => void;
}

/** A drag and a turn of the wheel are one choice, and not one for each of their steps. */
const RESTED_MS = 200;

/** The stretch of time that is looked at. It follows the hand at once, and is given to be kept when that rests. */
export function useTimeView(trace: Pick<Trace, 'durationNs'>, { kept, onKeep }: KeptTime): TimeViewState {
  const { durationNs } = trace;
  const [moving, setMoving] = useState<{ readonly from: TimeView | null; readonly to: TimeView | null }>();
  // Back, or a link, has the last word.
  const chosen = moving?.from === kept ? moving.to : kept;
  useEffect(() => {
    if (moving === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => {
      if (moving.from === kept) {
        onKeep(moving.to);
      }
      setMoving(undefined);
    }, RESTED_MS);
    return () => clearTimeout(timer);
  }, [moving, kept, onKeep]);

  const time = useMemo(
    () => (chosen === null ? wholeTrace(durationNs) : clampView(chosen, durationNs)),
    [chosen, durationNs]
  );
  const set = useCallback(
    (view: TimeView) => {
      const to = clampView(view, durationNs);
      setMoving({ from: kept, to: isWhole(to, durationNs) ? null : to });
    },
    [kept, durationNs]
  );
  return {
    time,
    isZoomed: !isWhole(time, durationNs),
    set,
    zoom: (factor, aroundNs) =>
      set(zoomView(time, durationNs, { factor, ...(aroundNs === undefined ? {} : { aroundNs }) })),
    pan: (share) => set(panView(time, durationNs, share)),
    reset: () => setMoving({ from: kept, to: null }),
  };
}
