import { useCallback, useMemo, useRef } from 'react';

/** Where nothing is laid out (tests, or before the first frame), as if so high. */
const UNKNOWN_HEIGHT = 600;

export interface RowSizes {
  /** Of each row, in px. */
  readonly rowHeight: number;
  /** Px that a heading within takes from what scrolls. */
  readonly headHeight?: number;
}

export interface RowScroller {
  /** For the `ref` of what scrolls. */
  readonly attach: (element: HTMLElement | null) => void;
  /** How many rows fit whole, less one to keep one's place by. */
  readonly page: () => number;
  /** Scrolls as little as is needed, or so that the row stands in the middle where it was out of sight. */
  readonly show: (row: number, where?: 'near' | 'middle') => void;
  /** Gives the focus to a row that is drawn. */
  readonly focus: (id: number) => void;
}

/** Moves the rows. It holds no state: who only moves them need not render while they are scrolled. */
export function useRowScroller({ rowHeight, headHeight = 0 }: RowSizes): RowScroller {
  const scroller = useRef<HTMLElement | null>(null);
  const attach = useCallback((element: HTMLElement | null) => {
    scroller.current = element;
  }, []);

  return useMemo(
    () => ({
      attach,
      page: () => Math.max(1, Math.floor((heightOf(scroller.current) - headHeight) / rowHeight) - 1),
      focus: (id) => scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus({ preventScroll: true }),
      show(row, where = 'near') {
        const element = scroller.current;
        if (element === null) {
          return;
        }
        const top = row * rowHeight;
        const visible = heightOf(element) - headHeight;
        const isAbove = top < element.scrollTop;
        if (isAbove || top + rowHeight > element.scrollTop + visible) {
          const near = isAbove ? top : top + rowHeight - visible;
          element.scrollTop = where === 'near' ? near : Math.max(0, top - visible / 2);
          // The browser says so too, but later: the row is wanted now.
          element.dispatchEvent(new Event('scroll'));
        }
      },
    }),
    [attach, rowHeight, headHeight]
  );
}

/** Of what is seen of an element, in px. */
export function heightOf(element: HTMLElement | null): number {
  const height = element?.clientHeight ?? 0;
  return height === 0 ? UNKNOWN_HEIGHT : height;
}
