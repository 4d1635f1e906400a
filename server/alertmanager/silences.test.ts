import type { Client } from '../../src/api/client.ts';
import { listAlerts, listHistory } from '../../src/api/alerts.ts';
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

it('names the caller in the history, and whom the client says it is for', async () => {
  await create();
  await editor.call(intakeEvents, { events: [{ labels: { alertname: 'Slow', service: 'checkout' } }] });
  const { items } = await editor.call(listHistory, { actor: 'write of default' });
  expect(items).toMatchObject([
    {
      kind: 'suppressed',
      reason: expect.stringMatching(/\(by write of default in the name of Ada, until .*\): work$/),
    },
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

describe('a filter of silences', () => {
  const listed = async (...filters: string[]): Promise<readonly string[]> => {
    const query = new URLSearchParams(filters.map((filter): [string, string] => ['filter', filter])).toString();
    const { status, body } = await call('GET', `silences?${query}`);
    expect([status, query]).toEqual([200, query]);
    return (body as Array<{ comment: string }>).map(({ comment }) => comment).toSorted();
  };

  beforeEach(async () => {
    for (const service of ['cart', 'checkout']) {
      const matchers = [{ name: 'service', value: service, isRegex: false, isEqual: true }];
      await call('POST', 'silences', { ...draft(), matchers, comment: service });
    }
    const matchers = [{ name: 'team', value: 'shop.*', isRegex: true, isEqual: true }];
    await call('POST', 'silences', { ...draft(), matchers, comment: 'team' });
  });

  it.each([
    [['service="checkout"'], ['checkout']],
    [['service!="checkout"'], ['cart', 'team']],
    [['service=~"c.*"'], ['cart', 'checkout']],
    [['service=~"check"'], []],
    [['service!~"c.*"'], ['team']],
    [['service!=""'], ['cart', 'checkout']],
    [['service=""'], ['team']],
    [['team="shop.*"'], ['team']],
    [['service!="cart"', 'service!=""'], ['checkout']],
  ])('counts with its operator: %j', async (filters, expected) => {
    expect(await listed(...filters)).toEqual(expected);
  });

  it('says what is wrong with a pattern', async () => {
    expect((await call('GET', `silences?filter=${encodeURIComponent('service=~"("')}`)).status).toBe(400);
  });
});

it('changes end and comment of one whose id is given where it stands', async () => {
  const made = draft();
  const id = await create();
  engine.clock.advance(minutes(1));
  // As amtool sends it: without the fraction of the second.
  const startsAt = made.startsAt.replace(/\.\d+Z$/, 'Z');
  const longer = { ...draft(), startsAt, id, comment: 'longer work', createdBy: 'Bob' };
  expect(await call('POST', 'silences', longer)).toEqual({ status: 200, body: { silenceID: id } });
  expect((await call('GET', 'silences')).body).toMatchObject([
    { id, comment: 'longer work', createdBy: 'Bob', startsAt: made.startsAt, endsAt: longer.endsAt },
  ]);
  expect((await call('POST', 'silences', { ...draft(), id: 'none' })).status).toBe(404);
});

it.each([
  ['matchers', () => ({ matchers: [{ name: 'service', value: 'cart', isRegex: false, isEqual: true }] })],
  ['start', () => ({ startsAt: iso(engine.clock.now() + minutes(30)) })],
])('ends one whose %s are to be others, and makes another', async (_what, other) => {
  const made = draft();
  const id = await create();
  engine.clock.advance(minutes(1));
  const { status, body } = await call('POST', 'silences', { ...made, ...other(), id });
  const { silenceID } = body as { silenceID: string };
  expect([status, silenceID === id]).toEqual([200, false]);
  expect((await call('GET', `silence/${id}`)).body).toMatchObject({ ...made, endsAt: iso(engine.clock.now()) });
  expect((await call('GET', `silence/${silenceID}`)).body).toMatchObject({ endsAt: made.endsAt, ...other() });
});

it('makes another of one that has ended', async () => {
  const id = await create();
  await call('DELETE', `silence/${id}`);
  const { body } = await call('POST', 'silences', { ...draft(), id });
  expect((body as { silenceID: string }).silenceID).not.toBe(id);
  expect((await call('GET', `silence/${id}`)).body).toMatchObject({ status: { state: 'expired' } });
});

it('ends one, once', async () => {
  const id = await create();
  expect(await call('DELETE', `silence/${id}`)).toEqual({ status: 200, body: {} });
  expect((await call('GET', `silence/${id}`)).body).toMatchObject({ status: { state: 'expired' } });
  expect(await call('DELETE', `silence/${id}`)).toEqual({ status: 409, body: `Silence ${id} has ended already.` });
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
