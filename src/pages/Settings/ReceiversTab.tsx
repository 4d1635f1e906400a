import { Button } from '@grafana/ui';
import { useMemo } from 'react';
import { getRoutes, listReceivers, type ReceiverView } from '../../api/routing.ts';
import { useCan } from '../../host/useIdentity.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { Answered } from './Answered.tsx';
import { DELIVERY_LOOK } from './looks.ts';
import { ReceiverActions } from './ReceiverActions.tsx';
import { ReceiverDrawer } from './ReceiverDrawer.tsx';
import { describeTarget, RECEIVER_FORMS } from './receiverFields.ts';
import { receiversSentence, routeCounts } from './receiversSentence.ts';
import { TabIntro } from './TabIntro.tsx';
import { Undelivered } from './Undelivered.tsx';

/** Who is told: each receiver with its last result, its queue and a test. */
export function ReceiversTab() {
  const receivers = useOperation(listReceivers, {});
  const canChange = useCan('admin');
  return (
    <>
      {canChange && <Undelivered />}
      <Answered answer={receivers} what={t('settings.receivers-tab.the-receivers', 'The receivers')}>
        {({ items }) => <Receivers items={items} />}
      </Answered>
    </>
  );
}

function Receivers({ items }: { items: readonly ReceiverView[] }) {
  const canChange = useCan('admin');
  const params = useQueryParams();
  const routes = useOperation(getRoutes, {});
  const counts = useMemo(() => routeCounts(routes.data?.items), [routes.data]);
  const columns = useMemo(() => columnsFor(canChange, counts), [canChange, counts]);
  const add = canChange && (
    <Button icon="plus" onClick={() => params.set({ new: 'webhook', edit: null }, { push: true })}>
      {t('settings.receivers-tab.add-receiver', 'Add receiver')}
    </Button>
  );
  return (
    <>
      {items.length === 0 ? (
        <EmptyState
          icon="bell"
          title={t('settings.receivers-tab.nobody-is-told-yet', 'Nobody is notified yet')}
          action={add}
        >
          {t(
            'settings.receivers-tab.a-receiver-is-where-notifications',
            'A receiver is where notifications go: a webhook, a Slack channel, email addresses or PagerDuty. Routes decide which alerts go to which receiver. Example: a webhook to https://example.com/hooks/pharos that your chat bot reads.'
          )}
        </EmptyState>
      ) : (
        <>
          <TabIntro actions={add}>
            {receiversSentence(items, counts)}
            {!canChange &&
              ` ${t('settings.receivers-tab.admins-only', 'Only an admin can see where they lead, change and test them.')}`}
          </TabIntro>
          <DataTable
            label={t('settings.receivers-tab.receivers', 'Receivers')}
            columns={columns}
            rows={items}
            rowKey={({ name }) => name}
          />
        </>
      )}
      {canChange && <ReceiverDrawer receivers={items} />}
    </>
  );
}

function columnsFor(
  canChange: boolean,
  counts: ReadonlyMap<string, number> | undefined
): Array<DataColumn<ReceiverView>> {
  const columns: Array<DataColumn<ReceiverView>> = [
    {
      id: 'name',
      header: t('settings.receivers-tab.name', 'Name'),
      cell: ({ name }) => <b style={{ whiteSpace: 'nowrap' }}>{name}</b>,
      onCard: 'title',
    },
    { id: 'kind', header: t('settings.receivers-tab.kind', 'Kind'), cell: ({ kind }) => RECEIVER_FORMS[kind].title },
    // Nobody else learns where receivers lead.
    ...(canChange ? [target()] : []),
    {
      id: 'routes',
      header: t('settings.receivers-tab.routes', 'Routes'),
      cell: ({ name }) => routesWords(counts?.get(name) ?? (counts && 0)),
    },
    {
      id: 'last',
      header: t('settings.receivers-tab.last-delivery', 'Last delivery'),
      cell: (receiver) => <LastDelivery receiver={receiver} />,
    },
    {
      id: 'queued',
      header: t('settings.receivers-tab.waiting', 'Waiting'),
      cell: ({ queued }) => String(queued),
      align: 'right',
    },
    {
      id: 'tested',
      header: t('settings.receivers-tab.tested', 'Tested'),
      cell: ({ testedAt }) =>
        testedAt === null ? t('settings.receivers-tab.not-yet', 'not yet') : <RelativeTime at={testedAt} />,
    },
  ];
  return canChange
    ? [
        ...columns,
        { id: 'actions', header: '', cell: (receiver) => <ReceiverActions receiver={receiver} />, align: 'right' },
      ]
    : columns;
}

const target = (): DataColumn<ReceiverView> => ({
  id: 'target',
  header: t('settings.receivers-tab.leads-to', 'Sends to'),
  cell: (receiver) => <span style={{ overflowWrap: 'anywhere' }}>{describeTarget(receiver)}</span>,
});

function routesWords(count: number | undefined): string {
  if (count === undefined) {
    return '…';
  }
  return count === 0 ? t('settings.receivers-tab.none', 'none') : String(count);
}

function LastDelivery({ receiver: { lastDelivery } }: { receiver: ReceiverView }) {
  if (lastDelivery === null) {
    return <>{t('settings.receivers-tab.none-yet', 'none yet')}</>;
  }
  const { ok, at, error } = lastDelivery;
  return (
    <span>
      <StateTag look={DELIVERY_LOOK[ok ? 'delivered' : 'failed']} {...(error === null ? {} : { title: error })} />{' '}
      <RelativeTime at={at} />
      {error !== null && <div>{error}</div>}
    </span>
  );
}
