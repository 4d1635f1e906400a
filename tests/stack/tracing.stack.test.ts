import { intakeEvents } from '../../src/api/intake.ts';
import { listAlerts } from '../../src/api/alerts.ts';
import { createReceiver, getRoutes, updateRoutes } from '../../src/api/routing.ts';
import { json, startFakeStore, type FakeStore } from '../../server/sources/fakeStore.fixture.ts';
import { eventually } from './support/eventually.ts';
import { startCollector, type Collector } from './support/startCollector.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';

let collector: Collector;
let receiver: FakeStore;
let engine: RealEngine;
beforeAll(async () => {
  collector = await startCollector();
  receiver = await startFakeStore(json({}, 503));
  engine = await startEngine({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-scope-orgid=ops',
  });
  const { client } = engine;
  await client.call(createReceiver, { name: 'chat', kind: 'webhook', settings: { url: `${receiver.url}/hook` } });
  const { version } = await client.call(getRoutes, {});
  await client.call(updateRoutes, { items: [{ matchers: [], receiver: 'chat', continue: false }], version });
});
afterAll(async () => {
  await engine?.dispose();
  await receiver?.close();
  await collector?.close();
});

it('connects one alert from intake to delivery in one trace, over a kill and a restart', async () => {
  await engine.client.call(intakeEvents, { events: [{ labels: { alertname: 'DiskFull', service: 'cart' } }] });
  await eventually('a first attempt is made', 30_000, async () => (receiver.seen.length > 0 ? true : undefined));
  await eventually('its span arrives', 30_000, async () =>
    collector.spans().some(({ name }) => name === 'notification.send chat') ? true : undefined
  );
  await engine.kill();
  receiver.answer = json({});
  await engine.start();
  const spans = await eventually('the delivery is told after the restart', 90_000, async () => {
    const all = collector.spans();
    return all.some(({ name, failed }) => name === 'notification.send chat' && !failed) ? all : undefined;
  });

  const { items } = await engine.client.call(listAlerts, {});
  const { traceId } = items[0] ?? {};
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const names = spans.map(({ name }) => name);
  expect(names.slice(0, 3).toSorted()).toEqual(['alert.intake', 'alert.route', 'alert.transition fired']);
  expect(names.filter((name) => name === 'notification.send chat').length).toBeGreaterThan(1);
  const root = spans.find(({ name }) => name === 'alert.intake');
  expect(root?.parentSpanId).toBe('');
  expect(spans.filter(({ name }) => name !== 'alert.intake').map(({ parentSpanId }) => parentSpanId)).toEqual(
    Array.from({ length: spans.length - 1 }, () => root?.spanId)
  );
  expect(spans.every(({ service, tenant }) => service === 'pharos' && tenant === 'ops')).toBe(true);
  // The receiver can go on in the same trace.
  const sent = receiver.seen.map(({ headers }) => String(headers['traceparent']));
  expect(sent.every((header) => header.startsWith(`00-${traceId}-`))).toBe(true);
  expect(spans.map(({ spanId }) => spanId)).toContain(sent.at(-1)?.split('-')[2]);
}, 180_000);
