export interface Box {
  readonly width: number;
  readonly height: number;
  /** The box reaches at least to this value, so that what is small beside it looks small. */
  readonly leastTop?: number | undefined;
}

export interface Trend {
  /** Epoch ms, ascending. */
  readonly times: readonly number[];
  /** As many as times; NaN where there is none. */
  readonly values: readonly number[];
}

/**
 * SVG path of a trend within a box, zero at the bottom unless values are negative; gaps stay gaps.
 * @returns empty when there is nothing to draw
 */
export function sparklinePath({ times, values }: Trend, { width, height, leastTop = 0 }: Box): string {
  const finite = values.filter(Number.isFinite);
  const first = times[0] ?? 0;
  const span = (times[times.length - 1] ?? 0) - first;
  if (finite.length < 2 || span <= 0) {
    return '';
  }
  const low = Math.min(0, ...finite);
  const range = Math.max(leastTop, ...finite) - low || 1;
  let pen = 'M';
  let path = '';
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    const x = (((times[index] ?? first) - first) / span) * width;
    const y = height - ((value - low) / range) * height;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  }
  return path;
}
