import type { MouseEvent } from 'react';
import { cell } from '../../../core/traces/column.ts';
import { isGroup, rowId, type TraceRows } from '../../../core/traces/rows/visibleRows.ts';
import { t } from '../../../i18n/t.ts';
import type { RowScroller } from '../rows/useRowScroller.ts';
import { useRowsInSight } from '../rows/useRowsInSight.ts';
import { NameDivider } from './NameDivider.tsx';
import { Ruler } from './Ruler.tsx';
import type { RowLook } from './rowLook.ts';
import type { Cursor } from './useCursor.ts';
import type { NameWidth } from './useNameWidth.ts';
import { WaterfallRow } from './WaterfallRow.tsx';

export interface WaterfallGridProps {
  readonly look: RowLook;
  readonly rows: TraceRows;
  readonly scroller: RowScroller;
  readonly cursor: Cursor;
  readonly selected: number | null;
  readonly onSelect: (span: number) => void;
  readonly toggle: (id: number) => void;
  /** Shows the time of a span. */
  readonly zoomTo: (span: number) => void;
  readonly name: NameWidth;
  /** As it is now: names above the bars are as wide as the whole. */
  readonly nameWidth: number;
}

/** So much of the window is left for what stands above. */
const ABOVE_PX = 400;
const LEAST_PX = 340;

/** The rows in sight. The one that the keyboard is on is there too, so that the focus is never lost. */
export function WaterfallGrid(props: WaterfallGridProps) {
  const { look, rows, scroller, cursor, selected, nameWidth } = props;
  const { styles, compact, rowHeight } = look;
  const { from, to, attach, onScroll } = useRowsInSight({ count: rows.length, rowHeight, scroller });
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  if (cursor.row !== -1 && (cursor.row < from || cursor.row >= to)) {
    shown.push(cursor.row);
  }

  function onClick({ target }: MouseEvent): void {
    const id = rowAt(target);
    if (id === undefined) {
      return;
    }
    props.cursor.put(id);
    if (id < 0 || isFold(target)) {
      props.toggle(id);
    } else {
      props.onSelect(id);
    }
  }

  function onDoubleClick({ target }: MouseEvent): void {
    const id = rowAt(target);
    if (id !== undefined && id >= 0 && !isFold(target)) {
      props.zoomTo(id);
    }
  }

  return (
    <div
      className={styles.grid}
      role="treegrid"
      aria-label={t('ui.waterfall-grid.spans', 'Spans')}
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={styles.head}>
          <div role="columnheader" className={compact ? styles.spoken : styles.headName} style={{ width: nameWidth }}>
            {t('ui.waterfall-grid.service-and-operation', 'Service and operation')}
            {!compact && <NameDivider name={props.name} styles={styles} />}
          </div>
          <Ruler time={look.time} pixels={look.pixels} styles={styles} />
        </div>
      </div>
      <div
        role="rowgroup"
        ref={attach}
        className={styles.scroller}
        style={{ maxHeight: `max(${LEAST_PX}px, calc(100dvh - ${ABOVE_PX}px))` }}
        onScroll={onScroll}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        <div role="presentation" className={styles.rows} style={{ height: rows.length * rowHeight }}>
          {shown.map((row) => (
            <WaterfallRow
              key={rowId(rows, row)}
              {...{ look, rows, row, nameWidth }}
              isCurrent={row === cursor.row}
              isSelected={selected !== null && !isGroup(rows, row) && cell(rows.span, row) === selected}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Id of the row that was pointed at. */
function rowAt(target: EventTarget): number | undefined {
  const text = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
  return text === undefined ? undefined : Number(text);
}

const isFold = (target: EventTarget): boolean => target instanceof Element && target.closest('[data-fold]') !== null;
