import {
  applyFieldOverrides,
  FieldColorModeId,
  FieldType,
  ThresholdsMode,
  type DataFrame,
  type FieldConfig,
  type GrafanaTheme2,
  type Threshold,
} from '@grafana/data';
import { GRAFANA_UNITS } from '../core/signals/grafanaUnits.ts';
import { labelValue, type Labels } from '../core/labels.ts';
import { ownValue } from '../core/ownValue.ts';
import { roomAbove } from '../core/thresholds/levelScale.ts';
import type { ChartLevels, SignalChartProps } from './signalChartProps.ts';

function thresholdSteps(levels: ChartLevels | undefined): Threshold[] {
  const { warning = null, critical = null } = levels ?? {};
  const steps = [
    ...(warning === null ? [] : [{ value: warning, color: 'orange' }]),
    ...(critical === null ? [] : [{ value: critical, color: 'red' }]),
  ];
  return [{ value: -Infinity, color: 'transparent' }, ...steps.toSorted((a, b) => a.value - b.value)];
}

/** Keeps the levels within sight although the signal is far from them. */
function highestLevel(levels: ChartLevels | undefined): number | undefined {
  const values = [levels?.warning, levels?.critical].filter((value) => typeof value === 'number');
  return values.length === 0 ? undefined : Math.max(...values);
}

function fieldConfig({ unit, levels, moving }: Pick<SignalChartProps, 'unit' | 'levels' | 'moving'>): FieldConfig {
  const top = highestLevel(levels);
  // Levels that move are drawn by their handles: the chart behind them stands still.
  const shown = moving ? undefined : levels;
  return {
    unit: GRAFANA_UNITS[unit],
    color: { mode: FieldColorModeId.PaletteClassic },
    thresholds: { mode: ThresholdsMode.Absolute, steps: thresholdSteps(shown) },
    custom: {
      drawStyle: 'line',
      lineWidth: 1,
      fillOpacity: 8,
      showPoints: 'never',
      spanNulls: false,
      axisBorderShow: false,
      axisSoftMin: 0,
      ...(top === undefined ? {} : { axisSoftMax: moving ? roomAbove(top) : top * 1.1 }),
      ...(top === undefined || moving ? {} : { thresholdsStyle: { mode: 'dashed' } }),
    },
  };
}

/** Labels in which the series differ: those they share say nothing on a legend. */
function tellingLabels(all: readonly Labels[]): (labels: Labels) => string {
  const names = [...new Set(all.flatMap((labels) => Object.keys(labels)))].toSorted();
  const telling = names.filter((name) => new Set(all.map((labels) => labelValue(labels, name))).size > 1);
  return (labels) => telling.flatMap((name) => ownValue(labels, name) ?? []).join(' ');
}

/** Frames with display names, units and levels, as `TimeSeries` draws them. */
export function chartFrames(props: SignalChartProps, theme: GrafanaTheme2, timeZone: string): DataFrame[] {
  const { series, title } = props;
  const telling = tellingLabels(series.map(({ labels }) => labels));
  const nameOf = props.nameOf ?? (({ labels }) => telling(labels) || title);
  const config = fieldConfig(props);
  const data = series.map<DataFrame>((one) => ({
    length: one.times.length,
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: [...one.times] },
      {
        name: 'Value',
        type: FieldType.number,
        // On each field: the defaults of `applyFieldOverrides` reach only options that the host has registered, and the console has none.
        config: { ...config, displayName: nameOf(one) },
        values: one.values.map((value) => (Number.isFinite(value) ? value : null)),
      },
    ],
  }));
  return applyFieldOverrides({
    data,
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables: (text) => text,
    theme,
    timeZone,
  });
}
