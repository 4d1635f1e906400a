import { css } from '@emotion/css';
import { dateTime, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import {
  LegendDisplayMode,
  TimeSeries,
  TooltipPlugin2,
  useStyles2,
  useTheme2,
  type UPlotConfigBuilder,
} from '@grafana/ui';
import { useLayoutEffect, useMemo, useRef, type ComponentPropsWithoutRef } from 'react';
import { chartFrames } from './chartFrames.ts';
import { ChartLegend } from './ChartLegend.tsx';
import { useDisplay } from './display.ts';
import { formatAbsolute } from './formatTime.ts';
import type { ChartBand, ChartMark, SignalChartProps } from './signalChartProps.ts';
import type { PlotArea } from './LevelHandles.tsx';
import { toneColor } from './tone.ts';

export type TimeSeriesChartProps = SignalChartProps & {
  readonly width: number;
  readonly height: number;
  /** Where it draws, each time that it has drawn. */
  readonly onArea?: (area: PlotArea) => void;
};

/** Value of `TooltipHoverMode.xAll`, a const enum that cannot be imported under isolatedModules: all series at the cursor's time. */
const ALL_SERIES = 1;
const MANY_SERIES = 12;
/** Ours stands below. */
const NO_LEGEND: ComponentPropsWithoutRef<typeof TimeSeries>['legend'] = {
  showLegend: false,
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
};
/** Room for the longest label of a mark, in px. */
const LABEL_WIDTH = 84;
const LABEL_HEIGHT = 14;

/** The chart itself, once its size is known. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { width, height, from, to, series, marks = [], bands = [], onZoom, onArea } = props;
  const theme = useTheme2();
  const { timeZone } = useDisplay();
  const frames = useMemo(() => chartFrames(props, theme, timeZone), [props, theme, timeZone]);
  const timeRange = useMemo(() => {
    const range = { from: dateTime(from), to: dateTime(to) };
    return { ...range, raw: range };
  }, [from, to]);
  return (
    <>
      <TimeSeries
        frames={frames}
        width={width}
        height={height}
        timeRange={timeRange}
        timeZone={timeZone}
        legend={NO_LEGEND}
      >
        {(config: UPlotConfigBuilder, aligned: DataFrame) => (
          <>
            <Bands config={config} bands={bands} />
            <Marks config={config} marks={marks} />
            {onArea && <Area config={config} onArea={onArea} />}
            <TooltipPlugin2
              config={config}
              hoverMode={ALL_SERIES}
              {...(onZoom ? { queryZoom: onZoom } : {})}
              render={(_, dataIdxs) => <HoverValues frame={aligned} indexes={dataIdxs} />}
            />
          </>
        )}
      </TimeSeries>
      {series.length > 1 && series.length <= MANY_SERIES && <ChartLegend frames={frames} />}
    </>
  );
}

/** Tells where the values stand, for what is laid over the chart. */
function Area({ config, onArea }: { config: UPlotConfigBuilder; onArea: (area: PlotArea) => void }) {
  const latest = useRef(onArea);
  useLayoutEffect(() => {
    latest.current = onArea;
  });
  useLayoutEffect(() => {
    config.addHook('draw', ({ over, root, scales }) => {
      // Named after unit and range; uPlot keeps an empty one besides.
      const values = Object.entries(scales).flatMap(([name, { min, max }]) =>
        name !== 'x' && typeof min === 'number' && typeof max === 'number' ? [{ min, max }] : []
      )[0];
      const chart = root.closest('[role="figure"]')?.getBoundingClientRect();
      if (chart === undefined || values === undefined) {
        return;
      }
      const { left, top, width, height } = over.getBoundingClientRect();
      latest.current({ ...values, left: left - chart.left, top: top - chart.top, width, height });
    });
  }, [config]);
  return null;
}

/** Lines at moments that matter. */
function Marks({ config, marks }: { config: UPlotConfigBuilder; marks: readonly ChartMark[] }) {
  const theme = useTheme2();
  useLayoutEffect(() => {
    config.addHook('draw', (plot) => {
      const { ctx, bbox } = plot;
      ctx.save();
      ctx.font = `${Math.round(11 * devicePixelRatio)}px ${theme.typography.fontFamily}`;
      const shown = marks
        .map((mark) => ({ ...mark, x: Math.round(plot.valToPos(mark.at, 'x', true)) }))
        .filter(({ x }) => x >= bbox.left && x <= bbox.left + bbox.width);
      ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
      for (const { x, tone } of shown) {
        ctx.strokeStyle = toneColor(theme, tone);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
      ctx.textAlign = 'left';
      ctx.textBaseline = 'top';
      let previous = -Infinity;
      let row = 0;
      for (const { x, label, tone } of shown) {
        // Labels of moments close together stand below each other.
        row = x - previous < LABEL_WIDTH * devicePixelRatio ? row + 1 : 0;
        previous = x;
        const nearRight = x > bbox.left + bbox.width * 0.75;
        const gap = 4 * devicePixelRatio;
        const { width } = ctx.measureText(label);
        const left = nearRight ? x - gap - width : x + gap;
        const top = bbox.top + (2 + row * LABEL_HEIGHT) * devicePixelRatio;
        // The lines of its neighbours would run through the words.
        ctx.fillStyle = theme.colors.background.primary;
        ctx.fillRect(left - 1, top - 1, width + 2, LABEL_HEIGHT * devicePixelRatio);
        ctx.fillStyle = toneColor(theme, tone);
        ctx.fillText(label, left, top);
      }
      ctx.restore();
    });
  }, [config, marks, theme]);
  return null;
}

/** Thinnest band in CSS px: an episode of a minute in a week must not vanish. */
const THINNEST_BAND = 2;

/** Shaded stretches, behind the lines. */
function Bands({ config, bands }: { config: UPlotConfigBuilder; bands: readonly ChartBand[] }) {
  const theme = useTheme2();
  useLayoutEffect(() => {
    config.addHook('drawClear', ({ ctx, bbox, valToPos }) => {
      ctx.save();
      ctx.globalAlpha = 0.18;
      for (const { from, to, tone } of bands) {
        const left = Math.max(bbox.left, valToPos(from, 'x', true));
        const right = Math.min(bbox.left + bbox.width, valToPos(to, 'x', true));
        if (right >= left) {
          ctx.fillStyle = toneColor(theme, tone);
          ctx.fillRect(left, bbox.top, Math.max(right - left, THINNEST_BAND * devicePixelRatio), bbox.height);
        }
      }
      ctx.restore();
    });
  }, [config, bands, theme]);
  return null;
}

/** What stands at the cursor: the time, then each series. */
function HoverValues({ frame, indexes }: { frame: DataFrame; indexes: ReadonlyArray<number | null> }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const index = indexes.find((one) => one !== null && one !== undefined);
  const [time, ...fields] = frame.fields;
  const at: unknown = index === undefined || index === null ? undefined : time?.values[index];
  if (typeof at !== 'number') {
    return null;
  }
  return (
    <div className={styles.hover}>
      <div className={styles.time}>{formatAbsolute(at, timeZone)}</div>
      {fields.map((field, i) => {
        const shown = field.display?.(field.values[index ?? 0]);
        return (
          <div key={i} className={styles.line}>
            <span>{field.state?.displayName ?? field.config.displayName ?? field.name}</span>
            <b>{shown ? `${shown.prefix ?? ''}${shown.text}${shown.suffix ?? ''}` : ''}</b>
          </div>
        );
      })}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  hover: css({ padding: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
  time: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(0.5) }),
  line: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(2) }),
});
