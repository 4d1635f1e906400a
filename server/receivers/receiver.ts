import type { Alert } from '../../src/core/alerts/alert.ts';
import type { TransitionKind } from '../../src/core/alerts/transition.ts';
import type { Json } from '../../src/core/json.ts';
import type { EpochMs } from '../../src/core/units.ts';

export interface NotifiedAlert {
  readonly alert: Alert;
  readonly kind: Extract<TransitionKind, 'fired' | 'severity_raised' | 'no_data' | 'resolved'>;
  readonly reason: string;
  readonly at: EpochMs;
  /** Page of the alert in the console or in Grafana. */
  readonly url: string;
}

/** One delivery: one alert in steady state, many in a storm. */
export interface Notification {
  /** Stable over retries and restarts; receivers deduplicate by it. */
  readonly id: string;
  readonly receiver: string;
  readonly namespace: string;
  readonly alerts: readonly NotifiedAlert[];
  readonly test: boolean;
  /** Sent along as the header of that name; absent where nothing is traced. */
  readonly traceparent?: string;
}

export type DeliveryResult =
  /** `isPartial`: some of the receiver's addresses did not get it, which `message` names; those that did are not told again. */
  | { readonly ok: true; readonly message: string; readonly isPartial?: true }
  /** `retryable` false: the other side will never take it as it is (bad address, 4xx other than 408, 425, 429). */
  | { readonly ok: false; readonly retryable: boolean; readonly message: string; readonly retryAfterMs: number | null };

/** All settings, secrets in the clear, as the kind's schema decoded them. */
export type ReceiverSettings = Readonly<Record<string, Json>>;

/** A field that a settings form shows, so that pages need no knowledge of the kinds. */
export interface SettingField {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly secret: boolean;
  readonly required: boolean;
}
