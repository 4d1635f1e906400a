import { addMs, days, epochMs, minutes } from '../../src/core/units.ts';
import {
  sampleAlert,
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
const logged: unknown[] = [];

beforeEach(async () => {
  clock = createTestClock(START);
  store = await createTestStore({ clock });
  retention = createRetention({
    store,
    clock,
    retention: RETENTION,
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
      ...{ kind: 'notify', namespace: NS, queue: 'demo-inbox', now: START, leaseUntil: START, max: 9 },
    });
    expect(claim && (await tx.jobs.complete(claim, START, { skippedIds: [] }))).toBe(true);
  });
  clock.advance(RETENTION);
  retention.start();
  clock.advance(minutes(11));
  const deadline = performance.now() + 10_000;
  // Sessions go last.
  while ((await store.read.sessions.findByHash('hash-1')) !== undefined && performance.now() < deadline) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
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
