import type { Rule } from '../../src/core/rules/rule.ts';
import type { SignalName } from '../../src/core/signals/catalogue.ts';

/** Rules that share one query: all of one signal in a namespace, or all of one expression. */
export interface EvaluationUnit {
  readonly key: string;
  readonly namespace: string;
  readonly query:
    { readonly kind: 'signal'; readonly signal: SignalName } | { readonly kind: 'expr'; readonly expr: string };
  readonly rules: readonly Rule[];
}

const queryOf = ({ query }: Rule): EvaluationUnit['query'] =>
  query.kind === 'signal' ? { kind: 'signal', signal: query.signal } : { kind: 'expr', expr: query.expr.trim() };

/** One unit per query, so that a thousand thresholds of a signal cost one question. */
export function planUnits(rules: readonly Rule[]): ReadonlyMap<string, EvaluationUnit> {
  const byKey = Map.groupBy(rules, (rule) => JSON.stringify([rule.namespace, queryOf(rule)]));
  return new Map(
    [...byKey].flatMap(([key, [first, ...others]]) =>
      first === undefined
        ? []
        : [[key, { key, namespace: first.namespace, query: queryOf(first), rules: [first, ...others] }] as const]
    )
  );
}

/** Whether a unit's key is one of that namespace, also after the unit is gone. */
export const isUnitOf = (namespace: string, key: string): boolean => key.startsWith(`[${JSON.stringify(namespace)},`);
