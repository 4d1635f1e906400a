import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { lazy, Suspense, useState } from 'react';
import { formatValue } from '../core/signals/formatValue.ts';
import { LEVEL_NAMES } from '../core/thresholds/levelScale.ts';
import { t } from '../i18n/t.ts';
import { LevelHandles, type PlotArea } from './LevelHandles.tsx';
import type { ChartLevels, ChartMark, SignalChartProps } from './signalChartProps.ts';
import { Skeleton } from './Skeleton.tsx';
import { useWidth } from './useWidth.ts';

export type { ChartMark, SignalChartProps };

/** The drawing library is half of all code: pages without charts do not load it. */
const TimeSeriesChart = lazy(() => import('./TimeSeriesChart.tsx').then((m) => ({ default: m.TimeSeriesChart })));

const LEVEL_AT = {
  warning: (value: string) => t('ui.signal-chart.warning-at', 'warning at {{value}}', { value }),
  critical: (value: string) => t('ui.signal-chart.critical-at', 'critical at {{value}}', { value }),
} as const;

/** What the chart shows, in a sentence. */
export function describeChart({ title, series, unit, levels }: SignalChartProps): string {
  const values = series.flatMap((one) => one.values.filter(Number.isFinite));
  const last = series[0]?.values.findLast(Number.isFinite);
  if (last === undefined) {
    return t('ui.signal-chart.no-data-in-this-time', '{{title}}: no data in this time range.', { title });
  }
  const lines = LEVEL_NAMES.flatMap((level) => {
    const value = levels?.[level] ?? null;
    return value === null ? [] : [LEVEL_AT[level](formatValue(value, unit))];
  });
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sentences = [
    t('ui.signal-chart.last-highest', '{{title}}: last {{last}}, highest {{highest}}', {
      title,
      last: formatValue(last, unit),
      highest: formatValue(highest, unit),
    }),
    ...lines,
  ];
  return `${sentences.join('; ')}.`;
}

/** A signal over time with the levels of its threshold, drawn as Grafana draws it: no picture to a screen reader, as its legend is read. */
export function SignalChart(props: SignalChartProps) {
  const { levels, moving, unit, height = 180 } = props;
  const [measure, width] = useWidth<HTMLDivElement>();
  const [area, setArea] = useState<PlotArea>();
  const [held, setHeld] = useState<ChartLevels>();
  return (
    <div className={useStyles2(getStyles).place}>
      <div ref={measure} role="figure" aria-label={describeChart(props)} style={{ minHeight: height, width: '100%' }}>
        {width > 0 && (
          <Suspense
            fallback={
              <Skeleton
                label={t('ui.signal-chart.loading-the-chart-of', 'Loading the chart of {{title}}', {
                  title: props.title,
                })}
                height={height}
              />
            }
          >
            <TimeSeriesChart
              {...props}
              width={width}
              height={height}
              levels={held ?? levels}
              {...(moving ? { onArea: (next: PlotArea) => setArea((last) => keepSame(last, next)) } : {})}
            />
          </Suspense>
        )}
      </div>
      {moving && levels && area && (
        <LevelHandles
          {...{ levels, unit, area }}
          {...moving}
          onDrag={(isDragging) => setHeld(isDragging ? levels : undefined)}
        />
      )}
    </div>
  );
}

const keepSame = (last: PlotArea | undefined, next: PlotArea): PlotArea =>
  last !== undefined && AREA.every((name) => last[name] === next[name]) ? last : next;

const AREA = ['left', 'top', 'width', 'height', 'min', 'max'] as const;

const getStyles = () => ({ place: css({ position: 'relative', width: '100%' }) });
