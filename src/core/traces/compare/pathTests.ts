import { benjaminiHochberg } from '../../statistics/benjaminiHochberg.ts';
import { ascending, quantile } from '../../statistics/quantile.ts';
import { fisherExact } from '../../statistics/fisherExact.ts';
import { canBeSignificant, mannWhitney } from '../../statistics/mannWhitney.ts';
import { SIGNIFICANCE_LEVEL, type Tested } from './comparison.ts';
import type { PathTally } from './pathTally.ts';

/** Both sides of one path, or of another thing that each trace has or has not. */
export interface Sides<T> {
  readonly a: T;
  readonly b: T;
}

interface PathPs {
  readonly duration: number | null;
  readonly p95: number | null;
  readonly count: number | null;
  readonly errors: number | null;
}

/**
 * The four tests of a path. A trace counts once in each, with the mean of its spans, whether the longest of them is beyond the p95, how
 * many they are, and whether any failed: spans of one trace share their cause, and counted singly would make chance look like certainty.
 */
export function testPath({ a, b }: Sides<PathTally>, sizes: Sides<number>): PathPs {
  return {
    duration: testValues(a.means, b.means),
    p95: testP95(a, b),
    count: testCounts({ a: a.counts, b: b.counts }, sizes),
    errors: testShares({ have: a.failedTraces, of: a.means.length }, { have: b.failedTraces, of: b.means.length }),
  };
}

/**
 * Whether one side has more traces in the slowest twentieth of both together: the median test, for another quantile (Conover, Practical
 * Nonparametric Statistics, 3rd ed., 4.3).
 */
function testP95(a: PathTally, b: PathTally): number | null {
  const limit = quantile(ascending([...a.durations, ...b.durations]), 0.95);
  const beyond = ({ longest }: PathTally): Have => ({
    have: longest.filter((longestNs) => longestNs > limit).length,
    of: longest.length,
  });
  return testShares(beyond(a), beyond(b));
}

/** Null where no outcome could be significant. */
export const testValues = (a: readonly number[], b: readonly number[]): number | null =>
  canBeSignificant(a.length, b.length, SIGNIFICANCE_LEVEL) && !areEqual(a, b) ? (mannWhitney(a, b)?.p ?? null) : null;

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  const [first] = a;
  return a.every((value) => value === first) && b.every((value) => value === first);
}

interface Have {
  readonly have: number;
  readonly of: number;
}

/** Null where no outcome could be significant, or none or all have it. */
export function testShares(a: Have, b: Have): number | null {
  const have = a.have + b.have;
  const varies = have > 0 && have < a.of + b.of;
  return varies && canBeSignificant(a.of, b.of, SIGNIFICANCE_LEVEL) ? fisherExact(a, b) : null;
}

/** Traces without the path have a count of 0. Where it never comes twice the exact test of shares asks the same. */
function testCounts({ a, b }: Sides<readonly number[]>, sizes: Sides<number>): number | null {
  if (a.every((count) => count === 1) && b.every((count) => count === 1)) {
    return testShares({ have: a.length, of: sizes.a }, { have: b.length, of: sizes.b });
  }
  return testValues(padded(a, sizes.a), padded(b, sizes.b));
}

function padded(counts: readonly number[], size: number): readonly number[] {
  return [...counts, ...Array.from({ length: Math.max(0, size - counts.length) }, () => 0)];
}

/** Corrects all p-values of all paths together. */
export function correctTogether(ps: readonly PathPs[]): ReadonlyArray<{
  readonly [K in keyof PathPs]: Tested | null;
}> {
  const corrected = benjaminiHochberg(ps.flatMap(({ duration, p95, count, errors }) => [duration, p95, count, errors]));
  return ps.map(({ duration, p95, count, errors }, at) => ({
    duration: tested(duration, corrected[4 * at]),
    p95: tested(p95, corrected[4 * at + 1]),
    count: tested(count, corrected[4 * at + 2]),
    errors: tested(errors, corrected[4 * at + 3]),
  }));
}

/** A p-value with its corrected one. */
export const tested = (p: number | null, corrected: number | null | undefined): Tested | null =>
  p === null || corrected === null || corrected === undefined
    ? null
    : { p, corrected, isSignificant: corrected < SIGNIFICANCE_LEVEL };
