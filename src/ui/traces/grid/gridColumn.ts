import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** In place of `cell` on a card. */
  readonly card?: (row: Row) => ReactNode;
  /** A track of a CSS grid, such as `12ch` or `minmax(0, 1fr)`. */
  readonly width: string;
  readonly align?: 'left' | 'right';
  /** Its heading sorts. */
  readonly sortable?: boolean;
  /** What the figure is, on hover over the heading. */
  readonly explained?: string;
  /** `title` heads the card, `hidden` is left out. Default: its label and value. */
  readonly onCard?: 'title' | 'line' | 'hidden';
}

export interface GridOrder {
  readonly by: string;
  readonly descending: boolean;
}

/** The order after a click on a heading: a column again turns it round; figures begin with the largest, words with A. */
export function nextOrder(order: GridOrder, column: Pick<GridColumn<never>, 'id' | 'align'>): GridOrder {
  return order.by === column.id
    ? { by: column.id, descending: !order.descending }
    : { by: column.id, descending: column.align === 'right' };
}
