import { epochMs, seconds } from '../units.ts';
import { assessServices, type ServiceFacts } from './health.ts';
import type { ServiceHealth } from './service.ts';

const now = epochMs(1_000_000);
const fine = (service: string, rest: Partial<ServiceFacts> = {}): ServiceFacts => ({
  ...{ service, alerts: [], up: 1, newestSampleAt: epochMs(now - 4000), dependencies: [] },
  ...rest,
});
const alert = (
  severity: 'info' | 'warning' | 'error' | 'critical',
  state: 'firing' | 'pending' | 'no_data' = 'firing'
) => ({
  ...{ id: `a-${severity}`, state, severity, summary: 'p95 latency above 800 ms', startsAt: epochMs(900_000) },
});

function assess(facts: readonly ServiceFacts[], previous: ReadonlyMap<string, ServiceHealth> = new Map()) {
  return assessServices(facts, { now, askedAt: now, scrapeInterval: seconds(5), previous });
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
      fine('a', { up: 0, newestSampleAt: epochMs(0) }),
      ['critical', 'critical: Down: none of its scrape targets answers'],
    ],
    ['partly down', fine('a', { up: 0.75 }), ['degraded', 'degraded: 25 % of its scrape targets do not answer']],
    ['silent', fine('a', { newestSampleAt: epochMs(now - 15_001) }), ['unknown', 'unknown: No samples for 15 s']],
    [
      'silent, pushed',
      fine('a', { up: null, newestSampleAt: epochMs(now - 180_001) }),
      ['unknown', 'unknown: No samples for 3 m'],
    ],
    ['just not silent, pushed', fine('a', { up: null, newestSampleAt: epochMs(now - 180_000) }), ['healthy']],
    ['just not silent', fine('a', { newestSampleAt: epochMs(now - 15_000) }), ['healthy']],
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
    const later = assessServices([fine('a', { up: 0.25 })], {
      ...{ now: epochMs(now + 10_000), askedAt: now, scrapeInterval: seconds(5), previous: first },
    });
    expect(later.get('a')).toMatchObject({ state: 'degraded', since: now, reasons: [{ since: now }] });
    expect(assess([fine('a', { alerts: [alert('critical')] })], later).get('a')).toMatchObject({
      state: 'critical',
      reasons: [{ since: 900_000 }],
    });
  });
});
