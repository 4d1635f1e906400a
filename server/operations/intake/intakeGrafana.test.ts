import { createHmac } from 'node:crypto';
import captured from '../../../tests/fixtures/grafana-webhook.json' with { type: 'json' };
import { listAlerts } from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

const [firing] = captured.body.alerts;

interface Sending {
  readonly secret?: string;
  /** Seconds before now. */
  readonly age?: number;
  readonly headers?: Record<string, string>;
}

/** Sends a body as a Grafana contact point with `hmacConfig` and the deployment's intake token does. */
async function send(body: object | string, { secret, age = 0, headers }: Sending = {}) {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const timestamp = String(Math.floor(engine.clock.now() / 1000) - age);
  const signature = createHmac('sha256', secret ?? engine.deps.config.grafanaHmacSecret)
    .update(`${timestamp}:${raw}`)
    .digest('hex');
  const response = await engine.request('POST', '/api/v1/intake/grafana', {
    token: engine.deps.config.intakeToken,
    body: raw,
    headers: {
      'x-grafana-alerting-signature': signature,
      'x-grafana-alerting-timestamp': timestamp,
      ...headers,
    },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const withAlerts = (...alerts: unknown[]) => ({ ...captured.body, alerts });
const resolved = { ...firing, status: 'resolved', endsAt: '2026-11-21T08:10:00Z', values: null };

const stored = async () => (await viewer.call(listAlerts, { state: ['firing', 'no_data', 'resolved'] })).items;

it('takes the captured request of Grafana 12.4', async () => {
  expect(await send(captured.body)).toEqual({ status: 200, body: { accepted: 1, rejected: [], cut: 0 } });
  const [alert] = await stored();
  expect(alert).toMatchObject({
    ...{ source: 'grafana', state: 'firing', severity: 'critical', service: 'checkout', ruleId: 'shape-0' },
    ...{ summary: 'checkout has 1', value: 3 },
    labels: { ...firing?.labels, __alert_rule_uid__: 'shape-0' },
    startsAt: Date.parse('2026-11-21T07:55:30Z'),
    generatorUrl: 'http://localhost:3000/alerting/grafana/shape-0/view?orgId=1',
  });
});

it('keeps rules of one name apart', async () => {
  await send(withAlerts(firing, { ...firing, ruleUID: 'shape-1' }));
  expect((await stored()).map(({ ruleId }) => ruleId).toSorted()).toEqual(['shape-0', 'shape-1']);
});

it('takes what an older Grafana sends, without the uid of the rule', async () => {
  const { ruleUID: _uid, ...older } = firing ?? {};
  await send(withAlerts(older));
  expect(await stored()).toMatchObject([{ ruleId: 'numeric-wide', labels: firing?.labels }]);
});

it('knows the alert by the fingerprint that Grafana itself gave it', async () => {
  await send(captured.body);
  expect((await stored())[0]?.fingerprint).toBe('46addbe7aa3c6547');
  expect(firing?.fingerprint).toBe('46addbe7aa3c6547');
});

it('cannot tell the signed bytes from the parsed body: Go writes & otherwise than JavaScript', () => {
  const rewritten = JSON.stringify(captured.body);
  const asSent = rewritten.replaceAll('&', String.raw`\u0026`);
  const length = Number(captured.headers['content-length']);
  expect([Buffer.byteLength(asSent), Buffer.byteLength(rewritten) < length]).toEqual([length, true]);
});

describe('the signature', () => {
  it.each([
    ['another secret', { secret: 'x'.repeat(40) }],
    ['none', { headers: { 'x-grafana-alerting-signature': '' } }],
    ['an old timestamp', { age: 301 }],
    ['a timestamp of the future', { age: -301 }],
    ['a timestamp that is no number', { headers: { 'x-grafana-alerting-timestamp': 'now' } }],
    ['another timestamp than the one signed', { headers: { 'x-grafana-alerting-timestamp': '1795247738' } }],
    ['half of it', { headers: { 'x-grafana-alerting-signature': 'abcdef' } }],
  ])('with %s is refused, and nothing is stored', async (_what, sending: Sending) => {
    const { status, body } = await send(captured.body, sending);
    expect([status, body['code']]).toEqual([401, 'unauthenticated']);
    expect(await stored()).toEqual([]);
  });

  it('is needed with the deployment’s own intake token', async () => {
    const response = await engine.request('POST', '/api/v1/intake/grafana', {
      token: engine.deps.config.intakeToken,
      body: captured.body,
    });
    expect(response.status).toBe(401);
    expect(await stored()).toEqual([]);
  });

  it('is not fooled by a body that was changed on its way', async () => {
    const raw = JSON.stringify(captured.body);
    const timestamp = String(Math.floor(engine.clock.now() / 1000));
    const signature = createHmac('sha256', engine.deps.config.grafanaHmacSecret).update(`${timestamp}:${raw}`);
    const { status } = await send(raw.replace('"checkout"', '"catalog"'), {
      headers: { 'x-grafana-alerting-signature': signature.digest('hex') },
    });
    expect(status).toBe(401);
  });

  it('just within five minutes is taken', async () => {
    expect((await send(captured.body, { age: 300 })).status).toBe(200);
  });

  it('lets a captured request in once: later it brings nothing back', async () => {
    const timestamp = Math.floor(engine.clock.now() / 1000);
    await send(captured.body);
    engine.clock.advance(60_000);
    await send(withAlerts(resolved));
    engine.clock.advance(60_000);
    const age = Math.floor(engine.clock.now() / 1000) - timestamp;
    expect(await send(captured.body, { age })).toEqual({ status: 200, body: { accepted: 0, rejected: [], cut: 0 } });
    expect((await stored()).map(({ state }) => state)).toEqual(['resolved']);
    // Grafana itself signs anew.
    expect((await send(captured.body)).body).toMatchObject({ accepted: 1 });
  });

  it('is used up by the first of two that come at the same time', async () => {
    const answers = await Promise.all([send(captured.body), send(captured.body)]);
    expect(answers.map(({ status, body }) => [status, body['accepted']]).toSorted()).toEqual([
      [200, 0],
      [200, 1],
    ]);
  });

  it('is not used up by a request that could not be committed', async () => {
    const ingest = jest.spyOn(engine.deps.pipeline, 'ingest').mockRejectedValueOnce(new Error('disk full'));
    expect((await send(captured.body)).status).toBe(500);
    expect((await send(captured.body)).body).toMatchObject({ accepted: 1 });
    expect(ingest).toHaveBeenCalledTimes(2);
  });

  it('is not asked of a token that somebody made for another Grafana', async () => {
    const token = await engine.token('intake');
    const response = await engine.request('POST', '/api/v1/intake/grafana', { token, body: captured.body });
    expect(response.status).toBe(200);
  });
});

it('resolves, though the values are null by then', async () => {
  await send(captured.body);
  await send(withAlerts(resolved));
  const [alert, ...others] = await stored();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({ state: 'resolved', resolvedBy: 'grafana' });
});

it('takes a repeated delivery for the same alert', async () => {
  await send(captured.body);
  await send(captured.body);
  await send(captured.body);
  const all = await stored();
  expect([all.length, all[0]?.version]).toEqual([1, 1]);
});

it.each([
  ['DatasourceNoData', 'Checkout p95: no data'],
  ['DatasourceError', 'Checkout p95: the rule cannot be evaluated'],
])('takes %s for missing data of the rule that it names', async (alertname, summary) => {
  const labels = { alertname, rulename: 'Checkout p95', grafana_folder: 'Pharos', service: 'checkout' };
  await send(withAlerts({ ...firing, labels, ruleUID: 'rule-7', values: null }));
  expect(await stored()).toMatchObject([{ state: 'no_data', ruleId: 'rule-7', summary, value: null }]);
  await send(withAlerts({ ...resolved, labels, ruleUID: 'rule-7' }));
  expect(await stored()).toMatchObject([{ state: 'resolved' }]);
});

it('resolves nothing because alerts were left out of a truncated message', async () => {
  const second = { ...firing, labels: { ...firing?.labels, svc: 'cart' } };
  await send(withAlerts(firing, second));
  await send({ ...withAlerts(firing), truncatedAlerts: 1 });
  expect((await stored()).map(({ state }) => state)).toEqual(['firing', 'firing']);
});

it('takes the good alerts of a message and lists the bad ones', async () => {
  const bad = [
    { ...firing, status: 'on fire' },
    { ...firing, labels: { alertname: 7 } },
    { ...firing, labels: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`l${n}`, 'x'])) },
    'text',
  ];
  const { status, body } = await send(withAlerts(bad[0], firing, ...bad.slice(1)));
  expect(status).toBe(200);
  expect(body).toEqual({
    accepted: 1,
    cut: 0,
    rejected: [
      { index: 0, reason: expect.stringContaining('status: ') },
      { index: 2, reason: 'labels.alertname is number; expected text' },
      { index: 3, reason: 'labels has 65 entries; expected at most 64' },
      { index: 4, reason: expect.stringContaining('expected object') },
    ],
  });
  expect(await stored()).toHaveLength(1);
});

it('cuts values that are too long, marks them and says how many', async () => {
  const long = { ...firing, annotations: { summary: 'x'.repeat(5000), short: 'y' } };
  expect((await send(withAlerts(long))).body).toMatchObject({ accepted: 1, cut: 1 });
  const [alert] = await stored();
  expect(alert?.annotations['summary']).toHaveLength(2048);
  expect(alert?.annotations['summary']?.endsWith('…')).toBe(true);
});

it('refuses what is no message of Grafana', async () => {
  expect((await send('{"alerts": 7}')).status).toBe(400);
  expect((await send('{}')).status).toBe(400);
  expect((await send('no JSON')).status).toBe(400);
});
