/** What a benchmark found, by names that carry their unit: `p99_ms`, `alerts_per_s`. */
export type Figures = Readonly<Record<string, number | string | boolean>>;

/** One file per benchmark. */
export interface Benchmark {
  /** What is measured and how, in a sentence. */
  readonly title: string;
  measure(say: (line: string) => void): Promise<Figures>;
}

/** The value below which `share` of the sorted values lie (nearest rank); NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));
