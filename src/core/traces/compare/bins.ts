import { ascending, quantile } from '../../statistics/quantile.ts';
import type { ValueRange } from './attributeDifference.ts';

/** Values at which a quantity is parted, ascending, each once; none that would leave nothing below it. */
export function binEdges(values: readonly number[], shares: readonly number[]): readonly number[] {
  const sorted = ascending(values.filter(Number.isFinite));
  const least = sorted[0] ?? 0;
  const edges = shares.map((share) => rounded(quantile(sorted, share))).filter((edge) => edge > least);
  return [...new Set(edges)].toSorted((a, b) => a - b);
}

/** A reader sees `12.3`, so the edge is just that. */
const rounded = (value: number): number => Number(value.toPrecision(3));

/** The bin before the first edge is 0. */
export const rangeOf = (edges: readonly number[], at: number): ValueRange => ({
  from: edges[at - 1] ?? null,
  to: edges[at] ?? null,
});
