import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Box, Point } from './geometry.ts';

/** What part of the map is in sight: a point of the map `(x, y)` is shown at `(x * zoom + left, y * zoom + top)`. */
export interface View {
  readonly left: number;
  readonly top: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST_ZOOM = 0.04;
const MOST_ZOOM = 2;
const MARGIN = 24;
const KEY_STEP = 80;
const KEY_ZOOM = 1.25;
/** A press that moves less is a click. */
const DRAG_FROM = 4;

const clamp = (zoom: number): number => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));

/** The view in which all of a box is seen, no larger than life. */
export function fitView(box: Box, { width, height }: Size): View {
  const zoom = clamp(Math.min(1, (width - 2 * MARGIN) / box.width, (height - 2 * MARGIN) / box.height));
  return {
    zoom,
    left: (width - box.width * zoom) / 2 - box.x * zoom,
    top: (height - box.height * zoom) / 2 - box.y * zoom,
  };
}

/** Zooms so that what is under a point stays there. */
export function zoomAt(view: View, factor: number, { x, y }: Point): View {
  const zoom = clamp(view.zoom * factor);
  const real = zoom / view.zoom;
  return { zoom, left: x - (x - view.left) * real, top: y - (y - view.top) * real };
}

export interface Viewport {
  readonly view: View;
  readonly setView: (change: (view: View) => View) => void;
  readonly zoomBy: (factor: number) => void;
  readonly frameRef: (element: HTMLDivElement | null) => void;
  readonly size: Size;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: (event: PointerEvent) => void;
    readonly onPointerCancel: (event: PointerEvent) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

/** Panning by drag, arrow keys and two fingers, zooming by wheel, keys and two fingers. */
export function useViewport(onFit: () => void): Viewport {
  const [view, setView] = useState<View>({ left: MARGIN, top: MARGIN, zoom: 1 });
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const pointers = useRef(new Map<number, Point>());
  const dragging = useRef(false);

  useEffect(() => {
    if (frame === null) {
      return undefined;
    }
    const measure = () => setSize({ width: frame.clientWidth, height: frame.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    // React listens to wheels passively, and the page would scroll.
    const onWheel = (event: WheelEvent) => {
      // Plain scrolling belongs to the page around the map.
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== frame && !frame.contains(document.activeElement)) {
        return;
      }
      event.preventDefault();
      const { left, top } = frame.getBoundingClientRect();
      setView((now) => zoomAt(now, Math.exp(-event.deltaY / 400), { x: event.clientX - left, y: event.clientY - top }));
    };
    frame.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      frame.removeEventListener('wheel', onWheel);
    };
  }, [frame]);

  const zoomBy = useCallback(
    (factor: number) => setView((now) => zoomAt(now, factor, { x: size.width / 2, y: size.height / 2 })),
    [size]
  );

  const onPointerDown = (event: PointerEvent) => {
    if (event.button === 0) {
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      dragging.current = false;
    }
  };
  const onPointerMove = (event: PointerEvent) => {
    const last = pointers.current.get(event.pointerId);
    if (last === undefined) {
      return;
    }
    const now = { x: event.clientX, y: event.clientY };
    if (!dragging.current && Math.hypot(now.x - last.x, now.y - last.y) < DRAG_FROM) {
      return;
    }
    if (!dragging.current) {
      dragging.current = true;
      // From here on the drag is ours, wherever the pointer goes; a click before would have been lost by it.
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    const others = [...pointers.current].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]));
    const other = others[0];
    pointers.current.set(event.pointerId, now);
    const rect = event.currentTarget.getBoundingClientRect();
    setView((before) =>
      other === undefined
        ? { ...before, left: before.left + now.x - last.x, top: before.top + now.y - last.y }
        : zoomAt(before, spread(now, other) / Math.max(1, spread(last, other)), {
            x: (now.x + other.x) / 2 - rect.left,
            y: (now.y + other.y) / 2 - rect.top,
          })
    );
  };
  const onPointerUp = (event: PointerEvent) => void pointers.current.delete(event.pointerId);

  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => setView((now) => ({ ...now, left: now.left + KEY_STEP })),
    ArrowRight: () => setView((now) => ({ ...now, left: now.left - KEY_STEP })),
    ArrowUp: () => setView((now) => ({ ...now, top: now.top + KEY_STEP })),
    ArrowDown: () => setView((now) => ({ ...now, top: now.top - KEY_STEP })),
    '+': () => zoomBy(KEY_ZOOM),
    '=': () => zoomBy(KEY_ZOOM),
    '-': () => zoomBy(1 / KEY_ZOOM),
    '0': onFit,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (act !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  };
  const handlers = { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onKeyDown };
  return { view, setView, zoomBy, frameRef: setFrame, size, handlers };
}

const spread = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
