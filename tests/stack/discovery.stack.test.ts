import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { seconds } from '../../src/core/units.ts';
import type { DiscoveredService } from '../../server/deps.ts';
import { systemClock } from '../../server/clock.ts';
import { createPipeline } from '../../server/pipeline/createPipeline.ts';
import { createDiscovery } from '../../server/pipeline/discovery.ts';
import { createEvaluator } from '../../server/pipeline/evaluator.ts';
import { compileRegex } from '../../server/regex.ts';
import { createSecrets } from '../../server/secrets.ts';
import { createMetricCatalogue } from '../../server/sources/metricCatalogue.ts';
import { createSources } from '../../server/sources/createSources.ts';
import { createTestStore, type TestStore } from '../../server/store/testing/createTestStore.ts';
import { withDefaults } from '../../src/core/thresholds/validateThreshold.ts';
import { eventually, startPrometheus, type RealPrometheus } from './startPrometheus.ts';

jest.setTimeout(90_000);

/** A service that counts requests to itself as fast as it is told to. */
function startService(name: string, version: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ service_name: name, version });
  const registers = [registry];
  const buckets = [0.1, 0.25, 0.5, 0.75, 1, 2.5];
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests.',
    labelNames: ['http_response_status_code'],
    ...{ buckets, registers },
  });
  const calls = new Counter({
    name: 'http_client_request_duration_seconds_count',
    help: 'Calls.',
    labelNames: ['server_address', 'error_type'],
    registers,
  });
  new Gauge({ name: 'build_info', help: 'Build.', registers }).set(1);
  const server: Server = createServer((_request, response) => {
    void registry.metrics().then((text) => response.setHeader('content-type', registry.contentType).end(text));
  });
  const state = { latency: 0.05, status: '200', calls: 'payments:8080' };
  const timer = setInterval(() => {
    duration.observe({ http_response_status_code: state.status }, state.latency);
    calls.inc({ server_address: state.calls, error_type: '' });
  }, 50);
  return { server, state, timer };
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

let shop: ReturnType<typeof startService>;
let prometheus: RealPrometheus;
let store: TestStore;

function createEngine() {
  const clock = systemClock;
  const log = pino({ level: 'silent' });
  const sources = createSources({
    ...{ clock, log, store },
    config: { prometheusUrl: prometheus.url },
    secrets: createSecrets('x'.repeat(32)),
    limits: { timeoutMs: 1000, halfOpenAfterMs: 500 },
  });
  const catalogue = createMetricCatalogue({ sources, clock });
  const pipeline = createPipeline({ store, clock, log, compileRegex });
  const discovery = createDiscovery({ clock, log, sources, catalogue, store });
  const evaluator = createEvaluator({
    ...{ clock, log, sources, catalogue, store, pipeline, discovery },
    config: { evaluationInterval: seconds(1) },
  });
  const serviceOf = async (name: string): Promise<DiscoveredService | undefined> =>
    Promise.resolve(discovery.services('default').find((service) => service.name === name));
  return {
    ...{ sources, discovery, evaluator, pipeline, serviceOf },
    start() {
      sources.start();
      discovery.start();
      evaluator.start();
    },
    async stop() {
      await evaluator.stop();
      await discovery.stop();
      await sources.stop();
      await pipeline.stop();
    },
  };
}

beforeAll(async () => {
  shop = startService('checkout', '1.2.0');
  const port = await listen(shop.server);
  const nobody = createServer();
  const deadPort = await listen(nobody);
  await new Promise((resolve) => nobody.close(resolve));
  prometheus = await startPrometheus([
    { address: `127.0.0.1:${port}`, labels: { service_name: 'checkout' } },
    { address: `127.0.0.1:${deadPort}`, labels: { service_name: 'payments' } },
  ]);
  store = await createTestStore({ clock: systemClock });
});

afterAll(async () => {
  clearInterval(shop.timer);
  await prometheus.dispose();
  await store.dispose();
  await new Promise((resolve) => shop.server.close(resolve));
});

it('finds services with their figures and says why one is hurting', async () => {
  const engine = createEngine();
  engine.start();
  try {
    const checkout = await eventually('checkout has a rate, a version, its signals and whom it calls', async () => {
      const found = await engine.serviceOf('checkout');
      const told = found !== undefined && found.requestRate !== null && found.signals.includes('latency_p99');
      return told && found.versions.length > 0 && found.dependsOn.length > 0 ? found : undefined;
    });
    expect(checkout.versions).toEqual(['1.2.0']);
    expect(checkout.dependsOn).toEqual(['payments']);
    expect(checkout.signals).toEqual([
      'request_rate',
      'error_ratio',
      'latency_p50',
      'latency_p95',
      'latency_p99',
      'up',
      'sample_age',
    ]);
    const down = await eventually('payments is critical', async () => {
      const found = await engine.serviceOf('payments');
      return found?.health.state === 'critical' ? found : undefined;
    });
    expect(down.health.reasons.map(({ text }) => text)).toEqual(['Down: none of its scrape targets answers']);
    const caller = await eventually('checkout is degraded by payments', async () => {
      const found = await engine.serviceOf('checkout');
      return found?.health.state === 'degraded' ? found : undefined;
    });
    expect(caller.health.reasons[0]).toMatchObject({
      kind: 'dependency',
      dependency: 'payments',
      text: 'Calls payments, which is critical. Down: none of its scrape targets answers',
    });
  } finally {
    await engine.stop();
  }
});

it('goes from latency to a critical alert, keeps it while Prometheus is away, and goes on when it is back', async () => {
  const now = systemClock.now();
  const spec = withDefaults({
    service: 'checkout',
    signal: 'latency_p95',
    warning: 0.3,
    critical: 0.8,
    for: seconds(2),
  });
  await store.write((tx) =>
    tx.thresholds.save([
      { ...spec, id: 't1', namespace: 'default', version: 1, createdAt: now, updatedAt: now, updatedBy: 'ann' },
    ])
  );
  const engine = createEngine();
  engine.start();
  const openAlert = async () => (await store.read.alerts.listOpen('default', { source: 'pharos' }))[0];
  try {
    shop.state.latency = 1.2;
    const firing = await eventually('the alert fires', async () => {
      const alert = await openAlert();
      return alert?.state === 'firing' && alert.severity === 'critical' ? alert : undefined;
    });
    expect(firing.summary).toBe('checkout: p95 latency above 800 ms');
    expect(firing.value).toBeGreaterThan(1);

    await prometheus.kill();
    const [source] = engine.sources.list('default');
    await eventually('the source is down', async () =>
      Promise.resolve(source?.health().status === 'down' ? true : undefined)
    );
    expect(source?.health().lastError).toContain('ECONNREFUSED');
    expect((await openAlert())?.id).toBe(firing.id);
    expect((await openAlert())?.state).toBe('firing');

    await prometheus.start();
    await eventually('the source is well', async () =>
      Promise.resolve(source?.health().staleSince === null ? true : undefined)
    );
    prometheus.freeze(true);
    await eventually('silence is noticed', async () =>
      Promise.resolve(source?.health().lastError === 'gave no answer within 1 s' ? true : undefined)
    );
    prometheus.freeze(false);
    await eventually('the source is well again', async () =>
      Promise.resolve(source?.health().status === 'ok' ? true : undefined)
    );
    expect((await openAlert())?.id).toBe(firing.id);
  } finally {
    await engine.stop();
  }
});
