import { useCallback, useLayoutEffect, useRef, useState, type RefObject, type UIEvent } from 'react';

/** Rows beyond the edge that are there already when they scroll in. */
const OVERSCAN = 8;
/** Where nothing is laid out, as if so high. */
const UNKNOWN_HEIGHT = 600;

export interface RowWindowOptions {
  readonly count: number;
  /** Px of each row. */
  readonly rowHeight: number;
  /** Px that a heading takes from what scrolls. */
  readonly headHeight: number;
}

export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** The rows to draw are `from … to - 1`. */
  readonly from: number;
  readonly to: number;
  /** No more rows than so many are drawn at once. */
  readonly most: number;
  /** How many fit whole. */
  readonly page: number;
  /** Scrolls as little as brings a row into sight. */
  readonly show: (row: number) => void;
}

const heightOf = (element: HTMLElement): number => (element.clientHeight === 0 ? UNKNOWN_HEIGHT : element.clientHeight);

/** Which of many rows of one height are in sight below a heading that stays. */
export function useRowWindow({ count, rowHeight, headHeight }: RowWindowOptions): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(UNKNOWN_HEIGHT);
  const [first, setFirst] = useState(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return undefined;
    }
    const measure = () => setHeight(heightOf(element));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onScroll = useCallback(
    ({ currentTarget }: UIEvent<HTMLElement>) => setFirst(Math.floor(currentTarget.scrollTop / rowHeight)),
    [rowHeight]
  );

  const show = useCallback(
    (row: number) => {
      const element = scroller.current;
      if (element === null) {
        return;
      }
      const top = row * rowHeight;
      const room = heightOf(element) - headHeight;
      if (top < element.scrollTop) {
        element.scrollTop = top;
      } else if (top + rowHeight > element.scrollTop + room) {
        element.scrollTop = top + rowHeight - room;
      }
      setFirst(Math.floor(element.scrollTop / rowHeight));
    },
    [rowHeight, headHeight]
  );

  const fitting = Math.ceil((height - headHeight) / rowHeight);
  // After rows have gone the browser has not told yet that it scrolled up.
  const start = Math.max(0, Math.min(first, count - fitting));
  return {
    scroller,
    onScroll,
    from: Math.max(0, start - OVERSCAN),
    to: Math.min(count, start + fitting + OVERSCAN),
    most: fitting + 2 * OVERSCAN,
    page: Math.max(1, fitting - 1),
    show,
  };
}
