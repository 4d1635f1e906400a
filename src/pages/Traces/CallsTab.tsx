import { useMemo } from 'react';
import { listServiceCalls, type ServiceCallView } from '../../api/traceAnalysis.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadState } from '../../ui/LoadState.tsx';
import { formatShare } from '../../ui/traces/words.ts';
import { ExampleLink } from './ExampleLink.tsx';
import { NothingInTraces } from './NothingInTraces.tsx';
import { ServiceAndRange } from './ServiceAndRange.tsx';
import type { TracesTabProps } from './tracesTab.ts';
import { windowOf } from './traceSearch.ts';
import { UsedTraces } from '../../ui/traces/UsedTraces.tsx';

const MOST = 100;

const KIND_WORDS: Readonly<Record<ServiceCallView['kind'], () => string>> = {
  database: () => t('traces.calls-tab.database', 'Database'),
  http: () => 'HTTP',
  rpc: () => 'RPC',
  messaging: () => t('traces.calls-tab.queue', 'Queue'),
  other: () => t('traces.calls-tab.call', 'Call'),
};

const columnsOf = (): ReadonlyArray<DataColumn<ServiceCallView>> => [
  {
    ...{ id: 'name', header: t('traces.calls-tab.call', 'Call'), onCard: 'title' },
    cell: ({ name }) => <code>{name}</code>,
  },
  {
    ...{ id: 'target', header: t('traces.calls-tab.of', 'Target'), width: '18%' },
    cell: ({ kind, system, target }) =>
      [target || system, KIND_WORDS[kind]()].filter((text) => text !== '').join(' · '),
  },
  {
    ...{ id: 'count', header: t('traces.calls-tab.times', 'Count'), align: 'right', width: '80px' },
    cell: ({ count }) => count,
  },
  {
    ...{ id: 'errors', header: t('traces.calls-tab.failed', 'Failed'), align: 'right', width: '110px' },
    cell: ({ errors, count }) => (errors === 0 ? '' : `${errors} (${formatShare(errors, count)})`),
  },
  {
    ...{ id: 'p50', header: t('traces.calls-tab.p50', 'p50'), align: 'right', width: '90px' },
    cell: ({ p50Ns }) => formatNanoseconds(p50Ns),
  },
  {
    ...{ id: 'p95', header: t('traces.calls-tab.p95', 'p95'), align: 'right', width: '90px', onCard: 'corner' },
    cell: ({ p95Ns }) => formatNanoseconds(p95Ns),
  },
  {
    ...{ id: 'share', header: t('traces.calls-tab.share', 'Share of its time'), align: 'right', width: '110px' },
    cell: ({ share }) => (share === null ? '' : formatShare(share, 1)),
  },
  {
    ...{ id: 'example', header: t('traces.calls-tab.slowest', 'Slowest'), align: 'right', width: '90px' },
    cell: ({ example }) => <ExampleLink {...example} />,
  },
];

/** What a service asks of databases and other services, and what that costs it. */
export function CallsTab({ search, onAgain }: TracesTabProps) {
  const service = useQueryParams().get('service');
  if (service !== undefined) {
    return <Calls key={service} service={service} search={search} onAgain={onAgain} />;
  }
  return (
    <>
      <ServiceAndRange search={search} isBusy={false} onAgain={onAgain} />
      <EmptyState icon="exchange-alt" title={t('traces.calls-tab.whose', 'Whose calls?')}>
        {t(
          'traces.calls-tab.choose',
          'Choose a service to see its database statements and outgoing calls: how often, how long, how many failed, and what share of its time they take.'
        )}
      </EmptyState>
    </>
  );
}

function Calls({ service, search, onAgain }: TracesTabProps & { readonly service: string }) {
  const asked = useMemo(() => ({ name: service, ...windowOf(search), limit: MOST }), [service, search]);
  const calls = useOperation(listServiceCalls, asked, { keepPrevious: true, isLasting: true });
  const { data } = calls;
  const again = (): void => {
    onAgain();
    // A window of fixed ends stays the same question.
    void calls.refetch();
  };
  return (
    <>
      <ServiceAndRange search={search} isBusy={calls.isFetching} onAgain={again} />
      <LoadState what={t('traces.calls-tab.the-calls', 'The calls')} query={calls} height={32} rows={6} />
      {data &&
        (data.items.length === 0 ? (
          <NothingInTraces
            used={data.used}
            icon="exchange-alt"
            titles={{
              nothing: t('traces.calls-tab.no-calls', 'No calls of {{service}}', { service }),
              nothingRead: t('traces.calls-tab.no-calls-read', 'No calls of {{service}} in what was read', { service }),
              notRead: t('traces.calls-tab.not-read', 'The calls could not be read'),
            }}
          >
            {t(
              'traces.calls-tab.none',
              'None of its spans in this time range is a call to another service, a database or a queue.'
            )}
          </NothingInTraces>
        ) : (
          <>
            <UsedTraces used={data.used} />
            <DataTable
              label={t('traces.calls-tab.calls-of', 'Calls of {{service}}', { service })}
              columns={columnsOf()}
              rows={data.items}
              rowKey={({ kind, system, target, name }) => JSON.stringify([kind, system, target, name])}
            />
          </>
        ))}
    </>
  );
}
