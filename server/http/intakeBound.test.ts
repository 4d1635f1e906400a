import { captureLog, type CapturedLog } from '../testing/captureLog.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';

let engine: TestEngine;
let captured: CapturedLog;
beforeEach(async () => {
  captured = captureLog('warn');
  engine = await createTestEngine({
    log: captured.log,
    environment: { PHAROS_INTAKE_RATE: '2', PHAROS_INTAKE_BURST: '3' },
  });
});
afterEach(() => engine.dispose());

const alert = { labels: { alertname: 'Slow' } };
const events = (token: string) => engine.request('POST', '/api/v1/intake/events', { token, body: { events: [alert] } });
const alertsV2 = (token: string) => engine.request('POST', '/api/v2/alerts', { token, body: [alert] });
const grafana = (token: string) => engine.request('POST', '/api/v1/intake/grafana', { token, body: { alerts: [] } });

/** Status of as many requests as the bucket holds, and of one more. */
async function exhaust(token: string, send = events): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const _ of [1, 2, 3, 4]) {
    statuses.push((await send(token)).status);
  }
  return statuses;
}

it('holds back one token that sends too often, says when to come again, and touches no other', async () => {
  const [wild, other] = [await engine.token('intake'), await engine.token('intake')];
  expect(await exhaust(wild)).toEqual([200, 200, 200, 429]);
  const refused = await events(wild);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({
    ...{ code: 'overloaded', status: 429, retryAfter: 1 },
    detail: expect.stringMatching(/^intake of default sends more than 2 requests a second .* send it again/),
  });
  expect((await events(other)).status).toBe(200);
});

it('lets in again what was refilled since, and no more', async () => {
  const token = await engine.token('intake');
  await exhaust(token);
  engine.clock.advance(499);
  expect((await events(token)).status).toBe(429);
  engine.clock.advance(1);
  expect((await events(token)).status).toBe(200);
  expect((await events(token)).status).toBe(429);
  engine.clock.advance(60_000);
  expect(await exhaust(token)).toEqual([200, 200, 200, 429]);
});

it.each([
  ['events', events],
  ['the API of Alertmanager', alertsV2],
  ['the webhook of Grafana', grafana],
])('counts what comes by %s together with the rest', async (_what, send) => {
  const token = await engine.token('intake');
  expect((await exhaust(token, send)).at(-1)).toBe(429);
  const answers = await Promise.all([events(token), alertsV2(token), grafana(token)]);
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    ...[
      [429, '1'],
      [429, '1'],
      [429, '1'],
    ],
  ]);
  expect((await events(engine.deps.config.intakeToken)).status).toBe(200);
});

it.each([
  [100, 200],
  [101, 429],
])(
  'counts each hundred alerts of a request as one: of %i at the third, the fourth is answered %i',
  async (count, status) => {
    const token = await engine.token('intake');
    const many = { events: Array.from({ length: count }, (_, n) => ({ labels: { alertname: 'Slow', n: String(n) } })) };
    expect([(await events(token)).status, (await events(token)).status]).toEqual([200, 200]);
    engine.clock.advance(500);
    expect((await engine.request('POST', '/api/v1/intake/events', { token, body: many })).status).toBe(200);
    expect((await events(token)).status).toBe(status);
  }
);

it('is as long without a sender of the largest request as its alerts count for, and touches no other', async () => {
  const token = await engine.token('intake');
  const body = Array.from({ length: 1000 }, (_, n) => ({ labels: { alertname: 'Slow', n: String(n) } }));
  const send = () => engine.request('POST', '/api/v2/alerts', { token, body });
  expect((await send()).status).toBe(200);
  const refused = await send();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '4']);
  expect(await refused.json()).toContain('each 100 of them count as one');
  expect((await events(await engine.token('intake'))).status).toBe(200);
  engine.clock.advance(4000);
  expect((await send()).status).toBe(200);
});

it('bounds the deployment’s own tokens too, each alone', async () => {
  const { intakeToken, adminToken } = engine.deps.config;
  expect(await exhaust(intakeToken)).toEqual([200, 200, 200, 429]);
  expect(await exhaust(adminToken)).toEqual([200, 200, 200, 429]);
});

it('tells users of Grafana and namespaces apart, and knows one by any of its tokens', async () => {
  const of = (sub: string, namespace: string) => engine.relayToken({ sub, namespace, role: 'Editor' });
  expect(await exhaust(await of('user:2', 'default'))).toEqual([200, 200, 200, 429]);
  engine.clock.advance(1);
  const [sameUser, otherUser, otherNamespace] = await Promise.all([
    ...[of('user:2', 'default'), of('user:3', 'default'), of('user:2', 'org-2')],
  ]);
  expect((await events(sameUser ?? '')).status).toBe(429);
  expect((await events(otherUser ?? '')).status).toBe(200);
  expect((await events(otherNamespace ?? '')).status).toBe(200);
});

it('bounds intake only', async () => {
  const { adminToken } = engine.deps.config;
  await exhaust(adminToken);
  expect((await engine.request('GET', '/api/v1/alerts', { token: adminToken })).status).toBe(200);
});

it('names in the log who is held back, once a minute', async () => {
  const token = await engine.token('intake', 'org-2');
  await exhaust(token);
  await events(token);
  expect(captured.lines).toMatchObject([
    { namespace: 'org-2', name: 'intake of org-2', msg: 'alerts of a sender are held back: it sends too often' },
  ]);
  engine.clock.advance(60_000);
  await exhaust(token);
  expect(captured.lines).toHaveLength(2);
});
