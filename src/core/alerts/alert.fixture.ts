import { epochMs } from '../units.ts';
import type { Alert } from './alert.ts';
import { observe } from './observe.ts';
import type { Observation } from './observation.ts';

export const AT = epochMs(Date.UTC(2026, 10, 21, 14, 0, 0));
export const after = (seconds: number) => epochMs(AT + seconds * 1000);

export const observationOf = (fields: Partial<Observation> = {}): Observation => ({
  source: 'pharos',
  labels: { service: 'checkout', rule: 't1' },
  annotations: {},
  status: 'firing',
  severity: 'warning',
  severityMappedFrom: null,
  summary: 'checkout: p95 latency above 300 ms',
  service: 'checkout',
  ruleId: 't1',
  value: 0.42,
  unit: 'seconds',
  startsAt: null,
  endsAt: null,
  generatorUrl: null,
  reason: 'p95 latency 0.42 s was above 300 ms for 10 s',
  actor: 'rule',
  timers: {},
  ...fields,
});

export function alertOf(fields: Partial<Alert> = {}, observation: Partial<Observation> = {}): Alert {
  const { alert } = observe(undefined, observationOf(observation), { namespace: 'default', now: AT });
  if (alert === undefined) {
    throw new Error('expected an observation that begins an episode');
  }
  return { ...alert, ...fields };
}
