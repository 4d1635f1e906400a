import { useRef, type PointerEvent } from 'react';
import { clampView, type TimeView } from '../../../core/traces/rows/timeView.ts';
import type { TimeViewState } from './useTimeView.ts';

interface Grabbed {
  readonly pointerId: number;
  /** What is moved: an edge, the stretch as a whole, or the end of a new one. */
  readonly what: 'fromNs' | 'toNs' | 'all' | 'new';
  readonly atNs: number;
  readonly view: TimeView;
  moved: boolean;
}

export interface MinimapDragOptions {
  readonly durationNs: number;
  readonly view: TimeViewState;
}

/** Choosing a stretch of time with the mouse or a finger. */
export function useMinimapDrag({ durationNs, view }: MinimapDragOptions) {
  const grabbed = useRef<Grabbed>(undefined);

  function timeAt({ currentTarget, clientX }: PointerEvent<HTMLElement>): number {
    const { left, width } = currentTarget.getBoundingClientRect();
    return width === 0 ? 0 : Math.min(1, Math.max(0, (clientX - left) / width)) * durationNs;
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) {
      return;
    }
    const atNs = timeAt(event);
    event.currentTarget.setPointerCapture?.(event.pointerId);
    grabbed.current = {
      pointerId: event.pointerId,
      what: grip(event, atNs, view),
      atNs,
      view: view.time,
      moved: false,
    };
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const from = grabbed.current;
    if (from?.pointerId !== event.pointerId) {
      return;
    }
    const atNs = timeAt(event);
    from.moved ||= Math.abs(atNs - from.atNs) > durationNs / 200;
    if (from.moved) {
      view.set(clampView(dragged(from, atNs), durationNs));
    }
  }

  function onPointerEnd({ pointerId }: PointerEvent<HTMLElement>): void {
    if (grabbed.current?.pointerId === pointerId) {
      grabbed.current = undefined;
    }
  }

  return { onPointerDown, onPointerMove, onPointerUp: onPointerEnd, onPointerCancel: onPointerEnd };
}

function grip({ target }: PointerEvent<HTMLElement>, atNs: number, { time, isZoomed }: TimeViewState): Grabbed['what'] {
  const edge = target instanceof HTMLElement ? target.dataset['edge'] : undefined;
  if (edge === 'fromNs' || edge === 'toNs') {
    return edge;
  }
  return isZoomed && atNs >= time.fromNs && atNs <= time.toNs ? 'all' : 'new';
}

function dragged({ what, atNs: fromNs, view }: Grabbed, atNs: number): TimeView {
  switch (what) {
    case 'new':
      return { fromNs, toNs: atNs };
    case 'all':
      return { fromNs: view.fromNs + atNs - fromNs, toNs: view.toNs + atNs - fromNs };
    case 'fromNs':
    case 'toNs':
      return { ...view, [what]: atNs };
  }
}
