import type { Client } from '../../src/api/client.ts';
import { listAlerts } from '../../src/api/alerts.ts';
import { intakeEvents } from '../../src/api/intake.ts';
import { hours, minutes } from '../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { testClients } from '../testing/testClient.ts';

let engine: TestEngine;
let editor: Client;
let token: string;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ editor } = await testClients(engine));
  token = await engine.token('write');
});
afterEach(() => engine.dispose());

const call = async (method: string, path: string, body?: unknown) => {
  const response = await engine.request(method, `/api/v2/${path}`, { token, ...(body === undefined ? {} : { body }) });
  return { status: response.status, body: (await response.json()) as unknown };
};
const iso = (at: number): string => new Date(at).toISOString();

const draft = () => ({
  matchers: [
    { name: 'service', value: 'c.*', isRegex: true, isEqual: true },
    { name: 'severity', value: 'info', isRegex: false, isEqual: false },
  ],
  ...{ startsAt: iso(engine.clock.now()), endsAt: iso(engine.clock.now() + hours(2)) },
  ...{ createdBy: 'Ada', comment: 'work' },
});

async function create(): Promise<string> {
  const { status, body } = await call('POST', 'silences', draft());
  expect(status).toBe(200);
  return (body as { silenceID: string }).silenceID;
}

it('makes one, lists it in the shape of Alertmanager, and marks what it matches', async () => {
  const labels = { alertname: 'Slow', service: 'checkout', severity: 'error' };
  await editor.call(intakeEvents, { events: [{ labels }, { labels: { ...labels, severity: 'info' } }] });
  const id = await create();
  const expected = {
    ...{ ...draft(), id, status: { state: 'active' }, updatedAt: iso(engine.clock.now()) },
  };
  expect(await call('GET', 'silences')).toEqual({ status: 200, body: [expected] });
  expect(await call('GET', `silence/${id}`)).toEqual({ status: 200, body: expected });
  const { items } = await editor.call(listAlerts, { suppressed: true });
  expect(items.map((alert) => [alert.labels['severity'], alert.suppressedBy])).toEqual([
    ['error', [{ kind: 'silence', id }]],
  ]);
});

it('takes a matcher without isEqual as equal, as older clients send it', async () => {
  const { status } = await call('POST', 'silences', {
    ...draft(),
    matchers: [{ name: 'service', value: 'cart', isRegex: false }],
  });
  expect(status).toBe(200);
  const { body } = await call('GET', 'silences?filter=service%3D%22cart%22');
  expect(body).toMatchObject([{ matchers: [{ name: 'service', value: 'cart', isEqual: true }] }]);
  expect((await call('GET', 'silences?filter=service%3D%22other%22')).body).toEqual([]);
});

it('replaces one whose id is given', async () => {
  const id = await create();
  engine.clock.advance(minutes(1));
  expect(await call('POST', 'silences', { ...draft(), id, comment: 'longer work' })).toEqual({
    ...{ status: 200, body: { silenceID: id } },
  });
  expect((await call('GET', 'silences')).body).toMatchObject([{ id, comment: 'longer work' }]);
  expect((await call('POST', 'silences', { ...draft(), id: 'none' })).status).toBe(404);
});

it('ends one, once', async () => {
  const id = await create();
  expect(await call('DELETE', `silence/${id}`)).toEqual({ status: 200, body: {} });
  expect((await call('GET', `silence/${id}`)).body).toMatchObject({ status: { state: 'expired' } });
  expect(await call('DELETE', `silence/${id}`)).toEqual({ status: 404, body: `There is no live silence ${id}.` });
  expect((await call('GET', 'silence/none')).status).toBe(404);
});

it.each([
  ['no matchers', { matchers: [] }],
  ['a matcher that matches everything', { matchers: [{ name: 'x', value: '.*', isRegex: true }] }],
  ['a pattern that is none', { matchers: [{ name: 'x', value: '(', isRegex: true }] }],
  ['no comment', { comment: '' }],
  ['an end that has passed', { endsAt: '2020-01-01T00:00:00Z', startsAt: '2019-01-01T00:00:00Z' }],
])('refuses %s with a sentence, and stores nothing', async (_what, wrong) => {
  const { status, body } = await call('POST', 'silences', { ...draft(), ...wrong });
  expect([status, typeof body]).toEqual([400, 'string']);
  expect((await call('GET', 'silences')).body).toEqual([]);
});
