import type { Labels } from '../labels.ts';
import type { EpochMs } from '../units.ts';
import type { AlertSource, LevelTimers } from './alert.ts';
import type { Severity } from './severity.ts';

/**
 * What any source says about one alert at one moment; the only input of the alert state machine.
 * The engine's evaluator sends `pending`, `firing`, `no_data` and `clear`; intake sends `firing`, `no_data` and `resolved`.
 */
export interface Observation {
  readonly source: AlertSource;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly status: 'pending' | 'firing' | 'no_data' | 'clear' | 'resolved';
  readonly severity: Severity;
  readonly severityMappedFrom: string | null;
  readonly summary: string;
  readonly service: string;
  readonly ruleId: string;
  readonly value: number | null;
  readonly unit: string | null;
  /** When it began according to the source; null means now. */
  readonly startsAt: EpochMs | null;
  /** When it lapses unless renewed (pushed alerts), else null. */
  readonly endsAt: EpochMs | null;
  readonly generatorUrl: string | null;
  /** Why, as a sentence for the history. */
  readonly reason: string;
  /** Who resolved it where a source says so; else the source itself. */
  readonly actor: string;
  readonly timers: LevelTimers;
}
