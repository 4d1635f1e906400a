import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { epochMs, hours, minutes, type EpochMs } from '../../core/units.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useGrafanaUrl } from '../../host/useGrafanaUrl.ts';
import { t } from '../../i18n/t.ts';
import { buildCallRatesQuery } from '../../queries/promql/serviceMapQueries.ts';
import { CallsInExplore } from '../../ui/CallsInExplore.tsx';
import { useNow } from '../../ui/useNow.ts';

const RANGES = [
  ['15m', minutes(15)],
  ['1h', hours(1)],
  ['6h', hours(6)],
  ['24h', hours(24)],
] as const;

/** What is shown in Explore before and after the span. */
const AROUND = minutes(15);
const RATE = minutes(5);

export interface SpanMetricsProps {
  readonly service: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** The service's charts, which end now and go as far back as the span, and in Grafana its calls at the time of the span. */
export function SpanMetrics({ service, from, to }: SpanMetricsProps) {
  const styles = useStyles2(getStyles);
  const grafana = useGrafanaUrl();
  const range = useNow((now) => RANGES.find(([, span]) => now - from < span)?.[0] ?? '');
  const window = { from: epochMs(from - AROUND), to: epochMs(to + AROUND) };
  return (
    <>
      {range !== '' && (
        <AppLink to={`/?${new URLSearchParams({ service, range }).toString()}`} className={styles.link}>
          {t('trace.span-metrics.metrics-of', 'Metrics of {{service}}', { service })}
        </AppLink>
      )}
      {grafana !== undefined && (
        <CallsInExplore
          grafana={grafana}
          metrics={buildCallRatesQuery({ to: { kind: 'service', name: service } }, RATE)}
          window={window}
        />
      )}
      {range === '' && grafana === undefined && (
        <Text color="secondary">
          {t(
            'trace.span-metrics.too-old',
            'The charts of {{service}} go back one day, and this span is older. Explore in Grafana has its metrics, if a Grafana is connected and you may use Explore.',
            { service }
          )}
        </Text>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
