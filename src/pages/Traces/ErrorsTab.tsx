import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { listTraceErrors, type ErrorGroupView } from '../../api/traceAnalysis.ts';
import type { EpochMs } from '../../core/units.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { tracesPath } from '../../host/tracesPath.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { useDisplay } from '../../ui/display.ts';
import { formatClock } from '../../ui/formatTime.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { useNow } from '../../ui/useNow.ts';
import { ExampleLink } from './ExampleLink.tsx';
import { NothingInTraces } from './NothingInTraces.tsx';
import { ServiceAndRange } from './ServiceAndRange.tsx';
import type { TracesTabProps } from './tracesTab.ts';
import { windowOf } from './traceSearch.ts';
import { UsedTraces } from '../../ui/traces/UsedTraces.tsx';

const MOST = 200;

const columnsOf = (): ReadonlyArray<DataColumn<ErrorGroupView>> => [
  {
    ...{ id: 'error', header: t('traces.errors-tab.error', 'Error'), onCard: 'title' },
    cell: (group) => <ErrorLink group={group} />,
  },
  {
    ...{ id: 'origin', header: t('traces.errors-tab.began-in', 'Began in'), width: '20%' },
    cell: ({ service, operation }) => `${service}: ${operation}`,
  },
  {
    ...{ id: 'count', header: t('traces.errors-tab.times', 'Count'), align: 'right', width: '80px', onCard: 'corner' },
    cell: ({ count }) => count,
  },
  {
    ...{ id: 'rate', header: t('traces.errors-tab.per-minute', 'Per minute'), align: 'right', width: '100px' },
    cell: ({ perMinute }) => perMinute.toLocaleString('en-US', { maximumSignificantDigits: 3 }),
  },
  {
    ...{
      id: 'first',
      header: t('traces.errors-tab.first-in-window', 'First in this window'),
      align: 'right',
      width: '160px',
    },
    cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} />,
  },
  {
    ...{ id: 'versions', header: t('traces.errors-tab.versions', 'Versions'), width: '100px' },
    cell: ({ versions }) => versions.join(', '),
  },
  {
    ...{ id: 'example', header: t('traces.errors-tab.example', 'Example'), align: 'right', width: '100px' },
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
  const errors = useOperation(listTraceErrors, asked, { keepPrevious: true, isLasting: true });
  const { data } = errors;
  const again = (): void => {
    onAgain();
    // A window of fixed ends stays the same question.
    void errors.refetch();
  };
  return (
    <>
      <ServiceAndRange search={search} isBusy={errors.isFetching} onAgain={again} />
      <LoadState what={t('traces.errors-tab.the-errors', 'The errors')} query={errors} height={32} rows={6} />
      {data &&
        (data.items.length === 0 ? (
          <NothingInTraces
            used={data.used}
            icon="check-circle"
            titles={{
              nothing: t('traces.errors-tab.nothing-failed', 'Nothing failed'),
              nothingRead: t('traces.errors-tab.nothing-failed-read', 'Nothing failed in what was read'),
              notRead: t('traces.errors-tab.not-read', 'The errors could not be read'),
            }}
          >
            {t('traces.errors-tab.none', 'No trace in this time range has a span that failed.')}
          </NothingInTraces>
        ) : (
          <>
            <Answer look={{ tone: 'error', icon: 'exclamation-circle' }}>{describe(data.items)}</Answer>
            <UsedTraces used={data.used} />
            {(data.used.more || data.used.failed > 0) && <RatesSince at={data.ratesSince} />}
            <DataTable
              label={t('traces.errors-tab.errors', 'Errors')}
              columns={columnsOf()}
              rows={data.items}
              rowKey={keyOf}
            />
          </>
        ))}
    </>
  );
}

/** Of the rest of the window nothing was read. */
function RatesSince({ at }: { readonly at: EpochMs }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  return (
    <p className={styles.quiet}>
      {t(
        'traces.errors-tab.rates-since',
        'Rates per minute count from {{time}}, when the oldest of these traces began.',
        {
          time: formatClock(at, now, timeZone),
        }
      )}
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
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
  const kinds = t('traces.errors-tab.kinds', '', {
    count: items.length,
    defaultValue_one: '{{count}} kind of error',
    defaultValue_other: '{{count}} kinds of error',
  });
  return first === undefined
    ? kinds
    : t(
        'traces.errors-tab.most-frequent',
        '{{kinds}}; the most frequent is {{type}} in {{service}}: {{operation}}, {{times}} times in {{traces}} traces.',
        {
          kinds,
          type: first.type,
          service: first.service,
          operation: first.operation,
          times: first.count,
          traces: first.traces,
        }
      );
}
