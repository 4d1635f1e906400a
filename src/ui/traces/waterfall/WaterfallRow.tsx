import { cx } from '@emotion/css';
import { memo } from 'react';
import { cell } from '../../../core/traces/column.ts';
import { isGroup, membersOf, rowId, stateOf, type TraceRows } from '../../../core/traces/rows/visibleRows.ts';
import { operationOf, serviceOf } from '../../../core/traces/spanFields.ts';
import { t } from '../../../i18n/t.ts';
import { GroupBar, SpanBar } from './RowBar.tsx';
import { GroupMarks, RowMarks } from './RowMarks.tsx';
import type { RowLook } from './rowLook.ts';
import { COMPACT_INDENT, FOLD_PX, GAP_PX, INDENT, MOST_INDENT_SHARE } from './rowSizes.ts';

export interface WaterfallRowProps {
  readonly look: RowLook;
  readonly rows: TraceRows;
  readonly row: number;
  readonly nameWidth: number;
  /** The keyboard is on it. */
  readonly isCurrent: boolean;
  /** Its span is told in full beside. */
  readonly isSelected: boolean;
}

/** One span, or one group of similar ones: what it is, and when it ran. */
export const WaterfallRow = memo(function WaterfallRow(props: WaterfallRowProps) {
  const { look, rows, row, isCurrent, isSelected } = props;
  const { styles, rowHeight, compact, matched } = look;
  const state = stateOf(rows, row);
  const span = cell(rows.span, row);
  const isClosed = state === 'closed';
  return (
    <div
      role="row"
      data-row={rowId(rows, row)}
      aria-level={cell(rows.level, row)}
      aria-rowindex={row + 2}
      aria-selected={isSelected}
      {...(state === 'leaf' ? {} : { 'aria-expanded': state === 'open' })}
      tabIndex={isCurrent ? 0 : -1}
      className={cx(
        styles.row,
        compact && styles.compactRow,
        matched?.[span] === 1 && styles.matched,
        isSelected && styles.selected,
        isCurrent && styles.current
      )}
      style={{ top: row * rowHeight, height: rowHeight }}
    >
      <Name {...props} />
      <div role="gridcell" className={styles.timeline}>
        {isGroup(rows, row) ? (
          <GroupBar look={look} members={membersOf(rows, row)} />
        ) : (
          <SpanBar look={look} span={span} isClosed={isClosed} />
        )}
      </div>
    </div>
  );
});

function Name({ look, rows, row, nameWidth }: WaterfallRowProps) {
  const { trace, styles, compact, colors } = look;
  const span = cell(rows.span, row);
  const state = stateOf(rows, row);
  const level = cell(rows.level, row);
  const indent = Math.min((level - 1) * (compact ? COMPACT_INDENT : INDENT), nameWidth * MOST_INDENT_SHARE);
  const isDeep = indent < (level - 1) * (compact ? COMPACT_INDENT : INDENT);
  return (
    <div
      role="gridcell"
      className={styles.name}
      style={{
        paddingLeft: indent + (state === 'leaf' ? FOLD_PX + GAP_PX : 0) + 4,
        ...(compact ? { height: 24 } : { width: nameWidth }),
      }}
    >
      {state !== 'leaf' && (
        <span className={styles.fold} data-fold="">
          <Caret className={state === 'open' ? styles.foldOpen : ''} />
        </span>
      )}
      {isDeep && <span className={styles.mark}>{t('ui.waterfall-row.level', 'level {{level}}', { level })}</span>}
      {isGroup(rows, row) && (
        <span className={styles.mark}>
          {t('ui.waterfall-row.similar', '×{{number}} similar', {
            number: membersOf(rows, row).length.toLocaleString('en-US'),
          })}
        </span>
      )}
      <span className={styles.service} style={{ borderColor: colors[cell(trace.service, span)] }}>
        {serviceOf(trace, span)}
      </span>
      <span className={styles.operation} title={operationOf(trace, span)}>
        {operationOf(trace, span)}
      </span>
      {isGroup(rows, row) ? (
        <GroupMarks look={look} members={membersOf(rows, row)} />
      ) : (
        <RowMarks look={look} span={span} isClosed={state === 'closed'} />
      )}
    </div>
  );
}

function Caret({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false" className={className}>
      <path fill="none" stroke="currentColor" strokeWidth="1.6" d="M3 1.5 6.5 5 3 8.5" />
    </svg>
  );
}
