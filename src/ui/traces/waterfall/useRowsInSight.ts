import { useCallback, useLayoutEffect, useState, type UIEvent } from 'react';
import { heightOf } from './useRowScroller.ts';

/** Rows beyond the edge that are there already when they scroll in. */
const OVERSCAN = 10;

export interface RowsInSight {
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** For the `ref` of what scrolls. */
  readonly attach: (element: HTMLElement | null) => void;
  /** The rows to draw are `from … to - 1`. */
  readonly from: number;
  readonly to: number;
}

export interface RowsOptions {
  readonly count: number;
  /** Of each row, in px. */
  readonly rowHeight: number;
}

/** Which of many rows of one height are in sight. Renders anew only when that changes. */
export function useRowsInSight({ count, rowHeight }: RowsOptions): RowsInSight {
  const [scroller, attach] = useState<HTMLElement | null>(null);
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

  const fitting = Math.ceil(height / rowHeight);
  // After many rows were folded away the browser has not told yet that it scrolled up.
  const start = Math.min(first, Math.max(0, count - fitting));
  return {
    attach,
    onScroll,
    from: Math.max(0, start - OVERSCAN),
    to: Math.min(count, start + fitting + OVERSCAN),
  };
}
