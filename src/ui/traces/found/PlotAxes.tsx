import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useDisplay } from '../../display.ts';
import { formatClock, formatInstant } from '../../formatTime.ts';
import { formatMs } from './foundTraces.ts';
import { MARGIN, timeTicks, type Plot, type PlotSize } from './plotScale.ts';

export interface PlotAxesProps {
  readonly plot: Plot;
  readonly size: PlotSize;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** In shorter windows minutes are not enough to tell two moments apart. */
const SECONDS_BELOW_MS = 10 * 60_000;

/** Lines of the durations, and times below them. */
export function PlotAxes({ plot, size, from, to }: PlotAxesProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const right = size.width - MARGIN.right;
  const clock = (at: number): string =>
    to - from < SECONDS_BELOW_MS ? formatInstant(at, timeZone).slice(0, 8) : formatClock(at, to, timeZone);
  return (
    <g aria-hidden>
      {plot.ticks.map((ms) => (
        <g key={ms}>
          <line className={styles.line} x1={MARGIN.left} x2={right} y1={plot.y(ms)} y2={plot.y(ms)} />
          <text className={styles.label} x={MARGIN.left - 6} y={plot.y(ms) + 4} textAnchor="end">
            {formatMs(ms)}
          </text>
        </g>
      ))}
      {timeTicks(from, to, size.width).map((at) => (
        <text
          key={at}
          className={styles.label}
          x={plot.x(at)}
          y={size.height - 4}
          textAnchor={at === from ? 'start' : at === to ? 'end' : 'middle'}
        >
          {clock(at)}
        </text>
      ))}
    </g>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({ stroke: theme.colors.border.weak }),
  label: css({ fill: theme.colors.text.secondary, fontSize: 11 }),
});
