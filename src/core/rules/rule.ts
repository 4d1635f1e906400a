import type { Severity } from '../alerts/severity.ts';
import type { Labels } from '../labels.ts';
import type { SignalName, Unit } from '../signals/catalogue.ts';
import type { DurationMs } from '../units.ts';

export interface RuleLevel {
  readonly name: 'warning' | 'critical';
  readonly severity: Severity;
  readonly value: number;
}

/** Where a rule's numbers come from. `signal` rules of one signal share one query; `expr` rules have their own. */
export type RuleQuery =
  | {
      readonly kind: 'signal';
      readonly signal: SignalName;
      readonly service: string;
      readonly except: readonly string[];
    }
  | { readonly kind: 'expr'; readonly expr: string };

/**
 * What thresholds, burn rates and bands compile to. A value: the engine evaluates it, or a writer turns it into a Prometheus or
 * Grafana rule. One alert per series; its severity is the highest level whose `for` has passed.
 */
export interface Rule {
  readonly id: string;
  readonly namespace: string;
  readonly title: string;
  readonly query: RuleQuery;
  readonly direction: 'above' | 'below';
  /** Least urgent first. */
  readonly levels: readonly RuleLevel[];
  readonly unit: Unit;
  readonly for: DurationMs;
  /** An open alert resolves only after being clear for this long: a value that dances on the level does not flap. */
  readonly keepFiringFor: DurationMs;
  readonly labels: Labels;
  readonly annotations: Labels;
}
