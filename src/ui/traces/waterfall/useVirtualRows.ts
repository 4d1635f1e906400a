import { useCallback, useLayoutEffect, useRef, useState, type UIEvent } from 'react';

/** Rows beyond the edge that are there already when they scroll in. */
const OVERSCAN = 10;
/** Where nothing is laid out (tests, or before the first frame), as if so high. */
const UNKNOWN_HEIGHT = 600;

export interface VirtualRowsOptions {
  readonly count: number;
  /** Of each row, in px. */
  readonly rowHeight: number;
}

export interface VirtualRows {
  /** For the `ref` of what scrolls. */
  readonly attach: (element: HTMLElement | null) => void;
  /** Gives the focus to a row that is drawn. */
  readonly focus: (id: number) => void;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** The rows to draw are `from … to - 1`. */
  readonly from: number;
  readonly to: number;
  /** How many fit whole. */
  readonly page: number;
  /** Scrolls as little as is needed, or so that the row stands in the middle where it was out of sight. */
  readonly show: (row: number, where?: 'near' | 'middle') => void;
}

/** Which of many rows of one height are in sight. Renders anew only when that changes. */
export function useVirtualRows({ count, rowHeight }: VirtualRowsOptions): VirtualRows {
  const current = useRef<HTMLElement | null>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [height, setHeight] = useState(UNKNOWN_HEIGHT);
  const [first, setFirst] = useState(0);

  useLayoutEffect(() => {
    if (scroller === null) {
      return undefined;
    }
    const measure = () => setHeight(heightOf(scroller));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller]);

  const attach = useCallback((element: HTMLElement | null) => {
    current.current = element;
    setScroller(element);
  }, []);

  const focus = useCallback(
    (id: number) => current.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus({ preventScroll: true }),
    []
  );

  const onScroll = useCallback(
    ({ currentTarget }: UIEvent<HTMLElement>) => setFirst(Math.floor(currentTarget.scrollTop / rowHeight)),
    [rowHeight]
  );

  const show = useCallback(
    (row: number, where: 'near' | 'middle' = 'near') => {
      const element = current.current;
      if (element === null) {
        return;
      }
      const top = row * rowHeight;
      const visible = heightOf(element);
      const isAbove = top < element.scrollTop;
      if (isAbove || top + rowHeight > element.scrollTop + visible) {
        const near = isAbove ? top : top + rowHeight - visible;
        element.scrollTop = where === 'near' ? near : Math.max(0, top - visible / 2);
      }
      setFirst(Math.floor(element.scrollTop / rowHeight));
    },
    [rowHeight]
  );

  const fitting = Math.ceil(height / rowHeight);
  // After many rows were folded away the browser has not told yet that it scrolled up.
  const start = Math.min(first, Math.max(0, count - fitting));
  return {
    attach,
    focus,
    onScroll,
    from: Math.max(0, start - OVERSCAN),
    to: Math.min(count, start + fitting + OVERSCAN),
    page: Math.max(1, Math.floor(height / rowHeight) - 1),
    show,
  };
}

const heightOf = ({ clientHeight }: HTMLElement): number => (clientHeight === 0 ? UNKNOWN_HEIGHT : clientHeight);
