import type { AgeSignal } from '../signals/catalogue.ts';
import { epochMs, minutes, seconds } from '../units.ts';
import { assessServices, type ServiceFacts } from './health.ts';
import type { ServiceHealth } from './service.ts';

const now = epochMs(1_000_000);
const newest = (ages: Partial<Record<AgeSignal, number>>): ServiceFacts['newestAt'] => {
  const at = (age: number | undefined) => (age === undefined ? null : epochMs(now - age));
  return { sample_age: at(ages.sample_age ?? 4000), log_age: at(ages.log_age), span_age: at(ages.span_age) };
};
const fine = (service: string, rest: Partial<ServiceFacts> = {}): ServiceFacts => ({
  ...{ service, alerts: [], up: 1, requestRate: 5, newestAt: newest({}), dependencies: [] },
  ...rest,
});
const minute = { askedAt: now, interval: minutes(1) };
const listening = { sample_age: { askedAt: now, interval: seconds(5) }, log_age: minute, span_age: minute };
const alert = (
  severity: 'info' | 'warning' | 'error' | 'critical',
  state: 'firing' | 'pending' | 'no_data' = 'firing'
) => ({ id: `a-${severity}`, state, severity, summary: 'p95 latency above 800 ms', startsAt: epochMs(900_000) });

function assess(facts: readonly ServiceFacts[], previous: ReadonlyMap<string, ServiceHealth> = new Map()) {
  return assessServices(facts, { now, listening, previous });
}
const lines = (health: ServiceHealth | undefined): string[] => [
  health?.state ?? '',
  ...(health?.reasons.map(({ state, text }) => `${state}: ${text}`) ?? []),
];

describe('assessServices', () => {
  it.each([
    ['healthy', fine('a'), ['healthy']],
    ['not scraped, fresh', fine('a', { up: null }), ['healthy']],
    [
      'down',
      fine('a', { up: 0, newestAt: newest({ sample_age: 1_000_000, log_age: 1_000_000 }) }),
      ['critical', 'critical: Down: none of its scrape targets answers'],
    ],
    ['partly down', fine('a', { up: 0.75 }), ['degraded', 'degraded: 25 % of its scrape targets do not answer']],
    ['silent', fine('a', { newestAt: newest({ sample_age: 15_001 }) }), ['unknown', 'unknown: No samples for 15 s']],
    [
      'silent, pushed',
      fine('a', { up: null, newestAt: newest({ sample_age: 180_001 }) }),
      ['unknown', 'unknown: No samples for 3 m'],
    ],
    ['just not silent, pushed', fine('a', { up: null, newestAt: newest({ sample_age: 180_000 }) }), ['healthy']],
    ['just not silent', fine('a', { newestAt: newest({ sample_age: 15_000 }) }), ['healthy']],
    ['just not silent logs', fine('a', { newestAt: newest({ log_age: 180_000 }) }), ['healthy']],
    [
      'silent logs',
      fine('a', { newestAt: newest({ log_age: 180_001 }) }),
      ['unknown', 'unknown: No log lines for 3 m'],
    ],
    [
      'silent logs and spans',
      fine('a', { newestAt: newest({ log_age: 600_000, span_age: 240_000 }) }),
      ['unknown', 'unknown: No log lines for 10 m', 'unknown: No spans for 4 m'],
    ],
    [
      'silent without traffic',
      fine('a', { requestRate: 0, newestAt: newest({ log_age: 600_000 }) }),
      ['healthy', 'healthy: No log lines for 10 m, while there is no traffic'],
    ],
    [
      'silent worker',
      fine('a', { requestRate: null, newestAt: newest({ span_age: 600_000 }) }),
      ['healthy', 'healthy: No spans for 10 m'],
    ],
    [
      'warning',
      fine('a', { alerts: [alert('warning')] }),
      ['degraded', 'degraded: Alert (warning): p95 latency above 800 ms'],
    ],
    ['info', fine('a', { alerts: [alert('info')] }), ['healthy']],
    ['pending', fine('a', { alerts: [alert('critical', 'pending')] }), ['healthy']],
    [
      'no data',
      fine('a', { alerts: [alert('critical', 'no_data')] }),
      ['unknown', 'unknown: Alert without data: p95 latency above 800 ms'],
    ],
  ])('%s', (_what, facts, expected) => {
    expect(lines(assess([facts]).get('a'))).toEqual(expected);
  });

  it('says since when, and counts silence only to when somebody last listened', () => {
    const facts = fine('a', { newestAt: newest({ log_age: 600_000, span_age: 600_000 }) });
    const deaf = { askedAt: epochMs(now - 450_000), interval: minutes(1) };
    const heard = assessServices([facts], {
      now,
      previous: new Map(),
      listening: { ...listening, log_age: deaf, span_age: undefined },
    });
    expect(lines(heard.get('a'))).toEqual(['healthy']);
    expect(assess([facts]).get('a')?.reasons).toMatchObject([
      { kind: 'missing_data', since: now - 600_000 },
      { kind: 'missing_data', since: now - 600_000 },
    ]);
  });

  it('puts the worst reason first', () => {
    const facts = fine('a', { up: 0.5, alerts: [alert('warning'), alert('critical')] });
    expect(lines(assess([facts]).get('a'))).toEqual([
      'critical',
      'critical: Alert (critical): p95 latency above 800 ms',
      'degraded: Alert (warning): p95 latency above 800 ms',
      'degraded: 50 % of its scrape targets do not answer',
    ]);
  });

  it('carries trouble one step along the calls, and no further', () => {
    const all = assess([
      fine('storefront', { dependencies: [{ name: 'checkout', failedRatio: 0.1 }] }),
      fine('checkout', { dependencies: [{ name: 'payments', failedRatio: null }] }),
      fine('payments', { up: 0 }),
    ]);
    expect(lines(all.get('payments'))[0]).toBe('critical');
    expect(lines(all.get('checkout'))).toEqual([
      'degraded',
      'degraded: Calls payments, which is critical. Down: none of its scrape targets answers',
    ]);
    expect(lines(all.get('storefront'))).toEqual(['healthy']);
  });

  it('names a host outside by the share of failing calls', () => {
    const facts = fine('payments', { dependencies: [{ name: 'api.card-processor.example', failedRatio: 0.93 }] });
    expect(lines(assess([facts]).get('payments'))).toEqual([
      'degraded',
      'degraded: 93 % of its calls to api.card-processor.example fail',
    ]);
  });

  it('survives services that call each other, or themselves', () => {
    const all = assess([
      fine('a', { up: 0, dependencies: [{ name: 'b', failedRatio: 1 }] }),
      fine('b', { dependencies: [{ name: 'a', failedRatio: 0 }] }),
    ]);
    expect(lines(all.get('a'))[0]).toBe('critical');
    expect(lines(all.get('b'))[0]).toBe('degraded');
  });

  it('keeps since when a state and a reason have lasted', () => {
    const first = assess([fine('a', { up: 0.5 })]);
    const later = assessServices([fine('a', { up: 0.25 })], { now: epochMs(now + 10_000), listening, previous: first });
    expect(later.get('a')).toMatchObject({ state: 'degraded', since: now, reasons: [{ since: now }] });
    expect(assess([fine('a', { alerts: [alert('critical')] })], later).get('a')).toMatchObject({
      state: 'critical',
      reasons: [{ since: 900_000 }],
    });
  });
});
