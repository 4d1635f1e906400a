import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { nextOrder, type GridColumn, type GridOrder } from './gridColumn.ts';

interface GridHeadProps<Row> {
  readonly columns: ReadonlyArray<GridColumn<Row>>;
  readonly order?: GridOrder;
  readonly onOrder?: (order: GridOrder) => void;
  readonly template: string;
  /** Read aloud only. */
  readonly isHidden: boolean;
}

/** Headings that stay in sight; those of sortable columns are buttons. */
export function GridHead<Row>({ columns, order, onOrder, template, isHidden }: GridHeadProps<Row>) {
  const styles = useStyles2(getStyles);
  return (
    <div role="rowgroup" className={isHidden ? styles.spoken : styles.head}>
      <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const sorted = order?.by === column.id ? order : undefined;
          const sorts = column.sortable === true && order !== undefined && onOrder !== undefined && !isHidden;
          return (
            <div
              key={column.id}
              role="columnheader"
              title={column.explained}
              className={cx(styles.cell, column.align === 'right' && styles.right)}
              {...(sorts ? { 'aria-sort': sortWord(sorted) } : {})}
            >
              {sorts ? (
                <button type="button" className={styles.button} onClick={() => onOrder(nextOrder(order, column))}>
                  {column.header}
                  {sorted && <Icon name={sorted.descending ? 'arrow-down' : 'arrow-up'} size="sm" aria-hidden />}
                </button>
              ) : (
                column.header
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const sortWord = (sorted: GridOrder | undefined): 'none' | 'ascending' | 'descending' =>
  sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending';

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({
    position: 'sticky',
    top: 0,
    zIndex: 1,
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  row: css({ display: 'grid', height: 31, alignItems: 'center', padding: theme.spacing(0, 1) }),
  cell: css({
    padding: theme.spacing(0, 1),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
  right: css({ textAlign: 'right' }),
  button: css({
    all: 'unset',
    cursor: 'pointer',
    '&:hover': { color: theme.colors.text.primary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
});
