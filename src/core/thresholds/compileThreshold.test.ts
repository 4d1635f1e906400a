import { appliesTo, ruleSubject, summarize } from '../rules/ruleSubject.ts';
import { epochMs, seconds } from '../units.ts';
import { compileThreshold, compileThresholds } from './compileThreshold.ts';
import { describeSignal } from './explain.ts';
import type { Threshold } from './threshold.ts';
import { withDefaults, type ThresholdDraft } from './validateThreshold.ts';

const threshold = (id: string, draft: ThresholdDraft): Threshold => ({
  ...withDefaults(draft),
  ...{ id, namespace: 'default', version: 1, createdAt: epochMs(0), updatedAt: epochMs(0), updatedBy: 'ann' },
});
const everywhere = threshold('all', { service: '*', signal: 'error_ratio', critical: 0.05 });
const cart = threshold('cart', { service: 'cart', signal: 'error_ratio', critical: 0.5 });
const quiet = threshold('quiet', { service: 'mailer', signal: 'error_ratio', critical: 0.5, enabled: false });
const other = threshold('cpu', { service: 'checkout', signal: 'cpu', critical: 2 });

it('compiles a threshold to a rule', () => {
  const rule = compileThreshold(
    threshold('t1', {
      ...{ service: 'checkout', signal: 'latency_p95', warning: 0.3, critical: 0.8, for: seconds(10) },
      ...{ owner: 'shop', runbookUrl: 'https://runbooks.example', labels: { team: 'a', alertname: 'Slow' } },
    })
  );
  expect(rule).toEqual({
    ...{ id: 't1', namespace: 'default', title: 'p95 latency of checkout' },
    query: { kind: 'signal', signal: 'latency_p95', service: 'checkout', except: [] },
    direction: 'above',
    levels: [
      { name: 'warning', severity: 'warning', value: 0.3 },
      { name: 'critical', severity: 'critical', value: 0.8 },
    ],
    ...{ unit: 'seconds', for: 10_000, keepFiringFor: 10_000 },
    labels: { alertname: 'Slow', team: 'a', signal: 'latency_p95', owner: 'shop' },
    annotations: { runbook_url: 'https://runbooks.example' },
  });
});

it('lets every service have its own threshold in place of the default, a disabled one too', () => {
  const rules = compileThresholds([everywhere, cart, quiet, other]);
  expect(rules.map(({ id }) => id)).toEqual(['all', 'cart', 'cpu']);
  const judged = (service: string): string[] =>
    rules.filter((rule) => rule.id !== 'cpu' && appliesTo(rule, service)).map(({ id }) => id);
  expect([judged('cart'), judged('mailer'), judged('checkout')]).toEqual([['cart'], [], ['all']]);
});

it('names an alert by the series of an expression, and by the threshold where that says no service', () => {
  const rule = compileThreshold(threshold('x1', { service: 'worker', signal: { expr: 'depth' }, critical: 3 }));
  expect(ruleSubject(rule, { __name__: 'depth', queue: 'q' })).toEqual({
    service: 'worker',
    labels: { queue: 'q', alertname: 'expression', threshold: 'x1', service: 'worker' },
  });
  const found = compileThreshold(threshold('x2', { service: '*', signal: { expr: 'depth' }, critical: 3 }));
  expect(ruleSubject(found, { job: 'mailer' })).toEqual({
    service: 'mailer',
    labels: { job: 'mailer', alertname: 'expression', threshold: 'x2', service: 'mailer' },
  });
});

it('writes what an alert is about', () => {
  const rule = compileThreshold(cart);
  expect(summarize(rule, 'cart', rule.levels[0])).toBe('cart: error ratio above 50 %');
  expect(summarize(rule, '', undefined)).toBe('error ratio');
  expect([describeSignal('cpu'), describeSignal('latency_p99'), describeSignal('up')]).toEqual([
    'CPU',
    'p99 latency',
    'up',
  ]);
  expect(describeSignal({ expr: `sum(\n  ${'x'.repeat(80)})` })).toMatch(/^sum\( x{54}…$/);
});
