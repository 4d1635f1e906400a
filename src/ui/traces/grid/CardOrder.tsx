import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, IconButton, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { t } from '../../../i18n/t.ts';
import { nextOrder, type GridColumn, type GridOrder } from './gridColumn.ts';

interface CardOrderProps<Row> {
  readonly columns: ReadonlyArray<GridColumn<Row>>;
  readonly order: GridOrder;
  readonly onOrder: (order: GridOrder) => void;
}

/** The order of cards, which have no headings to click. */
export function CardOrder<Row>({ columns, order, onOrder }: CardOrderProps<Row>) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const sortable = columns.filter((column) => column.sortable === true);
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{t('ui.card-order.sort-by', 'Sort by')}</label>
      <div className={styles.field}>
        <Combobox
          id={id}
          options={sortable.map((column) => ({ value: column.id, label: column.header }))}
          value={order.by}
          onChange={({ value }) => {
            const column = sortable.find((one) => one.id === value);
            if (column !== undefined && column.id !== order.by) {
              onOrder(nextOrder(order, column));
            }
          }}
        />
      </div>
      <IconButton
        name={order.descending ? 'arrow-down' : 'arrow-up'}
        size="lg"
        tooltip={
          order.descending
            ? t('ui.card-order.largest-first', 'Largest first')
            : t('ui.card-order.smallest-first', 'Smallest first')
        }
        onClick={() => onOrder({ ...order, descending: !order.descending })}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  field: css({ flex: 1, minWidth: 0 }),
});
