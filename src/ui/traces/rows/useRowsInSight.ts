import { useCallback, useLayoutEffect, useState, type UIEvent } from 'react';
import { heightOf, type RowScroller, type RowSizes } from './useRowScroller.ts';

/** Rows beyond the edge that are there already when they scroll in. */
const OVERSCAN = 10;

export interface RowsInSight {
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** For the `ref` of what scrolls. */
  readonly attach: (element: HTMLElement | null) => void;
  /** The rows to draw are `from … to - 1`. */
  readonly from: number;
  readonly to: number;
  /** No more rows than so many are drawn at once. */
  readonly most: number;
}

export interface RowsOptions extends RowSizes {
  readonly count: number;
  /** What moves the same rows. */
  readonly scroller: Pick<RowScroller, 'attach'>;
}

/** Which of many rows of one height are in sight. Renders anew only when that changes. */
export function useRowsInSight({ count, rowHeight, headHeight = 0, scroller: mover }: RowsOptions): RowsInSight {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [height, setHeight] = useState(0);
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

  const onScroll = useCallback(
    ({ currentTarget }: UIEvent<HTMLElement>) => setFirst(Math.floor(currentTarget.scrollTop / rowHeight)),
    [rowHeight]
  );

  const attach = useCallback(
    (element: HTMLElement | null) => {
      setScroller(element);
      mover.attach(element);
    },
    [mover]
  );

  const fitting = Math.ceil((height - headHeight) / rowHeight);
  // After many rows were folded away the browser has not told yet that it scrolled up.
  const start = Math.min(first, Math.max(0, count - fitting));
  return {
    attach,
    onScroll,
    from: Math.max(0, start - OVERSCAN),
    to: Math.min(count, start + fitting + OVERSCAN),
    most: fitting + 2 * OVERSCAN,
  };
}
