import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { MouseEvent, ReactNode } from 'react';
import type { GridColumn } from './gridColumn.ts';

interface GridRowProps<Row> {
  readonly columns: ReadonlyArray<GridColumn<Row>>;
  readonly row: Row;
  readonly headingOf?: (row: Row) => ReactNode;
  readonly isSelected?: (row: Row) => boolean;
  readonly onOpen?: (row: Row) => void;
  readonly place: { readonly index: number; readonly id: string; readonly top: number; readonly height: number };
  readonly template: string;
  readonly asCard: boolean;
  /** The keyboard is on it. */
  readonly isCurrent: boolean;
  readonly onPoint: () => void;
}

const INTERACTIVE = 'a, button, input, label';

export function GridRow<Row>(props: GridRowProps<Row>) {
  const { columns, row, headingOf, isSelected, onOpen, place, template, asCard, isCurrent, onPoint } = props;
  const styles = useStyles2(getStyles);
  const heading = headingOf?.(row);
  const selected = isSelected?.(row) ?? false;
  function onClick({ target }: MouseEvent): void {
    onPoint();
    if (!(target instanceof Element && target.closest(INTERACTIVE) !== null)) {
      onOpen?.(row);
    }
  }
  return (
    <div
      role="row"
      id={place.id}
      aria-rowindex={place.index + 2}
      aria-selected={selected}
      className={cx(
        styles.row,
        asCard && styles.card,
        onOpen && styles.openable,
        selected && styles.selected,
        isCurrent && styles.current
      )}
      style={{
        top: place.top,
        height: place.height,
        ...(asCard || heading !== undefined ? {} : { gridTemplateColumns: template }),
      }}
      onClick={onClick}
    >
      {heading !== undefined ? (
        <div role="gridcell" aria-colspan={columns.length} className={styles.heading}>
          {heading}
        </div>
      ) : (
        columns.map((column) => <Cell key={column.id} column={column} row={row} asCard={asCard} />)
      )}
    </div>
  );
}

interface CellProps<Row> {
  readonly column: GridColumn<Row>;
  readonly row: Row;
  readonly asCard: boolean;
}

function Cell<Row>({ column: { header, cell, card = cell, align, onCard = 'line' }, row, asCard }: CellProps<Row>) {
  const styles = useStyles2(getStyles);
  if (!asCard) {
    return (
      <div role="gridcell" className={cx(styles.cell, align === 'right' && styles.right)}>
        {cell(row)}
      </div>
    );
  }
  if (onCard === 'hidden') {
    return null;
  }
  return (
    <div role="gridcell" className={onCard === 'title' ? styles.title : styles.line}>
      {onCard === 'line' && <span className={styles.label}>{header}</span>}
      <span className={styles.value}>{card(row)}</span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 } as const;
  return {
    row: css({
      position: 'absolute',
      left: 0,
      right: 0,
      display: 'grid',
      alignItems: 'center',
      padding: theme.spacing(0, 1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    card: css({
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      alignContent: 'center',
      columnGap: theme.spacing(2),
      padding: theme.spacing(0.5, 1.5),
      // Room between one card and the next.
      borderTop: `4px solid ${theme.colors.background.canvas}`,
      borderBottom: `4px solid ${theme.colors.background.canvas}`,
      background: theme.colors.background.primary,
    }),
    openable: css({ cursor: 'pointer', '&:hover': { background: theme.colors.background.secondary } }),
    selected: css({ background: theme.colors.primary.transparent }),
    current: css({ boxShadow: `inset 3px 0 0 ${theme.colors.primary.main}` }),
    heading: css({ ...oneLine, gridColumn: '1 / -1', fontWeight: theme.typography.fontWeightMedium }),
    cell: css({ ...oneLine, padding: theme.spacing(0, 1) }),
    right: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
    title: css({ ...oneLine, gridColumn: '1 / -1', lineHeight: '24px' }),
    line: css({
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      lineHeight: '22px',
      minWidth: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
    }),
    label: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    value: css(oneLine),
  };
};
