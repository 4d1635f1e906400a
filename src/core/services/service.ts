import type { EpochMs } from '../units.ts';

/** Worst last. */
export const HEALTH_STATES = ['healthy', 'unknown', 'degraded', 'critical'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

export interface HealthReason {
  readonly kind: 'alert' | 'up' | 'missing_data' | 'dependency';
  readonly state: HealthState;
  /** A sentence with the number in it. */
  readonly text: string;
  readonly since: EpochMs | null;
  readonly alertId?: string;
  readonly dependency?: string;
}

export interface ServiceHealth {
  readonly service: string;
  readonly state: HealthState;
  readonly since: EpochMs | null;
  /** Worst first; empty when healthy. */
  readonly reasons: readonly HealthReason[];
  readonly checkedAt: EpochMs;
}

/** Which label names carry the service, found by discovery; the first present wins. */
export const SERVICE_LABELS = ['service_name', 'service', 'job'] as const;
