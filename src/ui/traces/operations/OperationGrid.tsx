import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { t } from '../../../i18n/t.ts';
import type { GridColumn, GridOrder } from '../grid/gridColumn.ts';
import { VirtualGrid } from '../grid/VirtualGrid.tsx';
import { serviceColor } from '../serviceColor.ts';
import { ShareBar } from '../ShareBar.tsx';
import { SpanName } from '../SpanName.tsx';
import { formatShare } from '../words.ts';
import { sortOperations, type OperationRow } from './sortOperations.ts';

export interface OperationGridProps {
  readonly rows: readonly OperationRow[];
  readonly isChosen?: (row: OperationRow) => boolean;
  readonly onChoose?: (row: OperationRow) => void;
  /** Say what more or less time of each would mean, as far as the rows do. */
  readonly hasRoom?: boolean;
}

/** Where the time of one or many traces went, by service and operation. */
export function OperationGrid({ rows, isChosen, onChoose, hasRoom = false }: OperationGridProps) {
  const [order, setOrder] = useState<GridOrder>({ by: 'critical', descending: true });
  const sorted = useMemo(() => sortOperations(rows, order), [rows, order]);
  const columns = useMemo(() => [...columnsOf(), ...(hasRoom ? roomColumns() : [])], [hasRoom]);
  const chosenIndex = isChosen === undefined ? -1 : sorted.findIndex(isChosen);
  return (
    <VirtualGrid
      label={t('ui.operation-grid.operations', 'Operations')}
      columns={columns}
      rows={sorted}
      order={order}
      onOrder={setOrder}
      shownIndex={chosenIndex}
      {...(isChosen ? { isSelected: isChosen } : {})}
      {...(onChoose ? { onOpen: onChoose } : {})}
    />
  );
}

const figure = (id: string, header: string, cell: (row: OperationRow) => string): GridColumn<OperationRow> => ({
  id,
  header,
  width: '10ch',
  align: 'right',
  sortable: true,
  cell,
});

const columnsOf = (): ReadonlyArray<GridColumn<OperationRow>> => [
  {
    id: 'name',
    header: t('ui.operation-grid.operation', 'Operation'),
    width: 'minmax(20ch, 1fr)',
    sortable: true,
    onCard: 'title',
    cell: ({ service, operation }) => <SpanName service={service} operation={operation} />,
  },
  {
    ...figure('count', t('ui.operation-grid.spans', 'Spans'), ({ count }) => count.toLocaleString('en-US')),
    width: '9ch',
  },
  {
    ...figure('errors', t('ui.operation-grid.failed', 'Failed'), () => ''),
    width: '9ch',
    cell: ({ errors }) => <Failed errors={errors} />,
  },
  {
    ...figure('critical', t('ui.operation-grid.critical', 'Critical'), ({ criticalNs }) =>
      formatNanoseconds(criticalNs)
    ),
    explained: t('ui.operation-grid.critical-what', 'On the critical path: while it held up the root'),
  },
  {
    ...figure('share', t('ui.operation-grid.share', 'Share of path'), () => ''),
    width: '18ch',
    cell: (row) => <PathShare row={row} />,
    card: ({ pathShare }) => formatShare(pathShare, 1),
    explained: t('ui.operation-grid.share-what', 'Of the critical path'),
  },
  {
    ...figure('self', t('ui.operation-grid.self', 'Self'), ({ selfNs }) => formatNanoseconds(selfNs)),
    explained: t('ui.operation-grid.self-what', 'While nothing below it ran'),
  },
  {
    ...figure('total', t('ui.operation-grid.total', 'Total'), ({ totalNs }) => formatNanoseconds(totalNs)),
    explained: t('ui.operation-grid.total-what', 'Sum of the durations; spans that ran in parallel are each counted'),
  },
  {
    ...figure('p50', t('ui.operation-grid.p50', 'p50'), ({ durationNs }) => formatNanoseconds(durationNs.p50)),
    explained: t('ui.operation-grid.p50-what', 'Median duration'),
  },
  {
    ...figure('p95', t('ui.operation-grid.p95', 'p95'), ({ durationNs }) => formatNanoseconds(durationNs.p95)),
    explained: t('ui.operation-grid.p95-what', '95 of 100 spans took no longer than this'),
  },
];

const roomColumns = (): ReadonlyArray<GridColumn<OperationRow>> => [
  {
    ...figure('slack', t('ui.operation-grid.slack', 'Slack'), ({ slackNs }) => timeOrNone(slackNs)),
    explained: t(
      'ui.operation-grid.slack-what',
      'How much longer a span can take before the root does, in the median trace; – if nothing waits for it'
    ),
  },
  {
    ...figure('saves', t('ui.operation-grid.saves', 'Saves'), ({ savesNs }) => timeOrNone(savesNs)),
    explained: t(
      'ui.operation-grid.saves-what',
      'How much shorter the mean trace would be without it (drag); – if not computed'
    ),
  },
];

const timeOrNone = (ns: number | null | undefined): string => (typeof ns === 'number' ? formatNanoseconds(ns) : '–');

function Failed({ errors }: { errors: number }) {
  const styles = useStyles2(getStyles);
  return errors === 0 ? <>{0}</> : <span className={styles.failed}>{errors.toLocaleString('en-US')}</span>;
}

function PathShare({ row: { service, pathShare } }: { row: OperationRow }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <span className={styles.share}>
      <ShareBar share={pathShare} color={serviceColor(theme, service)} />
      <span className={styles.figure}>{formatShare(pathShare, 1)}</span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // Not red: that is too faint on a row that is pointed at or selected.
  failed: css({ color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightBold }),
  share: css({ display: 'inline-flex', alignItems: 'center', width: '100%', minWidth: 80, gap: theme.spacing(1) }),
  figure: css({ minWidth: '6.5ch' }),
});
