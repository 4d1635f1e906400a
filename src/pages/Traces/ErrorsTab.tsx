import { useMemo } from 'react';
import { listTraceErrors, type ErrorGroupView } from '../../api/traceAnalysis.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { ServiceAndRange } from './ServiceAndRange.tsx';
import type { TracesTabProps } from './Traces.tsx';
import { windowOf } from './traceSearch.ts';
import { UsedTraces } from './UsedTraces.tsx';

const MOST = 200;

const COLUMNS: ReadonlyArray<DataColumn<ErrorGroupView>> = [
  {
    ...{ id: 'error', header: 'Error', onCard: 'title' },
    cell: ({ type, template, message }) => (
      <>
        <strong>{type}</strong> {template || message}
      </>
    ),
  },
  {
    ...{ id: 'origin', header: 'Began in', width: '20%' },
    cell: ({ service, operation }) => `${service}: ${operation}`,
  },
  {
    ...{ id: 'count', header: 'Times', align: 'right', width: '80px', onCard: 'corner' },
    cell: ({ count }) => count,
  },
  {
    ...{ id: 'rate', header: 'Per minute', align: 'right', width: '100px' },
    cell: ({ perMinute }) => perMinute.toLocaleString('en-US', { maximumSignificantDigits: 3 }),
  },
  {
    ...{ id: 'first', header: 'First seen', align: 'right', width: '110px' },
    cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} />,
  },
  {
    ...{ id: 'versions', header: 'Versions', width: '100px' },
    cell: ({ versions }) => versions.join(', '),
  },
  {
    ...{ id: 'example', header: 'Example', align: 'right', width: '100px' },
    cell: ({ example }) => <AppLink to={`/traces/${example.traceId}?span=${example.spanId}`}>open</AppLink>,
  },
];

/** How requests failed: by type, message and where it began, over many traces. */
export function ErrorsTab({ search, onAgain }: TracesTabProps) {
  const params = useQueryParams();
  const service = params.get('service');
  const asked = useMemo(
    () => ({ ...windowOf(search), limit: MOST, ...(service === undefined ? {} : { service }) }),
    [search, service]
  );
  const errors = useOperation(listTraceErrors, asked, { keepPrevious: true });
  const { data } = errors;
  return (
    <>
      <ServiceAndRange search={search} onAgain={onAgain} />
      <LoadState what="The errors" query={errors} height={32} rows={6} />
      {data &&
        (data.items.length === 0 ? (
          <EmptyState
            icon="check-circle"
            title={data.used.problem === null ? 'Nothing failed' : 'The errors could not be read'}
          >
            {data.used.problem ?? 'No trace of this time range has a span that failed.'}
          </EmptyState>
        ) : (
          <>
            <Answer look={{ tone: 'error', icon: 'exclamation-circle' }}>{describe(data.items)}</Answer>
            <UsedTraces used={data.used} />
            <DataTable label="Errors" columns={COLUMNS} rows={data.items} rowKey={keyOf} />
          </>
        ))}
    </>
  );
}

const keyOf = ({ type, template, service, operation }: ErrorGroupView): string =>
  JSON.stringify([type, template, service, operation]);

function describe(items: readonly ErrorGroupView[]): string {
  const [first] = items;
  const kinds = `${items.length} ${items.length === 1 ? 'kind' : 'kinds'} of error`;
  return first === undefined
    ? kinds
    : `${kinds}; the most frequent is ${first.type} in ${first.service}: ${first.operation}, ${first.count} times in ${first.traces} traces.`;
}
