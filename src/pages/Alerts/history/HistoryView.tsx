import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import { listHistory, type TransitionView } from '../../../api/alerts.ts';
import { epochMs } from '../../../core/units.ts';
import { AppLink } from '../../../host/AppLink.tsx';
import { useLive } from '../../../host/useLive.ts';
import { useQueryParams } from '../../../host/useLocation.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { DataTable, type DataColumn } from '../../../ui/DataTable.tsx';
import { useDisplay } from '../../../ui/display.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatAbsolute } from '../../../ui/formatTime.ts';
import { LoadState } from '../../../ui/LoadState.tsx';
import { StateTag } from '../../../ui/StateTag.tsx';
import { SEVERITY_LOOK } from '../../../ui/tone.ts';
import { useSteadyNow } from '../../../ui/useSteadyNow.ts';
import { alertPath } from '../../../host/alertPath.ts';
import { t } from '../../../i18n/t.ts';
import { TRANSITION_LOOK } from '../transitionLook.ts';
import { HistoryFilters } from './HistoryFilters.tsx';
import {
  nextLimit,
  readHistoryFilter,
  readHistoryPage,
  readHistoryRange,
  type HistoryFilter,
} from './historyFilters.ts';

const MINUTE_MS = 60_000;

/** Everything that happened to alerts, the resolved ones too. */
export function HistoryView() {
  const params = useQueryParams();
  const { timeZone } = useDisplay();
  const { paused } = useLive();
  // `now-24h` moves: once a minute is often enough to ask for a new beginning.
  useSteadyNow(MINUTE_MS, paused);
  const range = readHistoryRange(params, timeZone);
  const filter = onTheMinute(readHistoryFilter(params, range));
  const query = useOperation(listHistory, readHistoryPage(params, filter), { keepPrevious: true });
  const items = query.data?.items ?? [];
  return (
    <>
      <HistoryFilters range={range} filter={filter} />
      <LoadState what={t('alerts.history-view.the-history', 'The history')} query={query} height={32} rows={8} />
      {query.data && items.length === 0 && (
        <EmptyState
          icon="history"
          title={t('alerts.history-view.nothing-happened-that-fits-these', 'No event matches these filters')}
        >
          {t(
            'alerts.history-view.every-change-of-an-alert',
            'Every change to an alert is recorded here: when it fired, who acknowledged it, who was notified, and why it resolved.'
          )}
        </EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          label={t('alerts.history-view.history', 'History')}
          columns={COLUMNS}
          rows={items}
          rowKey={({ seq }) => String(seq)}
        />
      )}
      {query.data?.next && <More shown={items.length} />}
    </>
  );
}

function More({ shown }: { shown: number }) {
  const params = useQueryParams();
  const limit = nextLimit(shown);
  if (limit === undefined) {
    return (
      <Text color="secondary">
        {t(
          'alerts.history-view.the-newest-narrow-the-filters',
          'The newest {{shown}}. Narrow the filters, or download the CSV, for the rest.',
          { shown }
        )}
      </Text>
    );
  }
  return (
    <div>
      <Button size="sm" variant="secondary" onClick={() => params.set({ limit: String(limit) })}>
        {t('alerts.history-view.show-more', 'Show more')}
      </Button>
    </div>
  );
}

/** The beginning of a moving range, the same for a minute: else every look would be a new question. */
const onTheMinute = ({ from, ...rest }: HistoryFilter): HistoryFilter =>
  from === undefined ? rest : { ...rest, from: epochMs(Math.floor(from / MINUTE_MS) * MINUTE_MS) };

function When({ at }: { at: number }) {
  const { timeZone } = useDisplay();
  return (
    <time dateTime={new Date(at).toISOString()} style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {formatAbsolute(at, timeZone)}
    </time>
  );
}

function Summary({ row }: { row: TransitionView }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <AppLink to={alertPath(row.alertId)} className={styles.summary}>
        {row.summary}
      </AppLink>
      {row.reason !== '' && <div className={styles.reason}>{row.reason}</div>}
    </>
  );
}

const COLUMNS: ReadonlyArray<DataColumn<TransitionView>> = [
  {
    id: 'at',
    get header() {
      return t('alerts.history-view.time', 'Time');
    },
    width: '160px',
    cell: ({ at }) => <When at={at} />,
  },
  {
    id: 'kind',
    get header() {
      return t('alerts.history-view.what', 'What');
    },
    width: '190px',
    onCard: 'title',
    cell: ({ kind }) => <StateTag look={TRANSITION_LOOK[kind]} />,
  },
  {
    id: 'summary',
    get header() {
      return t('alerts.history-view.alert', 'Alert');
    },
    onCard: 'title',
    cell: (row) => <Summary row={row} />,
  },
  {
    id: 'severity',
    get header() {
      return t('alerts.history-view.severity', 'Severity');
    },
    width: '100px',
    cell: ({ severity }) => SEVERITY_LOOK[severity].word,
  },
  {
    id: 'service',
    get header() {
      return t('alerts.history-view.service', 'Service');
    },
    width: '130px',
    cell: ({ service }) => service || '–',
  },
  {
    id: 'actor',
    get header() {
      return t('alerts.history-view.by', 'By');
    },
    width: '130px',
    cell: ({ actor }) => actor,
  },
];

const getStyles = (theme: GrafanaTheme2) => ({
  summary: css({ fontWeight: theme.typography.fontWeightMedium, '&:hover': { textDecoration: 'underline' } }),
  reason: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
});
