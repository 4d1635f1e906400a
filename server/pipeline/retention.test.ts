import { addMs, days, epochMs, hours, minutes } from '../../src/core/units.ts';
import {
  sampleAlert,
  sampleAudit,
  sampleJob,
  sampleLink,
  sampleSession,
  sampleTransition,
  START,
} from '../store/testing/samples.ts';
import { createTestStore, type TestStore } from '../store/testing/createTestStore.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createRetention, type Retention } from './retention.ts';

const RETENTION = days(90);
const NS = 'default';

let clock: TestClock;
let store: TestStore;
let retention: Retention;
let leads: boolean;
const logged: unknown[] = [];

beforeEach(async () => {
  clock = createTestClock(START);
  store = await createTestStore({ clock });
  leads = true;
  retention = createRetention({
    store,
    clock,
    retention: RETENTION,
    isLeader: () => leads,
    log: { error: (facts: unknown) => void logged.push(facts) },
  });
});
afterEach(async () => {
  await retention.stop();
  await store.dispose();
});

const alert = (id: string, changes: Parameters<typeof sampleAlert>[0]) =>
  sampleAlert({ id, fingerprint: id, state: 'resolved', resolvedAt: START, ...changes });

const ids = async () =>
  (await store.read.alerts.list(NS, { states: [] }, { limit: 9 })).items.map(({ id }) => id).toSorted();

/** Lets the retention rest and go on until nothing more happens. */
async function work(until: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await until()) && performance.now() < deadline) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    clock.advance(20);
  }
}

it('removes any number of rows step by step, and cuts the audit once a day', async () => {
  await store.write(async (tx) => {
    await tx.history.append(
      NS,
      Array.from({ length: 1100 }, (_, n) => sampleTransition({ alertId: `a${n}` }))
    );
    for (let hour = 0; hour < 3; hour += 1) {
      await tx.audit.append(NS, sampleAudit({ at: addMs(START, hours(hour)) }));
    }
  });
  retention.start();
  clock.advance(RETENTION + hours(3));
  const historyIsEmpty = async () => (await store.read.history.list(NS, {}, { limit: 1 })).items.length === 0;
  await work(historyIsEmpty);
  expect(await historyIsEmpty()).toBe(true);
  const auditSize = async () => (await store.read.audit.list(NS, {}, { limit: 99 })).items.length;
  expect(await auditSize()).toBe(3);
  clock.advance(days(1));
  await work(async () => (await auditSize()) === 1);
  const [note] = (await store.read.audit.list(NS, {}, { limit: 99 })).items;
  expect(note).toMatchObject({ action: 'pruneAudit', after: { upTo: 3 } });
  expect(await store.read.audit.verify(NS)).toEqual({ ok: true, rows: 1, firstBadSeq: null });
  expect(logged).toEqual([]);
});

it('is left to the leader', async () => {
  await store.write((tx) => tx.history.append(NS, [sampleTransition({ alertId: 'old' })]));
  const isEmpty = async () => (await store.read.history.list(NS, {}, { limit: 1 })).items.length === 0;
  leads = false;
  retention.start();
  clock.advance(RETENTION + hours(3));
  for (let turn = 0; turn < 50; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  expect(await isEmpty()).toBe(false);
  leads = true;
  clock.advance(minutes(10));
  await work(isEmpty);
  expect(await isEmpty()).toBe(true);
});

it('stops in the middle', async () => {
  await store.write((tx) =>
    tx.history.append(
      NS,
      Array.from({ length: 1100 }, (_, n) => sampleTransition({ alertId: `a${n}` }))
    )
  );
  retention.start();
  clock.advance(RETENTION + minutes(11));
  await retention.stop();
  expect((await store.read.history.list(NS, {}, { limit: 2000 })).items.length).toBeGreaterThan(500);
});

it('removes what is older than the retention, and leaves what is open', async () => {
  await store.write(async (tx) => {
    await tx.alerts.save([
      alert('old', {}),
      alert('new', { resolvedAt: addMs(START, days(60)) }),
      alert('open', { state: 'firing', resolvedAt: null }),
    ]);
    await tx.history.append(NS, [sampleTransition({ alertId: 'old' })]);
    for (let n = 0; n < 600; n++) {
      await tx.seenRequests.add(NS, { hash: String(n), until: epochMs(START + n) });
    }
    await tx.seenRequests.add(NS, { hash: 'young', until: addMs(addMs(START, RETENTION), minutes(20)) });
    await tx.sessions.save(sampleSession());
    await tx.sessions.saveLink(sampleLink());
    for (const subject of ['old', 'open']) {
      await tx.jobs.enqueue([sampleJob({ subject, idempotencyKey: subject })]);
    }
    const claim = await tx.jobs.claim({
      kind: 'notify',
      namespace: NS,
      queue: 'demo-inbox',
      now: START,
      leaseUntil: START,
      max: 9,
    });
    expect(claim && (await tx.jobs.complete(claim, START, { skippedIds: [] }))).toBe(true);
  });
  clock.advance(RETENTION);
  retention.start();
  clock.advance(minutes(11));
  // Sessions go last.
  await work(async () => (await store.read.sessions.findByHash('hash-1')) === undefined);
  expect(logged).toEqual([]);
  expect(await ids()).toEqual(['new', 'open']);
  expect((await store.read.history.list(NS, {}, { limit: 9 })).items).toEqual([]);
  expect((await store.read.jobs.listBySubject(NS, 'notify', ['old', 'open'])).map(({ subject }) => subject)).toEqual([
    'open',
  ]);
  expect(await store.read.sessions.findByHash('hash-1')).toBeUndefined();
  const again = (hash: string) => store.write((tx) => tx.seenRequests.add(NS, { hash, until: START }));
  expect([await again('0'), await again('599'), await again('young')]).toEqual([true, true, false]);
});
