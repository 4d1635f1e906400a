import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useEffect, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useWidth } from '../../useWidth.ts';
import { useRowScroller } from '../rows/useRowScroller.ts';
import { useRowsInSight } from '../rows/useRowsInSight.ts';
import { CardOrder } from './CardOrder.tsx';
import { GridHead } from './GridHead.tsx';
import type { GridColumn, GridOrder } from './gridColumn.ts';
import { GridRow } from './GridRow.tsx';

export interface VirtualGridProps<Row> {
  /** Says what the rows are, to screen readers. */
  readonly label: string;
  readonly columns: ReadonlyArray<GridColumn<Row>>;
  readonly rows: ArrayLike<Row>;
  /** A row that is a heading over those that follow. */
  readonly headingOf?: (row: Row) => ReactNode;
  readonly order?: GridOrder;
  readonly onOrder?: (order: GridOrder) => void;
  readonly isSelected?: (row: Row) => boolean;
  /** Scrolled to when it changes; -1 for none. */
  readonly shownIndex?: number;
  /** By click, or Enter. */
  readonly onOpen?: (row: Row) => void;
}

const ROW_PX = 32;
const HEAD_PX = 32;
/** In px of its own, as panels are narrow on wide screens too. */
const NARROW_PX = 600;
const CARD_PAD_PX = 26;
const CARD_TITLE_PX = 24;
const CARD_LINE_PX = 22;

const cardHeight = (columns: ReadonlyArray<GridColumn<never>>): number => {
  const lines = columns.filter(({ onCard = 'line' }) => onCard === 'line').length;
  return CARD_PAD_PX + CARD_TITLE_PX + Math.ceil(lines / 2) * CARD_LINE_PX;
};

/** A table of any number of rows, of which only those in sight are drawn; cards where it is narrow. */
export function VirtualGrid<Row>(props: VirtualGridProps<Row>) {
  const { label, columns, rows, order, onOrder, onOpen, shownIndex = -1 } = props;
  const count = rows.length;
  const styles = useStyles2(getStyles);
  const [measure, width] = useWidth<HTMLDivElement>();
  const asCards = width > 0 && width <= NARROW_PX;
  const rowHeight = asCards ? cardHeight(columns) : ROW_PX;
  const headHeight = asCards ? 0 : HEAD_PX;
  const scroller = useRowScroller({ rowHeight, headHeight });
  const { show } = scroller;
  const { attach, onScroll, from, to, most } = useRowsInSight({ count, rowHeight, headHeight, scroller });
  const id = useId();
  const [current, setCurrent] = useCurrentRow(count, shownIndex);
  useEffect(() => {
    if (shownIndex >= 0) {
      show(shownIndex);
    }
  }, [shownIndex, show]);

  function onKeyDown(event: KeyboardEvent): void {
    const target = targetOf(event, { current, count, page: scroller.page() });
    if (target !== undefined) {
      event.preventDefault();
      setCurrent(target);
      show(target);
      return;
    }
    const row = rows[current];
    // Within a heading they act on its button.
    const isOwn = event.target === event.currentTarget && (event.key === 'Enter' || event.key === ' ');
    if (isOwn && row !== undefined) {
      event.preventDefault();
      onOpen?.(row);
    }
  }

  const inSight = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  const template = columns.map((column) => column.width).join(' ');
  return (
    <div ref={measure} className={styles.box}>
      {asCards && order && onOrder && <CardOrder columns={columns} order={order} onOrder={onOrder} />}
      <div
        ref={attach}
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        tabIndex={0}
        className={cx(styles.grid, asCards && styles.cards)}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        {...(current >= from && current < to ? { 'aria-activedescendant': `${id}-${current}` } : {})}
      >
        <GridHead {...props} template={template} isHidden={asCards} />
        <div role="rowgroup" className={styles.body} style={{ height: count * rowHeight }}>
          {inSight.map((index) => {
            const row = rows[index];
            return row === undefined ? null : (
              <GridRow
                // A row that scrolls out is used again for the one that scrolls in.
                key={index % most}
                {...props}
                row={row}
                place={{ index, id: `${id}-${index}`, top: index * rowHeight, height: rowHeight }}
                template={template}
                asCard={asCards}
                isCurrent={index === current}
                onPoint={() => setCurrent(index)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The row that the keyboard is on. What is shown from outside takes it along, until it moves on. */
function useCurrentRow(count: number, shownIndex: number): readonly [number, (index: number) => void] {
  const [moved, setMoved] = useState({ to: 0, whileShown: -1 });
  const current = moved.whileShown === shownIndex || shownIndex < 0 ? moved.to : shownIndex;
  return [Math.min(current, count - 1), (to) => setMoved({ to, whileShown: shownIndex })];
}

interface Standing {
  readonly current: number;
  readonly count: number;
  readonly page: number;
}

/** The row that a key leads to. */
function targetOf(event: KeyboardEvent, { current, count, page }: Standing): number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || count === 0) {
    return undefined;
  }
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    j: current + 1,
    ArrowUp: current - 1,
    k: current - 1,
    PageDown: current + page,
    PageUp: current - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[event.key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
  grid: css({
    position: 'relative',
    maxHeight: 'min(70vh, 720px)',
    overflow: 'auto',
    overscrollBehavior: 'contain',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  cards: css({ border: 0, background: 'none' }),
  body: css({ position: 'relative' }),
});
