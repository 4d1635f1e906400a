/** One bucket of a classic histogram: how many calls took at most `le` seconds. */
export interface Bucket {
  /** Upper bound in seconds; the last is infinite. */
  readonly le: number;
  /** Cumulative, as Prometheus has it. */
  readonly count: number;
}

/** Cumulative counts by upper bound, while they are being added up. */
export type BucketSums = Map<number, number>;

export function addToBucket(sums: BucketSums, le: number, count: number): void {
  sums.set(le, (sums.get(le) ?? 0) + count);
}

/** Ascending, and never falling: sums of rates may be off by the last bits (as `ensureMonotonicAndIgnoreSmallDeltas` of Prometheus). */
export function toBuckets(sums: BucketSums): readonly Bucket[] {
  let highest = 0;
  return [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([le, count]) => {
      highest = Math.max(highest, count);
      return { le, count: highest };
    });
}

/**
 * A quantile as PromQL's `histogram_quantile` has it: linear within its bucket; in the last one, the bound before it.
 * @returns seconds; null without an infinite bucket, or without calls
 */
export function quantileOfBuckets(share: number, buckets: readonly Bucket[]): number | null {
  const last = buckets.at(-1);
  if (last === undefined || last.le !== Number.POSITIVE_INFINITY || buckets.length < 2 || !(last.count > 0)) {
    return null;
  }
  const rank = share * last.count;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[index] ?? last;
  const before = buckets[index - 1];
  if (bucket.le === Number.POSITIVE_INFINITY) {
    return before?.le ?? null;
  }
  if (before === undefined) {
    return bucket.le <= 0 ? bucket.le : (bucket.le * rank) / bucket.count;
  }
  return before.le + ((bucket.le - before.le) * (rank - before.count)) / (bucket.count - before.count);
}

/** Bounds a quarter of an octave apart, from 0.1 ms to 1000 s: for durations that are known one by one. */
const BOUNDS: readonly number[] = [
  ...Array.from({ length: 94 }, (_, index) => 0.0001 * 2 ** (index / 4)),
  Number.POSITIVE_INFINITY,
];

/** @param durations seconds */
export function bucketsOfDurations(durations: readonly number[]): readonly Bucket[] {
  const sorted = durations.toSorted((a, b) => a - b);
  let count = 0;
  return BOUNDS.map((le) => {
    while (count < sorted.length && (sorted[count] ?? 0) <= le) {
      count += 1;
    }
    return { le, count };
  });
}
