import type { Severity } from '../../core/alerts/severity.ts';
import type { ChangeKind } from '../../core/serviceMap/diffServiceMaps.ts';
import type { CallKind, NodeKind } from '../../core/serviceMap/serviceMap.ts';
import type { HealthState } from '../../core/services/service.ts';

/** Calls as they are shown: per second, share, seconds; null where nothing tells. */
export interface ShownFigures {
  readonly calls: number;
  readonly failed: number;
  readonly rate: number | null;
  readonly errorRatio: number | null;
  readonly p95: number | null;
}

/** Something different from the baseline, with the chance of it without a cause. */
export interface ShownChange {
  readonly kind: ChangeKind;
  readonly p: number;
}

export interface ShownNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly namespace: string;
  readonly received: ShownFigures | null;
  readonly health: { readonly state: HealthState; readonly why: string | null };
  readonly alerts: Readonly<Record<Severity, number>>;
  /** Only in the baseline. */
  readonly gone: boolean;
  /** Of a service without calls on either side: all others change by their edges. */
  readonly changes: readonly ShownChange[];
}

export interface ShownEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: CallKind;
  readonly figures: ShownFigures;
  readonly before: ShownFigures | null;
  readonly changes: readonly ShownChange[];
}

/** What is chosen on the map. */
export type Chosen = { readonly node: string } | { readonly edge: string } | null;
