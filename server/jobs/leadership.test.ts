import { durationMs } from '../../src/core/units.ts';
import { createTestStore } from '../store/testing/createTestStore.ts';
import type { LeaseHolder } from '../store/lease.ts';
import type { Store, Transaction } from '../store/store.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createLeadership, type Leadership } from './leadership.ts';

const LASTS = durationMs(15_000);

let clock: TestClock;
/** Who has the lease, in a store that several engines can ask. */
let lease: { holder: LeaseHolder; until: number } | undefined;
let outage: Error | undefined;
/** Questions that the store keeps to itself, while it hangs, until the test has it answer them. */
let kept: Array<() => void> | undefined;
let logged: string[];
const running: Leadership[] = [];

const leases: Pick<Transaction['leases'], 'take' | 'release'> = {
  take: (_name, holder, lasts) => {
    if (lease === undefined || lease.holder.id === holder.id || lease.until <= clock.now()) {
      lease = { holder, until: clock.now() + lasts };
    }
    return Promise.resolve(lease.holder);
  },
  release: (_name, { id }) => {
    lease = lease?.holder.id === id ? undefined : lease;
    return Promise.resolve();
  },
};

function create(id: string, mine: TestClock = clock): Leadership {
  const store: Pick<Store, 'kind' | 'write'> = {
    kind: 'postgres',
    write: async (work) => {
      await (kept === undefined ? undefined : new Promise<void>((resolve) => kept?.push(resolve)));
      return outage === undefined ? work({ leases } as unknown as Transaction) : Promise.reject(outage);
    },
  };
  const say = (_facts: unknown, text?: string): void => void logged.push(`${id}: ${text ?? ''}`);
  const log = { info: say, warn: say };
  const leadership = createLeadership({ store, log, clock: mine, self: { id, engine: `engine ${id}` }, lasts: LASTS });
  running.push(leadership);
  return leadership;
}

beforeEach(() => {
  clock = createTestClock();
  lease = undefined;
  outage = undefined;
  kept = undefined;
  logged = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((leadership) => leadership.stop()));
});

/** Lets time pass in steps, and the questions that it brings about be answered. */
async function pass(ms: number, clocks: readonly TestClock[] = [clock]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1000) {
    clocks.forEach((one) => one.advance(1000));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

it('leads at once and without asking where there can be no other', async () => {
  const store = await createTestStore();
  const leadership = createLeadership({
    ...{ store, clock, log: { info: () => undefined, warn: () => undefined } },
    self: { id: 'a', engine: 'engine a' },
  });
  await leadership.start();
  expect([leadership.isLeader(), leadership.leader()]).toEqual([true, 'engine a']);
  await leadership.stop();
  await store.dispose();
});

it('leads as the first, keeps the lead as long as it renews it, and says so to the second', async () => {
  const [a, b] = [create('a'), create('b')];
  await a.start();
  await b.start();
  await pass(60_000);
  expect([a.isLeader(), b.isLeader(), b.leader()]).toEqual([true, false, 'engine a']);
  expect(logged).toEqual(['a: this engine leads']);
});

it('takes over within a lease and a look when the leader is gone, and hears of it once', async () => {
  const b = create('b');
  lease = { holder: { id: 'dead', engine: 'engine dead' }, until: clock.now() + LASTS };
  let gained = 0;
  b.onGained(() => (gained += 1));
  await b.start();
  await pass(14_000);
  expect([b.isLeader(), gained]).toEqual([false, 0]);
  await pass(6000);
  expect([b.isLeader(), gained]).toEqual([true, 1]);
  await pass(30_000);
  expect(gained).toBe(1);
});

it('takes over at the next look when the leader has stopped', async () => {
  const [a, b] = [create('a'), create('b')];
  await a.start();
  await b.start();
  await a.stop();
  expect(a.isLeader()).toBe(false);
  await pass(5000);
  expect(b.isLeader()).toBe(true);
});

it('leads no more after it was paused beyond its lease, from the first moment on', async () => {
  const paused = createTestClock();
  const [a, b] = [create('a', paused), create('b')];
  await a.start();
  await b.start();
  await pass(25_000);
  expect(b.isLeader()).toBe(true);
  // Its clock was going on while nothing of it ran: no timer has fired, nobody has told it.
  jest.spyOn(paused, 'now').mockImplementation(() => clock.now());
  expect(a.isLeader()).toBe(false);
  await pass(5000, [clock, paused]);
  expect([a.isLeader(), a.leader(), b.isLeader()]).toEqual([false, 'engine b', true]);
});

it('leads to the end of its lease while the database is away, then nobody is known to, and again afterwards', async () => {
  const a = create('a');
  await a.start();
  outage = new Error('connection refused');
  await pass(14_000);
  expect(a.isLeader()).toBe(true);
  await pass(1000);
  expect([a.isLeader(), a.leader()]).toEqual([false, null]);
  let gained = 0;
  a.onGained(() => (gained += 1));
  outage = undefined;
  await pass(5000);
  expect([a.isLeader(), gained]).toEqual([true, 1]);
  expect(logged).toContain('a: it could not be asked which engine leads; tried again in a moment');
});

it('knows that it leads no more while the database hangs, goes on asking, and leads again once it is answered', async () => {
  const a = create('a');
  await a.start();
  const hanging = (kept = []);
  await pass(16_000);
  expect([a.isLeader(), a.leader()]).toEqual([false, null]);
  await pass(30_000);
  expect(hanging.length).toBeGreaterThan(2);
  expect(logged).toEqual(expect.arrayContaining(['a: this engine leads', 'a: this engine leads no more']));
  let gained = 0;
  a.onGained(() => (gained += 1));
  kept = undefined;
  await pass(10_000);
  expect([a.isLeader(), gained]).toEqual([true, 1]);
});

it('takes an answer that comes late, but not one that another has overtaken', async () => {
  const a = create('a');
  const late: Array<() => void> = (kept = []);
  void a.start();
  await pass(6000);
  expect(a.isLeader()).toBe(false);
  late.forEach((answer) => answer());
  await pass(1000);
  expect(a.isLeader()).toBe(true);

  const overtaken: Array<() => void> = (kept = []);
  await pass(10_000);
  kept = undefined;
  await pass(10_000);
  expect([a.isLeader(), overtaken.length]).toEqual([true, 1]);
  lease = { holder: { id: 'b', engine: 'engine b' }, until: clock.now() + LASTS };
  overtaken.forEach((answer) => answer());
  await pass(1000);
  expect(a.leader()).toBe('engine a');
});

it('stops although the database hangs', async () => {
  const a = create('a');
  await a.start();
  kept = [];
  const stopping = a.stop();
  await pass(6000);
  await stopping;
  expect(a.isLeader()).toBe(false);
  kept = undefined;
});
