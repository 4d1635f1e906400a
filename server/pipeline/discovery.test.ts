import pino from 'pino';
import type { Observation } from '../../src/core/alerts/observation.ts';
import type { Sample } from '../../src/core/series.ts';
import { METRIC_SIGNALS, type SignalName } from '../../src/core/signals/catalogue.ts';
import { epochMs, minutes } from '../../src/core/units.ts';
import {
  buildDependencyQueries,
  buildNewestSampleQuery,
  buildVersionsQuery,
  DISCOVERY_METRICS,
} from '../../src/queries/promql/discoveryQueries.ts';
import { buildSignalQuery, SIGNAL_METRICS } from '../../src/queries/promql/signalQuery.ts';
import type { DiscoveredService, Discovery } from '../deps.ts';
import { compileRegex } from '../regex.ts';
import { createMetricCatalogue } from '../sources/metricCatalogue.ts';
import type { Sources } from '../sources/source.ts';
import { createTestStore, type TestStore } from '../store/testing/createTestStore.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createPipeline, type RunningPipeline } from './createPipeline.ts';
import { createDiscovery } from './discovery.ts';

const metrics = new Set([...SIGNAL_METRICS, ...DISCOVERY_METRICS]);
const known = { metrics, window: minutes(1) };
const names = new Map<string | undefined, string>([
  ...METRIC_SIGNALS.flatMap((signal) => [
    [buildSignalQuery({ signal, ...known }), signal] as const,
    [buildSignalQuery({ signal, ...known, markIdle: true }), signal] as const,
  ]),
  [buildVersionsQuery(known), 'versions'],
  [buildNewestSampleQuery(known), 'newest'],
  ...buildDependencyQueries(known).flatMap(
    ({ calls, failed }, i) =>
      [
        [calls, `calls ${i}`],
        [failed, `failed ${i}`],
      ] as const
  ),
]);

type Row = readonly [labels: Readonly<Record<string, string>>, value: number];

let clock: TestClock;
let store: TestStore;
let pipeline: RunningPipeline;
let discovery: Discovery;
let world: {
  answers: Record<string, readonly Row[]>;
  down: boolean;
  /** Sources that somebody has removed. */
  removed: ReadonlyArray<'prometheus' | 'loki'>;
  logs: Record<string, number> | undefined;
  asked: string[];
};

const of = (values: Readonly<Record<string, number>>): Row[] =>
  Object.entries(values).map(([service, value]) => [{ service }, value]);

function fakeSources(): Sources {
  const answer = (expr: string): readonly Row[] => {
    const name = names.get(expr) ?? 'unknown question';
    world.asked.push(name);
    if (world.down) {
      throw new Error('Prometheus is away');
    }
    return name === 'newest'
      ? (world.answers['newest'] ??
          of(Object.fromEntries((world.answers['up'] ?? []).map(([l]) => [l['service'] ?? '', clock.now() / 1000]))))
      : (world.answers[name] ?? []);
  };
  const prometheus = {
    instant: (expr: string): Promise<Sample[]> =>
      Promise.resolve().then(() => answer(expr).map(([labels, value]) => ({ labels, value, at: clock.now() }))),
    range: (expr: string, { from, to }: { from: number; to: number }) =>
      Promise.resolve().then(() =>
        answer(expr).map(([labels, value]) => ({ labels, times: [epochMs(from), epochMs(to)], values: [value, value] }))
      ),
    labelValues: () => Promise.resolve([...metrics]),
    scrapeIntervals: () => Promise.resolve({ demo: 5000 }),
  };
  const loki = {
    newestByService: () =>
      world.logs === undefined
        ? Promise.reject(new Error('Loki is away'))
        : Promise.resolve(new Map(Object.entries(world.logs))),
  };
  const has = (source: 'prometheus' | 'loki'): boolean => !world.removed.includes(source);
  return {
    own: {
      prometheus: (namespace: string) => (namespace === 'default' && has('prometheus') ? prometheus : undefined),
      loki: () => (has('loki') ? loki : undefined),
      tempo: () => undefined,
    },
    namespaces: () => (has('prometheus') || has('loki') ? ['default'] : []),
  } as unknown as Sources;
}

async function settle(): Promise<void> {
  for (let i = 0; i < 100; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const pass = async (ms: number): Promise<void> => {
  clock.advance(ms);
  await settle();
};
const service = (name: string): DiscoveredService | undefined =>
  discovery.services('default').find((found) => found.name === name);
const changes = async (): Promise<number> => {
  const { changes: rows } = await store.read.changes.since('default', 0);
  return rows.filter(({ topic }) => topic === 'services').length;
};

beforeEach(async () => {
  clock = createTestClock();
  store = await createTestStore({ clock });
  const log = pino({ level: 'silent' });
  pipeline = createPipeline({ store, clock, log, compileRegex });
  world = {
    answers: {
      request_rate: of({ checkout: 12, payments: 3 }),
      error_ratio: of({ checkout: 0.01 }),
      latency_p95: of({ checkout: 0.12 }),
      up: of({ checkout: 1, payments: 1, prometheus: 1, worker: 1 }),
      versions: [
        [{ service: 'checkout', version: '1.1.0' }, 1],
        [{ service: 'checkout', version: '1.0.0' }, 1],
      ],
      'calls 0': [
        [{ client: 'checkout', server: 'payments:9404' }, 4],
        [{ client: 'payments', server: 'api.card-processor.example' }, 4],
      ],
    },
    down: false,
    removed: [],
    logs: { checkout: clock.now() - 4000 },
    asked: [],
  };
  const sources = fakeSources();
  discovery = createDiscovery({
    ...{ clock, log, store, sources },
    catalogue: createMetricCatalogue({ sources, clock }),
  });
  discovery.start();
  await settle();
});
afterEach(async () => {
  await discovery.stop();
  await pipeline.stop();
  await store.dispose();
});

it('lists services with figures, trends, versions and dependencies, what watches them last', () => {
  expect(discovery.services('default').map(({ name }) => name)).toEqual([
    'checkout',
    'payments',
    'worker',
    'prometheus',
  ]);
  expect(service('checkout')).toMatchObject({
    ...{ requestRate: 12, errorRatio: 0.01, latencyP95: 0.12 },
    health: { state: 'healthy', reasons: [] },
    trends: { requestRate: { values: [12, 12] }, latencyP95: { values: [0.12, 0.12] } },
    versions: ['1.0.0', '1.1.0'],
    dependsOn: ['payments'],
    newestSampleAt: clock.now(),
    newestLogAt: clock.now() - 4000,
    newestSpanAt: null,
  });
  const signals: readonly SignalName[] = [
    'request_rate',
    'error_ratio',
    'latency_p50',
    'latency_p95',
    'latency_p99',
    'up',
    'sample_age',
    'log_age',
  ];
  expect(service('checkout')?.signals).toEqual(signals);
  expect(service('worker')).toMatchObject({
    requestRate: null,
    errorRatio: null,
    trends: { requestRate: { values: [] } },
  });
  expect(service('payments')?.dependsOn).toEqual(['api.card-processor.example']);
  expect(discovery.asOf('default')).toBe(clock.now());
  expect(discovery.services('org-2')).toEqual([]);
});

it('writes the expressions of a signal and of versions over what the source has', () => {
  expect(discovery.signalExpr('default', 'up', 'checkout')).toContain('up{service_name="checkout"}');
  expect(discovery.signalExpr('org-2', 'up')).toBeUndefined();
  expect(discovery.versionsExpr('default', 'checkout')).toContain(
    'label_replace(max by (version) ((build_info{service_name="checkout",version!=""} or build_info{service_name="",service="checkout"'
  );
  expect(discovery.versionsExpr('org-2', 'checkout')).toBeUndefined();
});

it('sees a service go down within a poll, and who suffers from it', async () => {
  world.answers['up'] = of({ checkout: 1, payments: 0, prometheus: 1, worker: 1 });
  world.answers['request_rate'] = of({ checkout: 12 });
  await pass(3000);
  expect(service('payments')?.health).toMatchObject({
    state: 'critical',
    reasons: [{ text: 'Down: none of its scrape targets answers', since: clock.now() }],
  });
  expect(service('checkout')?.health.reasons[0]?.text).toBe(
    'Calls payments, which is critical. Down: none of its scrape targets answers'
  );
});

it('names a host outside whose calls fail', async () => {
  world.answers['failed 0'] = [[{ client: 'payments', server: 'api.card-processor.example' }, 3]];
  await pass(60_000);
  expect(service('payments')?.health.reasons[0]?.text).toBe('75 % of its calls to api.card-processor.example fail');
});

it('shows a service that has gone altogether as silent, for an hour', async () => {
  world.answers['up'] = of({ checkout: 1 });
  world.answers['request_rate'] = of({ checkout: 12 });
  await pass(60_000);
  await pass(200_000);
  await pass(10_000);
  expect(service('payments')?.health.state).toBe('unknown');
  expect(service('payments')?.health.reasons[0]?.text).toMatch(/^No samples for 4 m$/);
  for (let i = 0; i < 12; i++) {
    await pass(300_000);
  }
  expect(service('payments')).toBeUndefined();
});

it('says that the logs of a service are silent, as far as somebody listened', async () => {
  const last = clock.now() - 4000;
  const wait = async (seconds: number): Promise<void> => {
    for (let i = 0; i < seconds; i += 10) {
      await pass(10_000);
    }
  };
  await wait(240);
  expect(service('checkout')?.health).toMatchObject({ state: 'unknown' });
  expect(service('checkout')?.health.reasons).toEqual([
    { kind: 'missing_data', state: 'unknown', text: 'No log lines for 3 m', since: last },
  ]);
  const newest = discovery.newest('default', 'log_age');
  expect(newest).toMatchObject({ every: 60_000, byService: new Map([['checkout', last]]) });
  expect(clock.now() - (newest?.askedAt ?? 0)).toBeLessThan(60_000);
  world.logs = undefined;
  await wait(600);
  expect(service('checkout')?.health.reasons.map(({ text }) => text)).toEqual(['No log lines for 3 m']);
  expect(discovery.newest('default', 'log_age')).toEqual(newest);
  world.logs = { checkout: clock.now() };
  await wait(20);
  expect(service('checkout')?.health.state).toBe('healthy');
  expect(discovery.newest('default', 'span_age')).toBeUndefined();
  expect(discovery.newest('org-2', 'log_age')).toBeUndefined();
});

it('keeps what it knew while the source is away, and calls nobody silent for it', async () => {
  const asOf = discovery.asOf('default');
  world.down = true;
  for (let i = 0; i < 10; i++) {
    await pass(10_000);
  }
  expect(service('checkout')).toMatchObject({ requestRate: 12, health: { state: 'healthy' } });
  expect(discovery.asOf('default')).toBe(asOf);
  world.down = false;
  await pass(10_000);
  expect(discovery.asOf('default')).toBe(clock.now());
});

it('forgets what a Prometheus said that was removed, and begins anew with the next', async () => {
  world.removed = ['prometheus'];
  const before = await changes();
  await pass(10_000);
  expect(discovery.services('default')).toEqual([]);
  expect(discovery.asOf('default')).toBeNull();
  expect(discovery.newest('default', 'sample_age')).toBeUndefined();
  expect(discovery.newest('default', 'log_age')?.byService.size).toBe(1);
  expect(await changes()).toBe(before + 1);
  world.removed = [];
  await pass(10_000);
  expect(service('checkout')).toMatchObject({ requestRate: 12, versions: ['1.0.0', '1.1.0'] });
});

it('forgets what it knew of a namespace whose last source was removed', async () => {
  world.removed = ['prometheus', 'loki'];
  await pass(10_000);
  expect(discovery.services('default')).toEqual([]);
  expect(discovery.newest('default', 'log_age')).toBeUndefined();
});

it('takes an alert into account as soon as it is committed', async () => {
  const observation: Observation = {
    ...{ source: 'pharos', status: 'firing', severity: 'critical', severityMappedFrom: null, service: 'checkout' },
    ...{
      labels: { alertname: 'latency_p95', service: 'checkout' },
      annotations: {},
      ruleId: 't1',
      value: 1,
      unit: 'seconds',
    },
    ...{ summary: 'checkout: p95 latency above 800 ms', startsAt: null, endsAt: null, generatorUrl: null },
    ...{ reason: 'test', actor: 'rule', timers: {} },
  };
  await pipeline.ingest('default', [observation]);
  await pass(2000);
  expect(service('checkout')?.health.reasons.map(({ text }) => text)).toEqual([
    'Alert (critical): checkout: p95 latency above 800 ms',
  ]);
});

it('tells live pages when something visible changed, and only then', async () => {
  await pass(60_000);
  const before = await changes();
  for (let i = 0; i < 5; i++) {
    await pass(10_000);
  }
  expect(await changes()).toBe(before);
  world.answers['request_rate'] = of({ checkout: 12.01, payments: 3 });
  await pass(10_000);
  expect(await changes()).toBe(before);
  world.answers['request_rate'] = of({ checkout: 20, payments: 3 });
  await pass(10_000);
  expect(await changes()).toBe(before + 1);
});

it('asks little when nothing changes: the slow questions once a minute, the middle ones each half minute', async () => {
  await pass(120_000);
  await pass(60_000);
  world.asked = [];
  for (let i = 0; i < 6; i++) {
    await pass(10_000);
  }
  const count = (name: string): number => world.asked.filter((asked) => asked === name).length;
  expect(count('up')).toBe(6 + 1);
  expect(count('versions')).toBe(2);
  expect(count('cpu')).toBe(1);
  expect(world.asked).not.toContain('unknown question');
});
