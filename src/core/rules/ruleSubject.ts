import type { Labels } from '../labels.ts';
import { SERVICE_LABELS } from '../services/service.ts';
import { describeSignal, explainLevel } from '../thresholds/explain.ts';
import { ANY_SERVICE } from '../thresholds/threshold.ts';
import type { Rule, RuleLevel } from './rule.ts';

/** What one rule says about one series: the identity and the words of its alert. */
export interface RuleSubject {
  /** Labels of the alert; its identity, so the severity is not among them. */
  readonly labels: Labels;
  readonly service: string;
}

/** Whether a rule judges the series of a service: its own, or any that has no rule of its own. */
export function appliesTo({ query }: Rule, service: string): boolean {
  if (query.kind === 'expr') {
    return true;
  }
  return query.service === ANY_SERVICE ? service !== '' && !query.except.includes(service) : query.service === service;
}

/** Alert of a rule for one series: the rule's labels over the series' own, and the service it is about. */
export function ruleSubject(rule: Rule, series: Labels): RuleSubject {
  const { __name__: _name, ...labels } = series;
  const found = SERVICE_LABELS.map((name) => labels[name]).find((value) => value !== undefined && value !== '');
  const service = found ?? rule.labels['service'] ?? '';
  return { labels: { ...labels, ...rule.labels, ...(service === '' ? {} : { service }) }, service };
}

/** `p95 latency`: what a rule measures, inside a sentence. */
export const describeRule = ({ query }: Rule): string =>
  describeSignal(query.kind === 'signal' ? query.signal : { expr: query.expr });

/** `checkout: p95 latency above 800 ms`. */
export function summarize(rule: Rule, service: string, level: RuleLevel | undefined): string {
  const what = describeRule(rule);
  const text =
    level === undefined ? what : explainLevel({ what, direction: rule.direction, level: level.value, unit: rule.unit });
  return service === '' ? text : `${service}: ${text}`;
}
