import type { Labels } from '../../src/core/labels.ts';

/** A series that a rule has had data of. */
export interface SeenSeries {
  /** Fingerprint of the labels. */
  readonly key: string;
  readonly ruleId: string;
  readonly labels: Labels;
}

/** What the evaluator waits for, so that also what ends while no engine runs is missed. */
export interface SeenSeriesRepository {
  list(namespace: string): Promise<readonly SeenSeries[]>;
  /** Adds, or gives to another rule. Bulk. */
  save(namespace: string, series: readonly SeenSeries[]): Promise<void>;
  forget(namespace: string, keys: readonly string[]): Promise<void>;
}
