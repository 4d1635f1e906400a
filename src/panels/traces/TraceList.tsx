import { Icon } from '@grafana/ui';
import { useMemo } from 'react';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { AppLink } from '../../host/AppLink.tsx';
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
      [service, operation].filter((text) => text !== '').join(': ') || 'root not yet received';
    return [
      {
        ...{ id: 'name', header: 'Trace', onCard: 'title' },
        cell: (row) => (hasHost ? <AppLink to={`/traces/${row.traceId}`}>{nameOf(row)}</AppLink> : nameOf(row)),
      },
      {
        ...{ id: 'failed', header: '', spoken: 'Failed', width: '90px' },
        cell: ({ errors }) =>
          errors !== null && errors > 0 ? (
            <span>
              <Icon name="exclamation-circle" aria-hidden /> {errors} failed
            </span>
          ) : (
            ''
          ),
      },
      {
        ...{ id: 'duration', header: 'Duration', align: 'right', width: '100px', onCard: 'corner' },
        cell: ({ durationMs }) => formatNanoseconds(durationMs * 1e6),
      },
      {
        ...{ id: 'start', header: 'Start', align: 'right', width: '120px' },
        cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
      },
    ];
  }, [hasHost]);
  return (
    <>
      <DataTable
        label="Traces"
        dense
        shape={width < CARDS_BELOW ? 'cards' : 'table'}
        columns={columns}
        rows={traces.slice(0, maxRows)}
        rowKey={({ traceId }) => traceId}
      />
      {traces.length > maxRows && (
        <p>
          {maxRows} of {traces.length} traces are shown.
        </p>
      )}
    </>
  );
}
