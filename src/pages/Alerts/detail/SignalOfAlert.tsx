import { Text } from '@grafana/ui';
import { useMemo } from 'react';
import type { AlertView, TransitionView } from '../../../api/alerts.ts';
import type { OutputOf } from '../../../api/operation.ts';
import { queryMetrics } from '../../../api/system.ts';
import { getThreshold, type ThresholdView } from '../../../api/thresholds.ts';
import type { Deploy } from '../../../core/evidence/evidence.ts';
import { findSignal } from '../../../core/signals/catalogue.ts';
import { epochMs } from '../../../core/units.ts';
import { useLive } from '../../../host/useLive.ts';
import { useOperation } from '../../../host/useOperation.ts';
import { t } from '../../../i18n/t.ts';
import { LoadState } from '../../../ui/LoadState.tsx';
import { NotKeptNote } from '../../../ui/NotKeptNote.tsx';
import { Section } from '../../../ui/Section.tsx';
import { SignalChart, type SignalChartProps } from '../../../ui/SignalChart.tsx';
import { useSteadyNow } from '../../../ui/useSteadyNow.ts';
import { toUnit } from '../../../ui/Value.tsx';
import { alertMarks, chartRange } from './alertMarks.ts';

export interface SignalOfAlertProps {
  readonly alert: AlertView;
  readonly timeline: readonly TransitionView[];
  readonly deploys: readonly Deploy[];
}

const HEIGHT = 240;
const REFRESH_MS = 15_000;

/** The signal of a threshold's alert, with the levels, the moment it crossed them, and deploys. Other sources' signals are not known here. */
export function SignalOfAlert(props: SignalOfAlertProps) {
  const { alert } = props;
  const ofThreshold = alert.source === 'pharos' && alert.ruleId !== '';
  const { data } = useOperation(getThreshold, { id: alert.ruleId }, { enabled: ofThreshold });
  if (!ofThreshold || data === undefined) {
    return null;
  }
  return <Chart {...props} threshold={data.threshold} />;
}

function Chart({ alert, timeline, deploys, threshold }: SignalOfAlertProps & { threshold: ThresholdView }) {
  const { paused } = useLive();
  const now = useSteadyNow(REFRESH_MS, paused);
  const { from, to } = chartRange(alert, now);
  const { signal, unit } = threshold;
  const query = useOperation(
    queryMetrics,
    { queries: [queryOf(signal, alert.service)], from: epochMs(from), to: epochMs(to) },
    { keepPrevious: true }
  );
  const marks = useMemo(() => alertMarks(timeline, deploys), [timeline, deploys]);
  const result = query.data?.results[0];
  const title =
    typeof signal === 'string'
      ? (findSignal(signal)?.title ?? signal)
      : t('alerts.signal-of-alert.expression', 'Expression');
  return (
    <Section
      title={
        alert.service === ''
          ? title
          : t('alerts.signal-of-alert.of-service', '{{title}} of {{service}}', { title, service: alert.service })
      }
    >
      <LoadState what={t('alerts.signal-of-alert.the-chart', 'The chart')} query={query} height={HEIGHT} />
      {result && (
        <Drawn result={result} {...{ title, marks, from, to }} unit={toUnit(unit)} levels={threshold} height={HEIGHT} />
      )}
    </Section>
  );
}

type DrawnProps = Omit<SignalChartProps, 'series'> & {
  readonly result: OutputOf<typeof queryMetrics>['results'][number];
};

function Drawn({ result: { error, series, notKept }, ...chart }: DrawnProps) {
  if (error !== null) {
    return <Text color="warning">{error}</Text>;
  }
  return (
    <>
      {series.length === 0 ? (
        <Text color="secondary">
          {t('alerts.signal-of-alert.the-source-has-no-data', 'The source has no data for this time.')}
        </Text>
      ) : (
        <SignalChart {...chart} series={series} />
      )}
      <NotKeptNote notKept={notKept} />
    </>
  );
}

const queryOf = (signal: ThresholdView['signal'], service: string) =>
  typeof signal === 'string' ? { id: 'signal', signal, service } : { id: 'signal', expr: signal.expr };
