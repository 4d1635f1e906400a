import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { listTraceErrors, type ErrorGroupView } from '../../api/traceAnalysis.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { tracesPath } from '../../host/tracesPath.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { ExampleLink } from './ExampleLink.tsx';
import { ServiceAndRange } from './ServiceAndRange.tsx';
import type { TracesTabProps } from './tracesTab.ts';
import { windowOf } from './traceSearch.ts';
import { UsedTraces } from './UsedTraces.tsx';

const MOST = 200;

const COLUMNS: ReadonlyArray<DataColumn<ErrorGroupView>> = [
  {
    ...{ id: 'error', header: 'Error', onCard: 'title' },
    cell: (group) => <ErrorLink group={group} />,
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
    cell: ({ example }) => <ExampleLink {...example} />,
  },
];

/** Leads to the traces in which it began, in the same window. */
function ErrorLink({ group: { type, template, message, service, operation } }: { readonly group: ErrorGroupView }) {
  const styles = useStyles2(getStyles);
  const { get } = useQueryParams();
  const window = { from: get('from') ?? '', to: get('to') ?? '' };
  return (
    <AppLink to={tracesPath({ service, operation, status: 'error', ...window })} className={styles.link}>
      <strong>{type}</strong> {template || message}
    </AppLink>
  );
}

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
  const again = (): void => {
    onAgain();
    // A window of fixed ends stays the same question.
    void errors.refetch();
  };
  return (
    <>
      <ServiceAndRange search={search} isBusy={errors.isFetching} onAgain={again} />
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

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({
    overflowWrap: 'anywhere',
    '& strong': { fontWeight: theme.typography.fontWeightMedium },
    '&:hover': { textDecoration: 'underline' },
  }),
});

const keyOf = ({ type, template, service, operation }: ErrorGroupView): string =>
  JSON.stringify([type, template, service, operation]);

function describe(items: readonly ErrorGroupView[]): string {
  const [first] = items;
  const kinds = `${items.length} ${items.length === 1 ? 'kind' : 'kinds'} of error`;
  return first === undefined
    ? kinds
    : `${kinds}; the most frequent is ${first.type} in ${first.service}: ${first.operation}, ${first.count} times in ${first.traces} traces.`;
}
