import { Icon } from '@grafana/ui';
import { useMemo } from 'react';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import type { ListedTrace } from './readTraceList.ts';

/** Narrower, each trace is a card. */
const CARDS_BELOW = 480;

export interface TraceListProps {
  readonly traces: readonly ListedTrace[];
  readonly width: number;
  readonly maxRows: number;
  readonly hasHost: boolean;
}

/** Found traces, the newest first as they came, each a way into its analysis. */
export function TraceList({ traces, width, maxRows, hasHost }: TraceListProps) {
  const columns = useMemo((): ReadonlyArray<DataColumn<ListedTrace>> => {
    const nameOf = ({ service, operation }: ListedTrace): string =>
      [service, operation].filter((text) => text !== '').join(': ') ||
      t('panel.traces.root-not-yet-received', 'root not yet received');
    return [
      {
        ...{ id: 'name', header: t('panel.traces.trace', 'Trace'), onCard: 'title' },
        cell: (row) => (hasHost ? <AppLink to={`/traces/${row.traceId}`}>{nameOf(row)}</AppLink> : nameOf(row)),
      },
      {
        ...{ id: 'failed', header: '', spoken: t('panel.traces.failed', 'Failed'), width: '90px' },
        cell: ({ errors }) =>
          errors !== null && errors > 0 ? (
            <span>
              <Icon name="exclamation-circle" aria-hidden />{' '}
              {t('panel.traces.errors-failed', '{{errors}} failed', { errors })}
            </span>
          ) : (
            ''
          ),
      },
      {
        ...{
          id: 'duration',
          header: t('panel.traces.duration', 'Duration'),
          align: 'right',
          width: '100px',
          onCard: 'corner',
        },
        cell: ({ durationMs }) => formatNanoseconds(durationMs * 1e6),
      },
      {
        ...{ id: 'start', header: t('panel.traces.start', 'Start'), align: 'right', width: '120px' },
        cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
      },
    ];
  }, [hasHost]);
  return (
    <>
      <DataTable
        label={t('panel.traces.traces', 'Traces')}
        dense
        shape={width < CARDS_BELOW ? 'cards' : 'table'}
        columns={columns}
        rows={traces.slice(0, maxRows)}
        rowKey={({ traceId }) => traceId}
      />
      {traces.length > maxRows && (
        <p>
          {t('panel.traces.shown', '{{shown}} of {{all}} traces are shown.', { shown: maxRows, all: traces.length })}
        </p>
      )}
    </>
  );
}
