import { cell } from '../../../core/traces/column.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { durationOf, operationOf, serviceOf, statusOf } from '../../../core/traces/spanFields.ts';
import type { MeasuredTrace } from '../../../core/traces/spanTable/sortSpans.ts';
import { t } from '../../../i18n/t.ts';
import { StateTag } from '../../StateTag.tsx';
import type { GridColumn } from '../grid/gridColumn.ts';
import { STATUS_LOOK } from '../looks.ts';
import { SpanName } from '../SpanName.tsx';
import { isSpan, type SpanRow } from './spanRows.ts';

/** The columns of the table of spans; their ids are what it can be sorted by. */
export function spanColumns({ trace, selfNs, criticalNs }: MeasuredTrace): ReadonlyArray<GridColumn<SpanRow>> {
  const figure = (id: string, header: string, nsOf: (span: number) => number): GridColumn<SpanRow> => ({
    id,
    header,
    align: 'right',
    width: '11ch',
    sortable: true,
    cell: (row) => (isSpan(row) ? formatNanoseconds(nsOf(row)) : null),
  });
  return [
    {
      id: 'service',
      header: t('ui.span-columns.service', 'Service'),
      width: 'minmax(12ch, 1fr)',
      sortable: true,
      onCard: 'title',
      cell: (row) => isSpan(row) && <SpanName service={serviceOf(trace, row)} />,
      card: (row) => isSpan(row) && <SpanName service={serviceOf(trace, row)} operation={operationOf(trace, row)} />,
    },
    {
      id: 'operation',
      header: t('ui.span-columns.operation', 'Operation'),
      width: 'minmax(16ch, 2fr)',
      sortable: true,
      onCard: 'hidden',
      cell: (row) => isSpan(row) && <span title={operationOf(trace, row)}>{operationOf(trace, row)}</span>,
    },
    figure('start', t('ui.span-columns.start', 'Start'), (span) => cell(trace.startNs, span)),
    figure('duration', t('ui.span-columns.duration', 'Duration'), (span) => durationOf(trace, span)),
    {
      ...figure('self', t('ui.span-columns.self', 'Self'), (span) => cell(selfNs, span)),
      explained: t('ui.span-columns.self-what', 'While nothing below it ran'),
    },
    {
      ...figure('critical', t('ui.span-columns.critical', 'Critical'), (span) => cell(criticalNs, span)),
      explained: t('ui.span-columns.critical-what', 'On the critical path: while it held up the root'),
    },
    {
      id: 'status',
      header: t('ui.span-columns.status', 'Status'),
      width: '11ch',
      sortable: true,
      cell: (row) => isSpan(row) && <StateTag look={STATUS_LOOK[statusOf(trace, row)]} />,
    },
  ];
}
