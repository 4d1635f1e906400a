import { useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { boxOf, type Box, type Place } from './plotScale.ts';

/** A shorter way is a click. */
const DRAG_PX = 4;

export interface BoxDragOptions {
  readonly onBox: (box: Box) => void;
  readonly onClick: (place: Place) => void;
  /** Where the pointer is while no button is down; undefined once it has left. */
  readonly onHover: (place: Place | undefined) => void;
}

const placeOf = ({ currentTarget, clientX, clientY }: MouseEvent<SVGSVGElement>): Place => {
  const { left, top } = currentTarget.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

const distance = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Tells boxes that are drawn with the pointer from clicks: the click that ends a box is none. */
export function useBoxDrag({ onBox, onClick, onHover }: BoxDragOptions) {
  const [box, setBox] = useState<Box>();
  const start = useRef<Place>(undefined);
  const wasDrawn = useRef(false);
  const stop = (): void => {
    start.current = undefined;
    setBox(undefined);
  };
  return {
    box,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        wasDrawn.current = false;
        if (event.button === 0) {
          start.current = placeOf(event);
          onHover(undefined);
        }
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        const now = placeOf(event);
        const from = start.current;
        if (from === undefined) {
          onHover(now);
        } else if (event.buttons === 0) {
          // The button was let go outside.
          stop();
        } else if (box !== undefined || distance(from, now) > DRAG_PX) {
          event.currentTarget.setPointerCapture(event.pointerId);
          setBox(boxOf(from, now));
        }
      },
      onPointerUp: (event: PointerEvent<SVGSVGElement>) => {
        const from = start.current;
        stop();
        if (box !== undefined && from !== undefined) {
          wasDrawn.current = true;
          onBox(boxOf(from, placeOf(event)));
        }
      },
      onPointerCancel: stop,
      onPointerLeave: () => onHover(undefined),
      onClick: (event: MouseEvent<SVGSVGElement>) => {
        if (!wasDrawn.current) {
          onClick(placeOf(event));
        }
      },
    },
  };
}
