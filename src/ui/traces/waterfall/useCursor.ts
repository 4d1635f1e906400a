import { useCallback, useEffect, useRef, useState } from 'react';
import { findRow, rowAbove } from '../../../core/traces/rows/findRow.ts';
import { isGroup, rowId, stateOf, type TraceRows } from '../../../core/traces/rows/visibleRows.ts';
import { cell } from '../../../core/traces/column.ts';
import type { RowScroller } from '../rows/useRowScroller.ts';

export interface CursorOptions {
  readonly rows: TraceRows;
  readonly scroller: RowScroller;
  readonly selected: number | null;
  readonly onSelect: (span: number | null) => void;
  readonly toggle: (id: number) => void;
}

export interface Cursor {
  /** Place of the row that the keyboard is on; -1 where there are none. */
  readonly row: number;
  readonly moveBy: (rows: number) => void;
  readonly moveTo: (row: number) => void;
  readonly put: (id: number) => void;
  /** Left and right: fold, unfold, or go to the row above or below in the tree. */
  readonly fold: () => void;
  readonly unfold: () => void;
  /** Tells the span in full. */
  readonly open: () => void;
}

/** The row that the keyboard is on. While a span is told in full beside, that follows. */
export function useCursor({ rows, scroller, selected, onSelect, toggle }: CursorOptions): Cursor {
  const [id, setId] = useState<number | undefined>(selected ?? undefined);
  const wantsFocus = useRef(false);
  const found = id === undefined ? 0 : findRow(rows, id);
  const row = rows.length === 0 ? -1 : Math.max(0, found);

  useEffect(() => {
    if (wantsFocus.current) {
      wantsFocus.current = false;
      scroller.focus(rowId(rows, row));
    }
  });

  const put = useCallback((next: number) => setId(next), []);

  function moveTo(wanted: number): void {
    if (rows.length === 0) {
      return;
    }
    const next = Math.min(rows.length - 1, Math.max(0, wanted));
    setId(rowId(rows, next));
    scroller.show(next);
    wantsFocus.current = true;
    if (selected !== null && !isGroup(rows, next)) {
      onSelect(cell(rows.span, next));
    }
  }

  const current = row === -1 ? 'leaf' : stateOf(rows, row);
  return {
    row,
    put,
    moveTo,
    moveBy: (by) => moveTo(id === undefined && by > 0 ? by - 1 : row + by),
    fold: () => (current === 'open' ? toggle(rowId(rows, row)) : moveTo(Math.max(0, rowAbove(rows, row)))),
    unfold: () => {
      if (current === 'closed') {
        toggle(rowId(rows, row));
      } else if (current === 'open') {
        moveTo(row + 1);
      }
    },
    open: () => {
      if (row === -1) {
        return;
      }
      if (isGroup(rows, row)) {
        toggle(rowId(rows, row));
      } else {
        onSelect(cell(rows.span, row));
      }
    },
  };
}
