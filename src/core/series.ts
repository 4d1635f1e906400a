import type { Labels } from './labels.ts';
import type { EpochMs } from './units.ts';

export interface Sample {
  readonly labels: Labels;
  readonly at: EpochMs;
  /** NaN and infinities as the source gave them. */
  readonly value: number;
}

/** One time series; `times` and `values` have the same length, times ascending. */
export interface Series {
  readonly labels: Labels;
  readonly times: readonly EpochMs[];
  readonly values: readonly number[];
}
