import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Drawer, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { listAlerts } from '../../api/alerts.ts';
import { getServiceHealth, type ServiceView } from '../../api/system.ts';
import { listThresholds, type ThresholdView } from '../../api/thresholds.ts';
import { hours, minutes, type DurationMs } from '../../core/units.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { HEALTH_LOOK, SEVERITY_LOOK } from '../../ui/tone.ts';
import { ServiceCharts } from './ServiceCharts.tsx';
import { ServiceEvidence } from './ServiceEvidence.tsx';
import { ServiceThresholds } from './ServiceThresholds.tsx';

export interface ServiceDrawerProps {
  readonly name: string;
  /** What the table knows of it; null when the service is not (or no longer) found, undefined while that is asked. */
  readonly service: ServiceView | null | undefined;
  readonly onClose: () => void;
}

const RANGES: ReadonlyArray<{ value: string; label: string; span: DurationMs }> = [
  { value: '15m', label: '15 m', span: minutes(15) },
  { value: '1h', label: '1 h', span: hours(1) },
  { value: '6h', label: '6 h', span: hours(6) },
  { value: '24h', label: '24 h', span: hours(24) },
];
const DEFAULT_RANGE = { value: '1h', span: hours(1) };

/** Of a service that is not found now there may still be data in the range. */
const USUAL_SIGNALS = ['request_rate', 'error_ratio', 'latency_p95'] as const;

/** Every threshold fits one page for all but the largest installations; those see a link to the rest. */
const MOST_THRESHOLDS = 1000;

/** Everything about one service, beside the list it came from. */
export function ServiceDrawer({ name, service, onClose }: ServiceDrawerProps) {
  const styles = useStyles2(getStyles);
  const params = useQueryParams();
  const range = RANGES.find(({ value }) => value === params.get('range')) ?? DEFAULT_RANGE;
  const thresholds = useOperation(listThresholds, { limit: MOST_THRESHOLDS });
  const inForce = thresholdsOf(thresholds.data?.items ?? [], name);
  return (
    <Drawer title={name} subtitle={<Facts service={service} />} size="md" onClose={onClose}>
      <div className={styles.body}>
        <Health name={name} />
        <OpenAlerts name={name} />
        <Section
          title={t('overview.service-drawer.signals', 'Signals')}
          actions={
            <RadioButtonGroup
              size="sm"
              aria-label={t('overview.service-drawer.time-range', 'Time range')}
              options={RANGES.map(({ value, label }) => ({ value, label }))}
              value={range.value}
              onChange={(value) => params.set({ range: value === DEFAULT_RANGE.value ? null : value })}
            />
          }
        >
          {service === undefined ? (
            <Skeleton label={t('overview.service-drawer.loading-the-signals', 'Loading the signals')} height={150} />
          ) : (
            <ServiceCharts
              name={name}
              signals={service?.signals ?? USUAL_SIGNALS}
              span={range.span}
              thresholds={inForce}
            />
          )}
        </Section>
        <ServiceEvidence name={name} />
        <ServiceThresholds name={name} thresholds={inForce} loading={thresholds.isPending} />
      </div>
    </Drawer>
  );
}

/** The service's own thresholds, and the defaults that it does not override. */
export function thresholdsOf(all: readonly ThresholdView[], name: string): ThresholdView[] {
  const own = all.filter(({ service }) => service === name);
  const overridden = new Set(own.map(({ signal }) => (typeof signal === 'string' ? signal : '')));
  const defaults = all.filter(
    ({ service, signal }) => service === '*' && typeof signal === 'string' && !overridden.has(signal)
  );
  return [...own, ...defaults];
}

function Facts({ service }: { service: ServiceDrawerProps['service'] }) {
  const styles = useStyles2(getStyles);
  if (service === undefined) {
    return <span>{t('overview.service-drawer.loading', 'Loading')}</span>;
  }
  if (service === null) {
    return (
      <span>
        {t(
          'overview.service-drawer.not-found-in-the-metrics',
          'Not found in the metrics now; what is known about it is shown below.'
        )}
      </span>
    );
  }
  const { owner, versions, newestSampleAt, newestLogAt, newestSpanAt } = service;
  const newest = [
    [t('overview.service-drawer.newest-sample', 'newest sample'), newestSampleAt],
    [t('overview.service-drawer.log-line', 'log line'), newestLogAt],
    [t('overview.service-drawer.span', 'span'), newestSpanAt],
  ] as const;
  return (
    <span className={styles.facts}>
      <span>
        {owner === ''
          ? t('overview.service-drawer.no-owner', 'no owner')
          : t('overview.service-drawer.owned-by', 'owned by {{owner}}', { owner })}
      </span>
      {versions.length > 0 && (
        <span>
          {t('overview.service-drawer.versions', '', {
            count: versions.length,
            versions: versions.join(', '),
            defaultValue_one: 'version {{versions}}',
            defaultValue_other: 'versions {{versions}}',
          })}
        </span>
      )}
      {newest.map(([what, at]) =>
        at === null ? null : (
          <span key={what}>
            {what} <RelativeTime at={at} />
          </span>
        )
      )}
    </span>
  );
}

function Health({ name }: { name: string }) {
  const styles = useStyles2(getStyles);
  const { data, error, isPending, refetch } = useOperation(getServiceHealth, { name });
  if (isPending) {
    return (
      <Skeleton label={t('overview.service-drawer.loading-the-health', 'Loading the health')} height={24} rows={2} />
    );
  }
  if (error) {
    return (
      <ErrorState
        what={t('overview.service-drawer.the-health-could-not-be', 'The health could not be loaded')}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  return (
    <Section
      title={t('overview.service-drawer.health', 'Health')}
      actions={<StateTag look={HEALTH_LOOK[data.state]} />}
    >
      {data.reasons.length === 0 ? (
        <span className={styles.quiet}>
          {t('overview.service-drawer.nothing-is-wrong-that-pharos', 'Nothing that Pharos watches is wrong.')}
        </span>
      ) : (
        <ul className={styles.list}>
          {data.reasons.map(({ text, state, since, alertId, dependency }) => (
            <li key={text} className={styles.line}>
              <StateTag look={HEALTH_LOOK[state]} />
              <span className={styles.text}>
                {text}
                {alertId !== undefined && (
                  <>
                    {' '}
                    <AppLink to={`/alerts/${encodeURIComponent(alertId)}`} className={styles.link}>
                      {t('overview.service-drawer.alert', 'alert')}
                    </AppLink>
                  </>
                )}
                {dependency !== undefined && (
                  <>
                    {' '}
                    <AppLink
                      to={`/?${new URLSearchParams({ service: dependency }).toString()}`}
                      className={styles.link}
                    >
                      {dependency}
                    </AppLink>
                  </>
                )}
              </span>
              {since !== null && (
                <span className={styles.quiet}>
                  <RelativeTime at={since} form="span" />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function OpenAlerts({ name }: { name: string }) {
  const styles = useStyles2(getStyles);
  const { data } = useOperation(listAlerts, { service: [name], limit: 10 });
  if (data === undefined || data.items.length === 0) {
    return null;
  }
  return (
    <Section
      title={t('overview.service-drawer.alerts', 'Alerts')}
      actions={
        <AppLink to={`/alerts?${new URLSearchParams({ service: name }).toString()}`} className={styles.link}>
          {data.counts.total === 1
            ? t('overview.service-drawer.on-alerts', 'View in Alerts')
            : t('overview.service-drawer.all-on-alerts', 'View all {{total}} in Alerts', { total: data.counts.total })}
        </AppLink>
      }
    >
      <ul className={styles.list}>
        {data.items.map(({ id, severity, summary, startsAt, acknowledged }) => (
          <li key={id} className={styles.line}>
            <StateTag look={SEVERITY_LOOK[severity]} />
            <AppLink to={`/alerts/${encodeURIComponent(id)}`} className={styles.text}>
              {summary}
            </AppLink>
            <span className={styles.quiet}>
              {acknowledged &&
                t('overview.service-drawer.acknowledged-by', 'acknowledged by {{by}}, ', { by: acknowledged.by })}
              <RelativeTime at={startsAt} form="span" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  body: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  facts: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2) }),
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.75) }),
  line: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' }),
  text: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }),
  quiet: css({ color: theme.colors.text.secondary }),
  link: css({ color: theme.colors.text.link, textDecoration: 'underline', textUnderlineOffset: 3 }),
});
