import type { Series } from '../core/series.ts';
import type { Unit } from '../core/signals/catalogue.ts';
import type { LevelName } from '../core/thresholds/levelScale.ts';
import type { Direction } from '../core/thresholds/threshold.ts';

export interface ChartLevels {
  readonly warning: number | null;
  readonly critical: number | null;
}

/** How the levels of a chart are moved. */
export interface LevelMoving {
  readonly direction: Direction;
  readonly onMove: (level: LevelName, value: number) => void;
}

/** A moment that matters, drawn as a line across the chart. */
export interface ChartMark {
  /** Epoch ms. */
  readonly at: number;
  readonly label: string;
  readonly tone: 'critical' | 'warning' | 'info' | 'ok' | 'quiet';
}

/** A stretch of time to be shaded, such as one in which an alert was open. */
export interface ChartBand {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly tone: ChartMark['tone'];
}

export interface SignalChartProps {
  /** What is drawn, for screen readers too. */
  readonly title: string;
  readonly series: readonly Series[];
  readonly unit: Unit;
  readonly levels?: ChartLevels | undefined;
  /** Given where the levels may be moved: then they have handles. */
  readonly moving?: LevelMoving | undefined;
  readonly marks?: readonly ChartMark[];
  readonly bands?: readonly ChartBand[];
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly height?: number;
  /** Name of a series; default: its labels, or the title when there is only one. */
  readonly nameOf?: (series: Series) => string;
  /** A time range was dragged over the chart. */
  readonly onZoom?: (range: { from: number; to: number }) => void;
}
