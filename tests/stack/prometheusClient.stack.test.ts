import path from 'node:path';
import { getAlert, listAlerts, listHistory } from '../../src/api/alerts.ts';
import { eventually } from './support/eventually.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';
import { startExporter, type Exporter } from './support/startExporter.ts';
import { startRealPrometheus, type StartedPrometheus } from './support/startRealPrometheus.ts';
import { startTestInbox, type TestInbox } from './support/startTestInbox.ts';

jest.setTimeout(180_000);

/** Prometheus sends what still fires again after so long; in production it is a minute. */
const RESEND = '2s';

let exporter: Exporter;
let prometheus: StartedPrometheus;
let engine: RealEngine;
/** Takes one request each four seconds, so that it refuses about every other one of Prometheus. */
let busy: RealEngine;
let inbox: TestInbox;

const ruleGroup = {
  name: 'shop',
  interval: '1s',
  rules: [
    {
      alert: 'SlowRequests',
      expr: 'sum by (service_name) (rate(http_server_request_duration_seconds_sum[10s])) / sum by (service_name) (rate(http_server_request_duration_seconds_count[10s])) > 0.5',
      for: '1s',
      labels: { severity: 'page', team: 'shop' },
      annotations: { summary: '{{ $labels.service_name }} takes {{ $value | humanizeDuration }} on average' },
    },
  ],
};

beforeAll(async () => {
  exporter = await startExporter(['checkout', 'cart']);
  engine = await startEngine();
  busy = await startEngine({ PHAROS_INTAKE_RATE: '0.25', PHAROS_INTAKE_BURST: '1' });
  inbox = await startTestInbox();
  await inbox.provision(engine);
  prometheus = await startRealPrometheus({
    targets: [exporter.target],
    ...{ scrapeInterval: '1s', evaluationInterval: '1s', ruleGroups: [ruleGroup] },
    flags: [`--rules.alert.resend-delay=${RESEND}`],
    config: {
      alerting: {
        alertmanagers: [engine, busy].map(({ url, dataDir }) => ({
          api_version: 'v2',
          static_configs: [{ targets: [new URL(url).host] }],
          authorization: { credentials_file: path.join(dataDir, 'secrets', 'intake_token') },
        })),
      },
    },
  });
});

afterAll(async () => {
  await prometheus?.dispose();
  await engine?.dispose();
  await busy?.dispose();
  await exporter?.close();
  await inbox?.close();
});

/** What Prometheus counts of its sending to an engine. */
async function countOf(what: 'sent' | 'errors', { url }: RealEngine): Promise<number> {
  const text = await (await fetch(`${prometheus.url}/metrics`)).text();
  const line = text
    .split('\n')
    .find((one) => one.startsWith(`prometheus_notifications_${what}_total{`) && one.includes(url));
  return Number(line?.split(' ').at(-1) ?? 0);
}

it('takes the alerts of Prometheus’ own rules once, however often they are sent, and their end', async () => {
  exporter.service('checkout').latency = 2;
  const alert = await eventually('the alert of the rule', 60_000, async () => {
    const [found] = (await engine.client.call(listAlerts, { source: ['alertmanager'] })).items;
    return found;
  });
  expect(alert).toMatchObject({
    ...{ state: 'firing', source: 'alertmanager', service: 'checkout', ruleId: 'SlowRequests' },
    ...{ severity: 'critical', severityMappedFrom: 'page' },
    labels: { alertname: 'SlowRequests', service_name: 'checkout', severity: 'page', team: 'shop' },
  });
  expect(alert.summary).toMatch(/^checkout takes 2s on average$/);
  expect(alert.generatorUrl).toContain('/graph?g0.expr=');

  const before = await countOf('sent', engine);
  await eventually('Prometheus has sent it five times more', 60_000, async () =>
    (await countOf('sent', engine)) >= before + 5 ? true : undefined
  );
  const { items, counts } = await engine.client.call(listAlerts, { source: ['alertmanager'] });
  expect([items.length, counts.total, items[0]?.id]).toEqual([1, 1, alert.id]);
  expect(items[0]?.endsAt ?? 0).toBeGreaterThan(alert.endsAt ?? 0);
  expect(await countOf('errors', engine)).toBe(0);

  exporter.service('checkout').latency = 0.05;
  const resolved = await eventually('Prometheus says that it is over', 60_000, async () => {
    const { alert: now } = await engine.client.call(getAlert, { id: alert.id });
    return now.state === 'resolved' ? now : undefined;
  });
  expect(resolved.resolvedBy).not.toBeNull();
  const { items: history } = await engine.client.call(listHistory, { alertId: alert.id });
  expect(history.filter(({ kind }) => kind === 'fired')).toHaveLength(1);
  expect(history.filter(({ kind }) => kind === 'resolved')).toHaveLength(1);

  await eventually('the inbox hears of the end', 30_000, async () => {
    const kinds = (await inbox.deliveries()).flatMap(({ body }) => body.alerts.map(({ kind }) => kind));
    return kinds.includes('resolved') ? true : undefined;
  });
  const told = (await inbox.deliveries()).flatMap(({ body }) => body.alerts.map(({ kind }) => kind));
  expect(told).toEqual(['fired', 'resolved']);
});

it('hears of an alert and of its end though it answers every other request of Prometheus with 429', async () => {
  const over = await eventually('the engine that is busy hears that it is over', 60_000, async () => {
    const [found] = (await busy.client.call(listAlerts, { source: ['alertmanager'], state: ['resolved'] })).items;
    return found;
  });
  const { items: history } = await busy.client.call(listHistory, { alertId: over.id });
  expect(history.map(({ kind }) => kind).toReversed()).toEqual(['fired', 'resolved']);
  expect(await countOf('errors', busy)).toBeGreaterThan((await countOf('sent', engine)) / 5);
});

it('takes nothing from a sender without a token', async () => {
  const response = await fetch(`${engine.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ labels: { alertname: 'Anybody' } }]),
  });
  expect(response.status).toBe(401);
  expect((await engine.client.call(listAlerts, { q: 'alertname=Anybody' })).items).toEqual([]);
});
