import { minutes } from '../../src/core/units.ts';
import { json, startFakeStore, type FakeStore } from '../sources/fakeStore.fixture.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createHeartbeat, type Heartbeat, type HeartbeatOutcome } from './heartbeat.ts';

let clock: TestClock;
let outside: FakeStore;
let reasons: readonly string[];
let leads: boolean;
let outcomes: HeartbeatOutcome[];
let logged: string[];
let heartbeat: Heartbeat;

const create = (url: string): void => {
  const log = {
    warn: (facts: object, text: string) => void logged.push(`${text} ${JSON.stringify(facts)}`),
    info: (text: string) => void logged.push(text),
  } as never;
  const onBeat = (outcome: HeartbeatOutcome): void => void outcomes.push(outcome);
  heartbeat = createHeartbeat({
    clock,
    log,
    url,
    notReady: () => Promise.resolve(reasons),
    onBeat,
    isLeader: () => leads,
  });
  heartbeat.start();
};

beforeEach(async () => {
  clock = createTestClock();
  outside = await startFakeStore(json({}));
  reasons = [];
  leads = true;
  outcomes = [];
  logged = [];
});
afterEach(async () => {
  await heartbeat.stop();
  await outside.close();
});

/** Lets a minute pass, and waits for the beat that it brings. */
async function beat(): Promise<HeartbeatOutcome | undefined> {
  const before = outcomes.length;
  clock.advance(minutes(1));
  const deadline = performance.now() + 10_000;
  while (outcomes.length === before && performance.now() < deadline) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  // The next one is set up after this one was counted.
  await new Promise<void>((resolve) => setImmediate(resolve));
  return outcomes.at(-1);
}

it('is sent each minute while the engine is well', async () => {
  create(`${outside.url}/ping/token`);
  expect([await beat(), await beat(), await beat()]).toEqual(['sent', 'sent', 'sent']);
  expect(outside.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(
    Array.from({ length: 3 }, () => 'GET /ping/token')
  );
  expect(logged).toEqual([]);
});

it('is withheld while it is not, and sent again afterwards', async () => {
  create(outside.url);
  reasons = ['The store cannot be written: disk full'];
  expect(await beat()).toBe('withheld');
  expect(outside.seen).toEqual([]);
  reasons = [];
  expect(await beat()).toBe('sent');
  expect(logged).toEqual([
    'the heartbeat was withheld: the engine is not well {"reason":"The store cannot be written: disk full"}',
    'the heartbeat is sent again',
  ]);
});

it('is sent by the leader of several engines only', async () => {
  create(outside.url);
  leads = false;
  for (let minute = 0; minute < 3; minute++) {
    clock.advance(minutes(1));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  expect([outside.seen, outcomes, logged]).toEqual([[], [], []]);
  leads = true;
  expect(await beat()).toBe('sent');
});

it('is counted and logged when nobody takes it, without its address', async () => {
  create(`${outside.url}/ping/token`);
  outside.answer = json({}, 404);
  expect(await beat()).toBe('failed');
  await outside.close();
  expect(await beat()).toBe('failed');
  expect(logged[0]).toBe('the heartbeat was not taken {"reason":"answered 404"}');
  expect(logged[1]).toMatch(/not taken.*(ECONNREFUSED|other side closed|socket)/);
  expect(logged.join()).not.toContain('token');
  outside = await startFakeStore(json({}));
});

it('stops while nobody answers', async () => {
  outside.answer = () => undefined;
  create(outside.url);
  clock.advance(minutes(1));
  const deadline = performance.now() + 10_000;
  while (outside.seen.length === 0 && performance.now() < deadline) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  await heartbeat.stop();
  expect(outcomes).toEqual([]);
});
