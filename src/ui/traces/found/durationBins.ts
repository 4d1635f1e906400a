import { MARGIN, type PlotPoint } from './plotScale.ts';

/** Traces of about one duration, as the plot lays durations out. */
export interface DurationBin {
  /** Px from the top of the plot. */
  readonly top: number;
  readonly height: number;
  readonly points: readonly PlotPoint[];
  readonly failed: number;
}

/** So high that a finger meets one. */
const BIN_PX = 10;

/** Counts the points of a plot so high by their height, from above; what stands on an edge counts to the bin below it, on the floor to the last. */
export function durationBins(points: readonly PlotPoint[], height: number): readonly DurationBin[] {
  const inner = height - MARGIN.top - MARGIN.bottom;
  const count = Math.max(1, Math.round(inner / BIN_PX));
  const each = inner / count;
  const bins = Array.from({ length: count }, (): PlotPoint[] => []);
  for (const point of points) {
    bins[Math.max(0, Math.min(count - 1, Math.floor((point.y - MARGIN.top) / each)))]?.push(point);
  }
  return bins.map((inside, at) => ({
    ...{ top: MARGIN.top + at * each, height: each, points: inside },
    failed: inside.filter(({ failed }) => failed).length,
  }));
}

/** The bin at a height, if there is one. */
export const binAt = (bins: readonly DurationBin[], y: number): DurationBin | undefined =>
  bins.find(({ top, height }) => y >= top && y < top + height);
