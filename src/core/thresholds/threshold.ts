import type { Labels } from '../labels.ts';
import type { SignalName, Unit } from '../signals/catalogue.ts';
import type { DurationMs, EpochMs } from '../units.ts';

export type Direction = 'above' | 'below';

/** What a threshold watches: a signal of the catalogue, or an expression whose every series is judged. */
export type ThresholdSignal = SignalName | { readonly expr: string };

/** The service that means "every service without an override". */
export const ANY_SERVICE = '*';

/** The part that a person writes. Levels are in the signal's unit; at least one is set. */
export interface ThresholdSpec {
  readonly service: string;
  readonly signal: ThresholdSignal;
  readonly direction: Direction;
  readonly warning: number | null;
  readonly critical: number | null;
  readonly unit: Unit;
  readonly for: DurationMs;
  readonly owner: string;
  readonly runbookUrl: string;
  readonly labels: Labels;
  readonly enabled: boolean;
}

/** The part of a threshold that a person writes, without what is kept beside it. */
export function specOf(threshold: ThresholdSpec): ThresholdSpec {
  const { service, signal, direction, warning, critical, unit, owner, runbookUrl, labels, enabled } = threshold;
  return {
    service,
    signal,
    direction,
    warning,
    critical,
    unit,
    for: threshold.for,
    owner,
    runbookUrl,
    labels,
    enabled,
  };
}

export interface Threshold extends ThresholdSpec {
  readonly id: string;
  readonly namespace: string;
  /** Raised by one with every change; a stale writer is refused. */
  readonly version: number;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly updatedBy: string;
}

/** One entry of the change history: the whole spec as it stood, so that a revert is a copy. `spec` is null for a deletion. */
export interface ThresholdVersion {
  readonly thresholdId: string;
  readonly version: number;
  readonly at: EpochMs;
  readonly by: string;
  readonly reason: string;
  readonly change: 'created' | 'updated' | 'deleted' | 'reverted';
  readonly spec: ThresholdSpec | null;
}
