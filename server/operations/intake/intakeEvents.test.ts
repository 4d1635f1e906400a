import { listAlerts } from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { hours } from '../../../src/core/units.ts';
import { EngineError } from '../../errors.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let editor: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ editor } = await testClients(engine));
});
afterEach(() => engine.dispose());

const send = (...events: unknown[]) => editor.call(intakeEvents, { events });
const stored = async () => (await editor.call(listAlerts, { state: ['firing', 'stale', 'resolved'] })).items;

it('makes an alert of an event, and ends it by its labels', async () => {
  const labels = { alertname: 'BackupFailed', service: 'catalog' };
  const url = 'https://ci.example/job/7';
  expect(await send({ labels, severity: 'P2', summary: 'The backup failed', value: 3, unit: 'count', url })).toEqual({
    ...{ accepted: 1, rejected: [], cut: 0 },
  });
  expect(await stored()).toMatchObject([
    {
      ...{ source: 'events', state: 'firing', severity: 'error', severityMappedFrom: 'P2', service: 'catalog' },
      ...{ summary: 'The backup failed', ruleId: 'BackupFailed', value: 3, unit: 'count', generatorUrl: url },
      endsAt: engine.clock.now() + hours(24),
    },
  ]);
  await send({ labels, status: 'resolved' });
  expect(await stored()).toMatchObject([{ state: 'resolved', resolvedBy: 'events' }]);
});

it('finds severity and service in the labels where the event says nothing of them', async () => {
  await send({ labels: { alertname: 'Slow', job: 'checkout', severity: 'crit' } });
  expect(await stored()).toMatchObject([
    { severity: 'critical', severityMappedFrom: 'crit', service: 'checkout', summary: 'checkout: Slow' },
  ]);
});

it('takes the good ones and lists the bad ones with place and reason', async () => {
  const { accepted, rejected } = await send(
    ...[{ labels: { alertname: 'Good' } }, { labels: {} }, { status: 'firing' }, { labels: { a: 1 } }, null],
    ...[
      { labels: { alertname: 'x' }, colour: 'red' },
      { labels: { alertname: 'x' }, startsAt: 'yesterday' },
    ],
    { labels: { ['n'.repeat(129)]: 'x' } }
  );
  expect(accepted).toBe(1);
  expect(rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const reasons = rejected.map(({ reason }) => reason);
  expect(reasons[0]).toBe('labels: expected at least one, to know the alert by');
  expect(reasons[1]).toMatch(/^labels: /);
  expect(reasons[2]).toBe('labels.a is number; expected text');
  expect(reasons[5]).toMatch(/^startsAt: expected an RFC 3339 time/);
  expect(reasons[6]).toMatch(/expected 1 to 128 characters/);
  expect(await stored()).toHaveLength(1);
});

it('makes no link of what is no web address', async () => {
  await send({ labels: { alertname: 'x' }, url: 'javascript:alert(1)' });
  expect((await stored())[0]?.generatorUrl).toBeNull();
});

it('keeps names that are objects’ own apart from them', async () => {
  const names = '{"__proto__":"y","alertname":"x","constructor":"z"}';
  await send({ labels: JSON.parse(names), annotations: JSON.parse('{"__proto__":"note"}') });
  const [alert] = await stored();
  expect(JSON.stringify(alert?.labels)).toBe(names);
  expect(JSON.stringify(alert?.annotations)).toBe('{"__proto__":"note"}');
  await send({ labels: JSON.parse(names.replace('"y"', '"another"')) });
  expect(await stored()).toHaveLength(2);
  expect(({} as Record<string, unknown>)['y']).toBeUndefined();
});

it('answers 429 with a time when too much is waiting, and has taken nothing of it', async () => {
  const overloaded = new EngineError('overloaded', 'Too much is waiting.', { retryAfter: 1 });
  jest.spyOn(engine.deps.pipeline, 'ingest').mockRejectedValue(overloaded);
  const token = await engine.token('intake');
  const response = await engine.request('POST', '/api/v1/intake/events', {
    ...{ token, body: { events: [{ labels: { alertname: 'x' } }] } },
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await response.json()).toMatchObject({ code: 'overloaded', retryAfter: 1 });
});
