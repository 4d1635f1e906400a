import { css, cx, keyframes } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.ts';
import { PHONE } from './breakpoints.ts';

export interface DataColumn<Row> {
  readonly id: string;
  /** Heading; also the label beside the value on a card. Empty for columns that explain themselves. */
  readonly header: string;
  /** Spoken in place of an empty heading. Default: "Actions". */
  readonly spoken?: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'left' | 'right';
  /** CSS width; the column with the words has none and takes the rest. */
  readonly width?: string;
  /** `title` heads the card, `corner` is its top right, `hidden` is left out. Default: a line with its label. */
  readonly onCard?: 'title' | 'corner' | 'line' | 'hidden';
}

export interface DataTableProps<Row> {
  /** Says what the rows are, to screen readers. */
  readonly label: string;
  readonly columns: ReadonlyArray<DataColumn<Row>>;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Marks the row that the keyboard is on. */
  readonly isCurrent?: (row: Row) => boolean;
  /** How often the row has changed: each time it goes up, the row is marked once. */
  readonly markOf?: (row: Row) => number | undefined;
  /** A click anywhere on the row that is not on a link, button or field. */
  readonly onOpen?: (row: Row) => void;
  /** Default: cards on a phone. For places whose width is not the window's: which of both. */
  readonly shape?: 'cards' | 'table';
  /** Rows as low as one line of text allows. */
  readonly dense?: boolean;
  /** In place of `rows`: rows under headings. */
  readonly groups?: ReadonlyArray<DataGroup<Row>>;
}

export interface DataGroup<Row> {
  readonly key: string;
  readonly heading: ReactNode;
  /** Empty where they are hidden. */
  readonly rows: readonly Row[];
  /** The keyboard is on one of its hidden rows. */
  readonly isCurrent?: boolean;
}

/** When rows are cards, as the part of a style sheet that says so: for good, or never. */
const WHEN_CARDS = { cards: '&', table: '@media not all' } as const;

const INTERACTIVE = 'a, button, input, label, [role="button"], [role="checkbox"]';

/** A dense table; at 600 px and less each row is a card. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, groups = [{ key: '', heading: undefined, rows }] } = props;
  const styles = useTableStyles(props);
  return (
    <table className={styles.table} aria-label={label}>
      <thead className={styles.head}>
        <tr>
          {columns.map(({ id, header, spoken = t('ui.data-table.actions', 'Actions'), align, width }) => (
            <th key={id} scope="col" style={{ ...(width === undefined ? {} : { width }), textAlign: align ?? 'left' }}>
              {header === '' ? <span className={styles.spoken}>{spoken}</span> : header}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(({ key, heading, rows: members, isCurrent = false }) => (
        <tbody key={key}>
          {heading !== undefined && (
            <tr className={cx(styles.group, isCurrent && styles.current)}>
              <th colSpan={columns.length} scope="rowgroup">
                {heading}
              </th>
            </tr>
          )}
          {members.map((row) => (
            <DataRow key={rowKey(row)} {...props} row={row} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

type RowProps<Row> = DataTableProps<Row> & { readonly row: Row };

function DataRow<Row>(props: RowProps<Row>) {
  const { columns, row, rowKey, isCurrent, markOf, onOpen } = props;
  const styles = useTableStyles(props);
  const current = isCurrent?.(row) ?? false;
  const mark = markOf?.(row) ?? 0;
  // Two equal animations by turns: one that is already there would not run again.
  const marked = mark === 0 ? undefined : mark % 2 === 0 ? styles.markedEven : styles.markedOdd;
  return (
    <tr
      className={cx(styles.row, onOpen && styles.openable, current && styles.current, marked)}
      data-row={rowKey(row)}
      {...(current ? { 'aria-current': true } : {})}
      onClick={(event) => {
        const onControl = event.target instanceof Element && event.target.closest(INTERACTIVE) !== null;
        if (!onControl && window.getSelection()?.isCollapsed !== false) {
          onOpen?.(row);
        }
      }}
    >
      {columns.map(({ id, header, cell, align, onCard = 'line' }) => (
        <td key={id} className={styles[onCard]} data-label={header} style={{ textAlign: align ?? 'left' }}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}

const fade = (theme: GrafanaTheme2, start: 'from' | '0%') => {
  const shown = keyframes({ [start]: { backgroundColor: theme.colors.warning.transparent } });
  return css({ [theme.transitions.handleMotion('no-preference')]: { animation: `${shown} 2.5s ease-out` } });
};

const useTableStyles = ({ shape, dense = false }: Pick<DataTableProps<never>, 'shape' | 'dense'>) =>
  useStyles2(getStyles, shape === undefined ? PHONE : WHEN_CARDS[shape], dense);

const getStyles = (theme: GrafanaTheme2, asCards: string, dense: boolean) => ({
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    '& td, & th': { padding: theme.spacing(dense ? 0.25 : 0.75, 1), verticalAlign: 'middle', textAlign: 'left' },
    [asCards]: { display: 'block', '& tbody': { display: 'block' } },
  }),
  head: css({
    '& th': {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightMedium,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      whiteSpace: 'nowrap',
    },
    [asCards]: { display: 'none' },
  }),
  group: css({
    '& th': {
      padding: theme.spacing(1, 1, 0),
      fontWeight: theme.typography.fontWeightMedium,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    [asCards]: { display: 'block', '& th': { display: 'block', border: 0, padding: theme.spacing(1.5, 0, 0.5) } },
  }),
  row: css({
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    [asCards]: {
      display: 'block',
      position: 'relative',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
      padding: theme.spacing(1, 1.5),
      marginBottom: theme.spacing(1),
    },
  }),
  openable: css({ cursor: 'pointer', '&:hover': { background: theme.colors.action.hover } }),
  current: css({
    background: theme.colors.action.selected,
    boxShadow: `inset 3px 0 0 ${theme.colors.primary.main}`,
  }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  markedOdd: fade(theme, 'from'),
  markedEven: fade(theme, '0%'),
  title: css({ [asCards]: { '&&': { display: 'block', padding: 0, marginBottom: theme.spacing(0.5) } } }),
  line: css({
    [asCards]: {
      '&&': {
        display: 'flex',
        justifyContent: 'space-between',
        alignItems: 'center',
        gap: theme.spacing(2),
        padding: theme.spacing(0.25, 0),
      },
      // A label alone says nothing.
      '&&:empty': { display: 'none' },
      '&[data-label]:not([data-label=""])::before': {
        content: 'attr(data-label)',
        color: theme.colors.text.secondary,
        fontSize: theme.typography.bodySmall.fontSize,
      },
    },
  }),
  corner: css({
    [asCards]: {
      '&&': {
        position: 'absolute',
        top: 0,
        right: 0,
        // As large as a thumb.
        padding: theme.spacing(1.5),
      },
    },
  }),
  hidden: css({ [asCards]: { '&&': { display: 'none' } } }),
});
