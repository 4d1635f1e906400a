import type { SignalName } from '../../core/signals/catalogue.ts';
import type { Scope, ServiceVector } from './scope.ts';

/** One way in which one signal can be had from metrics of certain names. */
export interface SignalSource {
  readonly signal: SignalName;
  /** All of these metric names must exist in the source. */
  readonly metrics: readonly string[];
  /** Label `service` and the value in the signal's unit. Absent where there is nothing to divide by. */
  readonly expr: (scope: Scope) => ServiceVector;
  /**
   * For signals that exist only where there is traffic: how much there is, per service. Tells a service without requests from one
   * whose data is missing.
   */
  readonly activity?: (scope: Scope) => ServiceVector;
}

/** A family of metric names that instrumentations share. */
export interface Convention {
  readonly name: string;
  /** Labels that may name the service, most telling first. */
  readonly serviceLabels: readonly string[];
  readonly sources: readonly SignalSource[];
}

/** Of metrics that any instrumentation exposes; the order is that of `SERVICE_LABELS`. */
export const COMMON_SERVICE_LABELS = ['service_name', 'service', 'job'] as const;
