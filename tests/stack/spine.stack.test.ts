import { acknowledgeAlert, getAlert, listAlerts, listHistory } from '../../src/api/alerts.ts';
import { createThreshold } from '../../src/api/thresholds.ts';
import { seconds } from '../../src/core/units.ts';
import { eventually } from './support/eventually.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';
import { startExporter, type Exporter } from './support/startExporter.ts';
import { startRealPrometheus, type StartedPrometheus } from './support/startRealPrometheus.ts';
import { startTestInbox, type InboxDelivery, type TestInbox } from './support/startTestInbox.ts';

jest.setTimeout(240_000);

const ALERT_WITHIN_MS = 30_000;
const RESOLVED_WITHIN_MS = 90_000;

let exporter: Exporter;
let prometheus: StartedPrometheus;
let engine: RealEngine;
let inbox: TestInbox;

beforeAll(async () => {
  exporter = await startExporter(['checkout', 'cart']);
  prometheus = await startRealPrometheus({ targets: [exporter.target] });
  engine = await startEngine({ PHAROS_PROMETHEUS_URL: prometheus.url, PHAROS_EVALUATION_INTERVAL: '5s' });
  inbox = await startTestInbox();
  await inbox.provision(engine);
  for (const service of ['checkout', 'cart']) {
    await engine.client.call(createThreshold, {
      ...{ service, signal: 'latency_p95', warning: 0.3, critical: 0.8, for: seconds(10), owner: 'shop' },
      ...{ runbookUrl: 'https://runbooks.example/latency', reason: 'agreed with the shop' },
    });
  }
});

afterAll(async () => {
  await engine?.dispose();
  await prometheus?.dispose();
  await exporter?.close();
  await inbox?.close();
});

const criticalOf = async (service: string) =>
  (await engine.client.call(listAlerts, { service: [service], severity: ['critical'] })).items[0];

/** What the inbox was told of one alert, oldest first; test sends have no alerts. */
async function toldOf(
  alertId: string
): Promise<ReadonlyArray<InboxDelivery['body']['alerts'][number] & { at: number }>> {
  const all = await inbox.deliveries();
  return all.flatMap(({ at, body }) =>
    body.alerts.filter(({ id }) => id === alertId).map((alert) => ({ ...alert, at }))
  );
}

const ratesArePresent = () =>
  eventually('Prometheus has a rate of checkout', 60_000, async () => {
    const query = new URLSearchParams({ query: 'rate(http_server_request_duration_seconds_count[1m]) > 0' });
    const answer = (await (await fetch(`${prometheus.url}/api/v1/query?${query}`)).json()) as {
      data: { result: unknown[] };
    };
    return answer.data.result.length >= 2 ? true : undefined;
  });

it('takes a breach from a real metric to a notified, acknowledged, resolved and remembered alert', async () => {
  await ratesArePresent();
  expect((await engine.client.call(listAlerts, {})).items).toEqual([]);

  exporter.service('checkout').latency = 0.9;
  const critical = await eventually('a critical alert of checkout', ALERT_WITHIN_MS, () => criticalOf('checkout'));
  expect(critical).toMatchObject({ state: 'firing', source: 'pharos', service: 'checkout', unit: 'seconds' });
  expect(critical.value).toBeGreaterThan(0.8);

  await eventually('its notification', 15_000, async () =>
    (await toldOf(critical.id)).some(({ severity }) => severity === 'critical') ? true : undefined
  );

  await engine.client.call(acknowledgeAlert, { id: critical.id, comment: 'scaling the pool' });
  const [listed] = (await engine.client.call(listAlerts, { service: ['checkout'] })).items;
  const { alert: detail } = await engine.client.call(getAlert, { id: critical.id });
  expect(listed?.acknowledged).toEqual(detail.acknowledged);
  expect(detail.acknowledged).toMatchObject({ by: 'admin token', comment: 'scaling the pool', severity: 'critical' });

  exporter.service('checkout').latency = 0.05;
  await eventually('the alert resolves', RESOLVED_WITHIN_MS, async () =>
    (await engine.client.call(getAlert, { id: critical.id })).alert.state === 'resolved' ? true : undefined
  );
  await eventually('the inbox hears of the resolution', 15_000, async () =>
    (await toldOf(critical.id)).some(({ kind }) => kind === 'resolved') ? true : undefined
  );

  // One message for each level that was reached and one for the end, each signed, none twice.
  const told = await toldOf(critical.id);
  const levels = told.filter(({ kind }) => kind !== 'resolved').map(({ severity }) => severity);
  expect(levels).toContain('critical');
  expect(new Set(levels).size).toBe(levels.length);
  expect(told.filter(({ kind }) => kind === 'resolved')).toHaveLength(1);
  const deliveries = await inbox.deliveries();
  expect(deliveries.filter(({ verified }) => !verified)).toEqual([]);
  expect(deliveries.filter(({ duplicateOf }) => duplicateOf !== null)).toEqual([]);

  const { items } = await engine.client.call(listHistory, { alertId: critical.id });
  const kinds = items.map(({ kind }) => kind).toReversed();
  expect(kinds.filter((kind) => ['pending', 'fired', 'acknowledged', 'resolved'].includes(kind))).toEqual([
    'pending',
    'fired',
    'acknowledged',
    'resolved',
  ]);
  for (const { actor, reason, at } of items) {
    expect([actor, reason].every((text) => text.trim() !== '')).toBe(true);
    expect(Math.abs(Date.now() - at)).toBeLessThan(300_000);
  }
});

it('tells of a rise, level by level, once each', async () => {
  await ratesArePresent();
  exporter.service('cart').latency = 0.4;
  const warning = await eventually('a warning of cart', ALERT_WITHIN_MS, async () => {
    const [found] = (await engine.client.call(listAlerts, { service: ['cart'] })).items;
    return found;
  });
  expect(warning).toMatchObject({ severity: 'warning', state: 'firing' });
  exporter.service('cart').latency = 0.9;
  const critical = await eventually('a critical alert of cart', ALERT_WITHIN_MS, () => criticalOf('cart'));
  expect(critical.id).toBe(warning.id);
  const told = await eventually('both levels were told', 20_000, async () => {
    const found = await toldOf(warning.id);
    return found.length >= 2 ? found : undefined;
  });
  expect(told.map(({ kind, severity }) => [kind, severity])).toEqual([
    ['fired', 'warning'],
    ['severity_raised', 'critical'],
  ]);
});
