import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { getChanges } from '../../../src/api/system.ts';
import { createToken } from '../../../src/api/access.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin, viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

const fire = (n: number, client: Client = admin) =>
  client.call(intakeEvents, { events: [{ labels: { alertname: 'Slow', n: String(n) } }] });
const cursorNow = async () => (await viewer.call(getChanges, {})).cursor;

/** Lets whatever can go on now go on; the long poll itself waits for a commit or the clock. */
const untilWaiting = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

it('begins with a cursor and nothing else', async () => {
  await fire(1);
  expect(await viewer.call(getChanges, {})).toEqual({ cursor: expect.stringMatching(/^\d+$/), topics: [], ids: [] });
});

it('answers at once when something has changed since', async () => {
  const since = await cursorNow();
  await fire(1);
  const answer = await viewer.call(getChanges, { since, wait: 25 });
  expect([answer.topics, answer.ids.length]).toEqual([['alerts'], 1]);
  expect(Number(answer.cursor)).toBeGreaterThan(Number(since));
  expect(await viewer.call(getChanges, { since: answer.cursor, wait: 0 })).toEqual({ ...answer, topics: [], ids: [] });
});

it('is woken by a commit', async () => {
  const since = await cursorNow();
  let answered = false;
  const waiting = viewer.call(getChanges, { since, wait: 25 }).finally(() => {
    answered = true;
  });
  await untilWaiting();
  expect(answered).toBe(false);
  await admin.call(createToken, { name: 'ci', scope: 'read' });
  expect((await waiting).topics).toEqual(['tokens']);
});

it('is not woken by another namespace, and ends when its time is over', async () => {
  const since = await cursorNow();
  const waiting = viewer.call(getChanges, { since, wait: 25 });
  await untilWaiting();
  await fire(1, testClient(engine, await engine.token('admin', 'org-2')));
  await untilWaiting();
  engine.clock.advance(25_000);
  expect(await waiting).toEqual({ cursor: since, topics: [], ids: [] });
});

it('opens twenty for one caller and refuses the next until one ends, without holding up others', async () => {
  const since = await cursorNow();
  const poll = (client: Client = viewer) => client.call(getChanges, { since, wait: 25 }, { tries: 1 });
  const leaving = viewer.call(getChanges, { since, wait: 10 });
  const waiting = Array.from({ length: 19 }, () => poll());
  await untilWaiting();
  await expect(poll()).rejects.toMatchObject({
    ...{ status: 429, code: 'overloaded', retryAfter: 5 },
    message: expect.stringMatching(/^read of default has 20 long polls open, .* ask with "wait" 0\.$/),
  });
  expect((await viewer.call(getChanges, { since, wait: 0 })).topics).toEqual([]);
  const others = poll(admin);
  engine.clock.advance(10_000);
  await leaving;
  waiting.push(poll(), others);
  await untilWaiting();
  await fire(1);
  expect((await Promise.all(waiting)).map(({ topics }) => topics)).toEqual(Array(21).fill(['alerts']));
  expect((await viewer.call(getChanges, { since, wait: 25 })).topics).toEqual(['alerts']);
});

it('reads once for all polls that a commit wakes', async () => {
  const since = await cursorNow();
  const read = jest.spyOn(engine.deps.store.read.changes, 'since');
  const waiting = Array.from({ length: 15 }, () => viewer.call(getChanges, { since, wait: 25 }));
  await untilWaiting();
  read.mockClear();
  await fire(1);
  await Promise.all(waiting);
  expect(read).toHaveBeenCalledTimes(1);
});

it('says to load everything when too much has changed to name it', async () => {
  const since = await cursorNow();
  await admin.call(intakeEvents, {
    events: Array.from({ length: 150 }, (_, n) => ({ labels: { alertname: 'Slow', n: String(n) } })),
  });
  const answer = await viewer.call(getChanges, { since, wait: 0 });
  expect([answer.topics, answer.ids]).toEqual([['alerts'], []]);
});

it('says that a cursor has expired when it is too old, or from another store', async () => {
  for (let n = 0; n < 5; n += 1) {
    await fire(n);
  }
  const since = await cursorNow();
  await expect(viewer.call(getChanges, { since: '999999', wait: 0 })).rejects.toMatchObject({
    ...{ status: 410, code: 'cursor_expired' },
  });
  await engine.store.write((tx) => tx.changes.prune(2, 100));
  await expect(viewer.call(getChanges, { since: '1', wait: 0 })).rejects.toMatchObject({ status: 410 });
  expect((await viewer.call(getChanges, { since, wait: 0 })).topics).toEqual([]);
});

it('refuses a cursor that is none', async () => {
  await expect(viewer.call(getChanges, { since: 'yesterday', wait: 0 })).rejects.toMatchObject({
    ...{ status: 400, errors: [{ path: 'since', message: 'expected a cursor from an earlier answer' }] },
  });
});
