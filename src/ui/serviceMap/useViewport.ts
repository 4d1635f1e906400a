import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Box, Point } from './geometry.ts';

/** What part of the map is in sight: a point of the map `(x, y)` is shown at `(x * zoom + left, y * zoom + top)`. */
export interface View {
  readonly left: number;
  readonly top: number;
  readonly zoom: number;
  /** From where it was moved to show what is chosen; gone with the first move of the reader's own. */
  readonly movedFrom?: View;
}

/** By the reader: what was there before is no longer where they were. */
const movedBy = ({ left, top, zoom }: View, { x, y }: Point): View => ({ zoom, left: left + x, top: top + y });

export interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST_ZOOM = 0.04;
const MOST_ZOOM = 2;
const MARGIN = 24;
const KEY_STEP = 80;
const KEY_ZOOM = 1.25;
/** So much turning of the wheel zooms by e. */
const WHEEL_PX = 400;
/** A press that moves less is a click. */
const DRAG_FROM = 4;

const clamp = (zoom: number): number => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));

/**
 * The view in which all of a box is seen, no larger than life.
 * @param leastZoom from which more can be read; then what does not fit is cut off at the right and below
 */
export function fitView(box: Box, { width, height }: Size, leastZoom = LEAST_ZOOM): View {
  const whole = Math.min(1, (width - 2 * MARGIN) / box.width, (height - 2 * MARGIN) / box.height);
  const zoom = clamp(Math.max(whole, leastZoom));
  const start = (room: number, needed: number): number => Math.max(MARGIN, (room - needed * zoom) / 2);
  return {
    zoom,
    left: start(width, box.width) - box.x * zoom,
    top: start(height, box.height) - box.y * zoom,
  };
}

/** Moves no more than is needed for a box to be in sight. */
export function reveal(view: View, box: Box, { width, height }: Size): View {
  const shift = (start: number, length: number, room: number): number =>
    Math.max(0, MARGIN - start) - Math.max(0, Math.min(start + length - room + MARGIN, start - MARGIN));
  const { left, top, zoom } = view;
  const move = {
    x: shift(box.x * zoom + left, box.width * zoom, width),
    y: shift(box.y * zoom + top, box.height * zoom, height),
  };
  return move.x === 0 && move.y === 0 ? view : movedBy(view, move);
}

/** As `reveal`, until `backFrom`. */
export function revealForNow(view: View, box: Box, size: Size): View {
  const revealed = reveal(view, box, size);
  return revealed === view ? view : { ...revealed, movedFrom: view.movedFrom ?? view };
}

/** Where the reader was before something was revealed for now, unless they have moved since. */
export const backFrom = (view: View): View => view.movedFrom ?? view;

/** Zooms so that what is under a point stays there. */
export function zoomAt(view: View, factor: number, { x, y }: Point): View {
  const zoom = clamp(view.zoom * factor);
  const real = zoom / view.zoom;
  return { zoom, left: x - (x - view.left) * real, top: y - (y - view.top) * real };
}

export interface Viewport {
  readonly view: View;
  /** A pointer moves it. */
  readonly isDragged: boolean;
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

type SetView = (change: (view: View) => View) => void;

/** Panning by drag, arrow keys and two fingers, zooming by wheel, keys and two fingers. */
export function useViewport(onFit: () => void): Viewport {
  const [view, setView] = useState<View>({ left: MARGIN, top: MARGIN, zoom: 1 });
  const { frameRef, size } = useFrame(setView);
  const { isDragged, ...pointers } = usePointers(setView);
  const zoomBy = useCallback(
    (factor: number) => setView((now) => zoomAt(now, factor, { x: size.width / 2, y: size.height / 2 })),
    [size]
  );
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => setView((now) => movedBy(now, { x: KEY_STEP, y: 0 })),
    ArrowRight: () => setView((now) => movedBy(now, { x: -KEY_STEP, y: 0 })),
    ArrowUp: () => setView((now) => movedBy(now, { x: 0, y: KEY_STEP })),
    ArrowDown: () => setView((now) => movedBy(now, { x: 0, y: -KEY_STEP })),
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
  return { view, isDragged, setView, zoomBy, frameRef, size, handlers: { ...pointers, onKeyDown } };
}

/** Follows the frame's size and its wheel. */
function useFrame(setView: SetView): Pick<Viewport, 'frameRef' | 'size'> {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (frame === null) {
      return undefined;
    }
    const measure = () => setSize({ width: frame.clientWidth, height: frame.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    const onWheel = (event: WheelEvent) => {
      // Until somebody is at work on the map, plain scrolling belongs to the page around it.
      if (event.ctrlKey || event.metaKey || frame.contains(document.activeElement)) {
        event.preventDefault();
        const { left, top } = frame.getBoundingClientRect();
        const at = { x: event.clientX - left, y: event.clientY - top };
        setView((now) => zoomAt(now, Math.exp(-event.deltaY / WHEEL_PX), at));
      }
    };
    // React listens to wheels passively, and the page would scroll as well.
    frame.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      frame.removeEventListener('wheel', onWheel);
    };
  }, [frame, setView]);
  return { frameRef: setFrame, size };
}

/** One pointer drags, two zoom. */
function usePointers(setView: SetView): Omit<Viewport['handlers'], 'onKeyDown'> & Pick<Viewport, 'isDragged'> {
  const pointers = useRef(new Map<number, Point>());
  const dragging = useRef(false);
  const [isDragged, setIsDragged] = useState(false);
  const onPointerDown = (event: PointerEvent) => {
    if (event.button === 0) {
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      dragging.current = false;
    }
  };
  const onPointerUp = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
    setIsDragged(pointers.current.size > 0 && dragging.current);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (event.buttons === 0 && pointers.current.has(event.pointerId)) {
      // It was lifted outside, before it was captured: nobody has told.
      onPointerUp(event);
    }
    const last = pointers.current.get(event.pointerId);
    const now = { x: event.clientX, y: event.clientY };
    if (last === undefined || (!dragging.current && spread(last, now) < DRAG_FROM)) {
      return;
    }
    if (!dragging.current) {
      dragging.current = true;
      setIsDragged(true);
      // From here on the drag is ours, wherever the pointer goes; captured from the start, no node could be clicked.
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    const [other] = [...pointers.current].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]));
    pointers.current.set(event.pointerId, now);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    setView((view) => {
      if (other === undefined) {
        return movedBy(view, { x: now.x - last.x, y: now.y - last.y });
      }
      const middle = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
      return zoomAt(view, spread(now, other) / Math.max(1, spread(last, other)), middle);
    });
  };
  return { isDragged, onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp };
}

const spread = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
