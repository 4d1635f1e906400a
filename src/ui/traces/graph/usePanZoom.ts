import { useEffect, useRef, useState, type PointerEvent } from 'react';

export interface Pan {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Area {
  /** Px of what is drawn, at scale 1. */
  readonly content: { readonly width: number; readonly height: number };
  readonly view: { readonly width: number; readonly height: number };
}

const LEAST = 0.1;
const MOST = 3;
const STEP = 1.25;
const MARGIN = 16;
/** A hand that trembles still clicks. */
const DRAG_PX = 4;

/** All of it in the middle, never larger than it is. */
export function fitted({ content, view }: Area): Pan {
  const scale = Math.max(
    LEAST,
    Math.min(
      1,
      (view.width - 2 * MARGIN) / Math.max(1, content.width),
      (view.height - 2 * MARGIN) / Math.max(1, content.height)
    )
  );
  return {
    scale,
    x: (view.width - content.width * scale) / 2,
    y: (view.height - content.height * scale) / 2,
  };
}

/** Larger or smaller around a point of the view, which stays where it is. */
export function zoomed(pan: Pan, factor: number, at: { readonly x: number; readonly y: number }): Pan {
  const scale = Math.max(LEAST, Math.min(MOST, pan.scale * factor));
  const ratio = scale / pan.scale;
  return { scale, x: at.x - (at.x - pan.x) * ratio, y: at.y - (at.y - pan.y) * ratio };
}

/** Moves and scales a picture: dragged, by Ctrl and wheel, by buttons. Shows all of it until somebody moves it. */
export function usePanZoom({ content, view }: Area) {
  const [own, setOwn] = useState<{ content: Area['content']; pan: Pan } | null>(null);
  const [element, setElement] = useState<SVGSVGElement | null>(null);
  const drag = useRef<{ id: number; x: number; y: number; pan: Pan; moved: boolean }>(undefined);
  const pan = own?.content === content ? own.pan : fitted({ content, view });
  const set = (next: Pan): void => setOwn({ content, pan: next });
  const latest = useRef({ pan, set });
  useEffect(() => {
    latest.current = { pan, set };
  });

  useEffect(() => {
    // React's own listener is passive, and the browser would zoom the page.
    const onWheel = (event: WheelEvent): void => {
      if (element !== null && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        const { left, top } = element.getBoundingClientRect();
        const at = { x: event.clientX - left, y: event.clientY - top };
        latest.current.set(zoomed(latest.current.pan, event.deltaY < 0 ? STEP : 1 / STEP, at));
      }
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [element]);

  const middle = { x: view.width / 2, y: view.height / 2 };
  return {
    ref: setElement,
    pan,
    zoomIn: () => set(zoomed(pan, STEP, middle)),
    zoomOut: () => set(zoomed(pan, 1 / STEP, middle)),
    fit: () => setOwn(null),
    /** Whether the pointer that was just lifted had moved the picture, and did not click. */
    wasDragged: () => drag.current?.moved === true,
    handlers: {
      onPointerDown({ button, pointerId, clientX, clientY }: PointerEvent<Element>) {
        drag.current = button === 0 ? { id: pointerId, x: clientX, y: clientY, pan, moved: false } : undefined;
      },
      onPointerMove({ currentTarget, pointerId, clientX, clientY, buttons }: PointerEvent<Element>) {
        const from = drag.current;
        if (from?.id !== pointerId || buttons === 0) {
          return;
        }
        const [dx, dy] = [clientX - from.x, clientY - from.y];
        if (from.moved || Math.hypot(dx, dy) > DRAG_PX) {
          from.moved = true;
          currentTarget.setPointerCapture?.(pointerId);
          set({ ...from.pan, x: from.pan.x + dx, y: from.pan.y + dy });
        }
      },
    },
  };
}
