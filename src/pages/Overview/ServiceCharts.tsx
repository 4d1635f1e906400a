import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { queryMetrics } from '../../api/system.ts';
import type { ThresholdView } from '../../api/thresholds.ts';
import { isAgeSignal } from '../../core/signals/age.ts';
import { findSignal, type SignalName } from '../../core/signals/catalogue.ts';
import { epochMs, type DurationMs } from '../../core/units.ts';
import { useLive } from '../../host/useLive.ts';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { NotKeptNote } from '../../ui/NotKeptNote.tsx';
import { SignalChart } from '../../ui/SignalChart.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useSteadyNow } from '../../ui/useSteadyNow.ts';

export interface ServiceChartsProps {
  readonly name: string;
  readonly signals: readonly SignalName[];
  readonly span: DurationMs;
  readonly thresholds: readonly ThresholdView[];
}

const CHART_HEIGHT = 150;
/** A query takes at most this many signals at once. */
const MOST_SIGNALS = 20;
const REFRESH_MS = 15_000;

/** The signals of a service with the levels that are in force. */
export function ServiceCharts({ name, signals: all, span, thresholds }: ServiceChartsProps) {
  const styles = useStyles2(getStyles);
  const { paused } = useLive();
  const to = useSteadyNow(REFRESH_MS, paused);
  const from = to - span;
  // Ages stand in the head of the drawer; of their past nothing is kept.
  const signals = all.filter((signal) => !isAgeSignal(signal));
  const { data, error, isPending, refetch } = useOperation(
    queryMetrics,
    {
      queries: signals.slice(0, MOST_SIGNALS).map((signal) => ({ id: signal, signal, service: name })),
      from: epochMs(from),
      to: epochMs(to),
    },
    { keepPrevious: true, enabled: signals.length > 0 }
  );
  if (signals.length === 0) {
    return (
      <Text color="secondary">
        {t(
          'overview.service-charts.no-signal-of-the-catalogue',
          'No signal of the catalog was found in the metrics of this service.'
        )}
      </Text>
    );
  }
  if (isPending) {
    return (
      <Skeleton
        label={t('overview.service-charts.loading-the-charts', 'Loading the charts')}
        height={CHART_HEIGHT}
        rows={Math.min(signals.length, 3)}
      />
    );
  }
  if (error && data === undefined) {
    return (
      <ErrorState
        what={t('overview.service-charts.the-charts-could-not-be', 'The charts could not be loaded')}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  return (
    <div className={styles.charts}>
      {data?.results.map(({ id, series, error: problem, notKept }) => {
        const signal = findSignal(id);
        const threshold = thresholds.find((one) => one.signal === id && one.enabled);
        return (
          <div key={id} className={styles.chart}>
            <Text element="h3" variant="bodySmall" weight="medium">
              {signal?.title ?? id}
            </Text>
            {problem !== null && <Text color="warning">{problem}</Text>}
            {problem === null && series.length === 0 && (
              <Text color="secondary">
                {t('overview.service-charts.no-data-in-this-time', 'No data in this time range.')}
              </Text>
            )}
            {series.length > 0 && (
              <SignalChart
                title={signal?.title ?? id}
                series={series}
                unit={signal?.unit ?? 'none'}
                levels={threshold}
                from={from}
                to={to}
                height={CHART_HEIGHT}
              />
            )}
            <NotKeptNote notKept={notKept} />
          </div>
        );
      })}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  charts: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
  }),
  chart: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5), minWidth: 0 }),
});
