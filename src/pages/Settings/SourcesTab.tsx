import { Button } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { deleteSource, listSources, SOURCE_KINDS, type SourceView } from '../../api/access.ts';
import { useChange } from '../../host/useChange.ts';
import { useCan } from '../../host/useIdentity.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { Answered } from './Answered.tsx';
import { AddSource } from './AddSource.tsx';
import { formatMilliseconds } from './formatMilliseconds.ts';
import { SOURCE_LOOK } from './looks.ts';
import { SOURCE_KIND_WORDS } from './sourceKinds.ts';
import { sourcesSentence } from './sourcesSentence.ts';
import { TabIntro } from './TabIntro.tsx';

/** Where data comes from, and how each source is. */
export function SourcesTab() {
  const sources = useOperation(listSources, {}, { refreshMs: 15_000 });
  return (
    <Answered answer={sources} what={t('settings.sources-tab.the-sources', 'The sources')}>
      {({ items }) => <Sources items={items} />}
    </Answered>
  );
}

function Sources({ items }: { items: readonly SourceView[] }) {
  const canChange = useCan('admin');
  const params = useQueryParams();
  const [removing, setRemoving] = useState<SourceView>();
  const columns = useMemo(() => columnsFor(canChange ? setRemoving : undefined), [canChange]);
  const kinds = SOURCE_KINDS.filter((kind) => !items.some((source) => source.kind === kind));
  const isAdding = canChange && params.get('new') !== undefined && kinds.length > 0;
  const add = canChange && !isAdding && kinds.length > 0 && (
    <Button icon="plus" onClick={() => params.set({ new: 'source' }, { push: true })}>
      {t('settings.sources-tab.add-source', 'Add source')}
    </Button>
  );
  return (
    <>
      {items.length > 0 && <TabIntro actions={add}>{sourcesSentence(items, canChange)}</TabIntro>}
      {isAdding && <AddSource kinds={kinds} onDone={() => params.set({ new: null }, { push: true })} />}
      {items.length === 0 && !isAdding && (
        <EmptyState icon="database" title={t('settings.sources-tab.no-data-yet', 'No data yet')} action={add}>
          {t(
            'settings.sources-tab.a-source-is-a-prometheus',
            'A source is a Prometheus, Loki, Tempo or Grafana that you already run. Pharos queries it and stores no copy. Example: https://prometheus.example.com. Addresses on your own network must be listed in PHAROS_EGRESS_ALLOW.'
          )}
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          label={t('settings.sources-tab.sources', 'Sources')}
          columns={columns}
          rows={items}
          rowKey={({ id }) => id}
        />
      )}
      <RemoveSource source={removing} onClose={() => setRemoving(undefined)} />
    </>
  );
}

function RemoveSource({ source, onClose }: { source: SourceView | undefined; onClose: () => void }) {
  const remove = useChange(deleteSource, {
    failed: t('settings.sources-tab.the-source-was-not-removed', 'The source was not removed'),
    done: () => t('settings.sources-tab.source-removed-nothing-is-asked', 'Source removed: it is no longer queried'),
  });
  return (
    <ConfirmDialog
      isOpen={source !== undefined}
      title={t('settings.sources-tab.remove-source', 'Remove source {{name}}?', { name: source?.name ?? '' })}
      body={t(
        'settings.sources-tab.thresholds-and-pages-that-live',
        'Thresholds and pages that use it will have no data. Nothing is deleted in the source; to add it again, you need its token.'
      )}
      action={t('settings.sources-tab.remove', 'Remove')}
      onConfirm={() => source && remove.mutate({ id: source.id })}
      onClose={onClose}
    />
  );
}

function columnsFor(onRemove: ((source: SourceView) => void) | undefined): Array<DataColumn<SourceView>> {
  const columns: Array<DataColumn<SourceView>> = [
    {
      id: 'name',
      header: t('settings.sources-tab.source', 'Source'),
      onCard: 'title',
      cell: ({ name, url, tenant }) => (
        <>
          <b>{name}</b>
          {url !== '' && <div style={{ overflowWrap: 'anywhere' }}>{url}</div>}
          {tenant !== '' && <div>{t('settings.sources-tab.tenant', 'tenant {{tenant}}', { tenant })}</div>}
        </>
      ),
    },
    { id: 'kind', header: t('settings.sources-tab.kind', 'Kind'), cell: ({ kind }) => SOURCE_KIND_WORDS[kind].label },
    {
      id: 'status',
      header: t('settings.sources-tab.state', 'State'),
      cell: (source) => <SourceState source={source} />,
    },
    {
      id: 'latency',
      header: t('settings.sources-tab.answers-in', 'Response time'),
      align: 'right',
      cell: ({ latencyMs }) => (latencyMs === null ? '–' : formatMilliseconds(latencyMs)),
    },
    {
      id: 'newest',
      header: t('settings.sources-tab.newest-data', 'Newest data'),
      cell: ({ newestDataAt }) =>
        newestDataAt === null ? t('settings.sources-tab.not-known', 'not known') : <RelativeTime at={newestDataAt} />,
    },
    {
      id: 'checked',
      header: t('settings.sources-tab.checked', 'Checked'),
      cell: ({ checkedAt }) =>
        checkedAt === null ? t('settings.sources-tab.not-yet', 'not yet') : <RelativeTime at={checkedAt} />,
    },
  ];
  return onRemove === undefined ? columns : [...columns, removeColumn(onRemove)];
}

const removeColumn = (onRemove: (source: SourceView) => void): DataColumn<SourceView> => ({
  id: 'remove',
  header: '',
  align: 'right',
  cell: (source) =>
    source.builtIn ? (
      <span
        title={t(
          'settings.sources-tab.it-comes-from-the-deployments',
          "It comes from the deployment's settings and is changed there."
        )}
      >
        {t('settings.sources-tab.from-the-deployment', 'from the deployment')}
      </span>
    ) : (
      <Button
        size="sm"
        variant="destructive"
        fill="outline"
        aria-label={t('settings.sources-tab.remove-one', 'Remove {{name}}', { name: source.name })}
        onClick={() => onRemove(source)}
      >
        {t('settings.sources-tab.remove', 'Remove')}
      </Button>
    ),
});

function SourceState({ source: { status, lastError, staleSince } }: { source: SourceView }) {
  return (
    <span>
      <StateTag look={SOURCE_LOOK[status]} />
      {staleSince !== null && (
        <>
          {' '}
          <Trans
            i18nKey="settings.sources-tab.stale-since"
            defaults="stale since <time/>"
            components={{ time: <RelativeTime at={staleSince} /> }}
          />
        </>
      )}
      {lastError !== null && status !== 'ok' && <div style={{ overflowWrap: 'anywhere' }}>{lastError}</div>}
    </span>
  );
}
