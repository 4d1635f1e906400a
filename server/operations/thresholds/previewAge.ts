import { ageAt, explainNoPast } from '../../../src/core/signals/age.ts';
import type { AgeSignal } from '../../../src/core/signals/catalogue.ts';
import { formatValue } from '../../../src/core/signals/formatValue.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import { appliesTo } from '../../../src/core/rules/ruleSubject.ts';
import { describeSignal } from '../../../src/core/thresholds/explain.ts';
import { ANY_SERVICE } from '../../../src/core/thresholds/threshold.ts';
import type { Discovery } from '../../deps.ts';

interface Asked {
  readonly namespace: string;
  readonly signal: AgeSignal;
  readonly rule: Rule;
}

/** In place of a preview: why there is none, and what the signal stands at. */
export function previewAge(discovery: Pick<Discovery, 'newest'>, { namespace, signal, rule }: Asked): string {
  return `${explainNoPast(signal)} ${standing(discovery, { namespace, signal, rule })}`;
}

function standing(discovery: Pick<Discovery, 'newest'>, { namespace, signal, rule }: Asked): string {
  const what = describeSignal(signal);
  const newest = discovery.newest(namespace, signal);
  if (newest === undefined) {
    return 'Nothing is known about it now: no source measures it, or none has answered yet.';
  }
  const [oldest, ...others] = [...newest.byService]
    .filter(([service]) => appliesTo(rule, service))
    .map(([service, at]) => ({ service, age: ageAt(at, newest.askedAt) }))
    .toSorted((a, b) => b.age - a.age);
  const one = rule.query.kind === 'signal' && rule.query.service !== ANY_SERVICE ? rule.query.service : undefined;
  if (oldest === undefined) {
    return one === undefined ? 'No service has one now.' : `${one} has none now.`;
  }
  const age = formatValue(oldest.age, 'seconds');
  return one === undefined
    ? `Now the highest of ${others.length + 1} is ${age}, of ${oldest.service}.`
    : `The ${what} of ${one} is ${age} now.`;
}
