/**
 * The value below which `share` of the values lie, between two of them by their distance (Hyndman and Fan's type 7, as Prometheus does).
 * @param sorted ascending
 * @returns NaN without values
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = Math.min(Math.max(share, 0), 1) * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) {
    return Number.NaN;
  }
  return below + (above - below) * (place - Math.floor(place));
}

/** Ascending, in a copy: numbers in a typed array are sorted several times as fast as in a list. */
export const ascending = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();
