import { lazy, Suspense } from 'react';
import { formatValue } from '../core/signals/formatValue.ts';
import type { ChartMark, SignalChartProps } from './signalChartProps.ts';
import { Skeleton } from './Skeleton.tsx';
import { useWidth } from './useWidth.ts';

export type { ChartMark, SignalChartProps };

/** The drawing library is half of all code: pages without charts do not load it. */
const TimeSeriesChart = lazy(() => import('./TimeSeriesChart.tsx').then((m) => ({ default: m.TimeSeriesChart })));

const LEVELS = ['warning', 'critical'] as const;

/** What the chart shows, in a sentence. */
export function describeChart({ title, series, unit, levels }: SignalChartProps): string {
  const values = series.flatMap((one) => one.values.filter(Number.isFinite));
  const last = series[0]?.values.findLast(Number.isFinite);
  if (last === undefined) {
    return `${title}: no data in this time.`;
  }
  const lines = LEVELS.flatMap((level) => {
    const value = levels?.[level] ?? null;
    return value === null ? [] : [`${level} at ${formatValue(value, unit)}`];
  });
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sentences = [`${title}: last ${formatValue(last, unit)}, highest ${formatValue(highest, unit)}`, ...lines];
  return `${sentences.join('; ')}.`;
}

/** A signal over time with the levels of its threshold, drawn as Grafana draws it. */
export function SignalChart(props: SignalChartProps) {
  const [measure, width] = useWidth<HTMLDivElement>();
  const height = props.height ?? 180;
  return (
    <div ref={measure} role="img" aria-label={describeChart(props)} style={{ minHeight: height, width: '100%' }}>
      {width > 0 && (
        <Suspense fallback={<Skeleton label={`Loading the chart of ${props.title}`} height={height} />}>
          <TimeSeriesChart {...props} width={width} height={height} />
        </Suspense>
      )}
    </div>
  );
}
