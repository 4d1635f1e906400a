import type { Labels } from '../../src/core/labels.ts';

/** A series that a rule has had data of. */
export interface SeenSeries {
  /** Fingerprint of the labels. */
  readonly key: string;
  readonly ruleId: string;
  readonly labels: Labels;
  /** Fingerprint of what the rule asked for; empty where the labels tell it. */
  readonly asked: string;
}

/** What the evaluator waits for, so that also what ends while no engine runs is missed. */
export interface SeenSeriesRepository {
  list(namespace: string): Promise<readonly SeenSeries[]>;
  /** Adds, or gives to another rule or question. Bulk. */
  save(namespace: string, series: readonly SeenSeries[]): Promise<void>;
  forget(namespace: string, keys: readonly string[]): Promise<void>;
}
