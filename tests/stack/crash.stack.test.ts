import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { intakeEvents } from '../../src/api/intake.ts';
import { verifyAudit } from '../../src/api/access.ts';
import { allAlertIds, startCrashLoad, type CrashLoad } from './support/crashLoad.ts';
import { eventually, nextLook } from './support/eventually.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';
import { startTestInbox, type InboxDelivery, type TestInbox } from './support/startTestInbox.ts';

jest.setTimeout(400_000);

const CRASHES = 50;
/** Of the kills, this share hits the engine while it is starting. */
const DURING_START = 0.15;
/** Each run takes other moments; a failing one is repeated by putting its seed here. */
const SEED = Date.now() % 2 ** 32;

/** A delivery that was on its way when the acknowledgement was answered cannot be called back; a later one must not begin. */
const ON_ITS_WAY_MS = 1000;
const DELIVERED_WITHIN_MS = 90_000;

/** mulberry32, Tommy Ettinger: 32 bits of state, even enough for choosing moments. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = createRandom(SEED);
const crashes: number[] = [];
const starts: number[] = [];
let engine: RealEngine;
let inbox: TestInbox;
let load: CrashLoad;

beforeAll(async () => {
  inbox = await startTestInbox();
  engine = await startEngine();
  await inbox.provision(engine);
  // Long enough on its way that many a kill finds a delivery between "sent" and "recorded".
  await inbox.behave({ mode: 'slow', delayMs: 250 });
});
afterAll(async () => {
  await load?.stop();
  await engine?.dispose();
  await inbox?.close();
});

async function crash(): Promise<void> {
  await engine.kill();
  crashes.push(Date.now());
}

async function startAgain(): Promise<void> {
  while (random() < DURING_START && crashes.length < CRASHES) {
    const starting = engine.start().catch(() => undefined);
    await nextLook(20 + random() * 500);
    await crash();
    await starting;
  }
  starts.push(await engine.start());
}

const missing = (wanted: Iterable<string>, present: { has(id: string): boolean }): readonly string[] =>
  [...wanted].filter((id) => !present.has(id));

interface Told {
  readonly alertId: string;
  readonly webhookId: string;
  readonly at: number;
}

const firingTold = (deliveries: readonly InboxDelivery[]): readonly Told[] =>
  deliveries.flatMap(({ id: webhookId, at, body }) =>
    body.alerts.filter(({ kind }) => kind !== 'resolved').map(({ id: alertId }) => ({ alertId, webhookId, at }))
  );

const crashedBetween = (from: number, to: number): boolean => crashes.some((at) => at >= from && at <= to);

/** Messages that were repeated although the engine did not die over the one before. */
function unexplainedRepeats(deliveries: readonly InboxDelivery[]): readonly string[] {
  const lastAt = new Map<string, number>();
  return deliveries.flatMap(({ id, at }) => {
    const before = lastAt.get(id);
    lastAt.set(id, at);
    return before === undefined || crashedBetween(before, at) ? [] : [id];
  });
}

/** Alerts that were told in more than one message, which an idempotent receiver could not recognise. */
function toldInSeveralMessages(told: readonly Told[]): readonly string[] {
  const messages = Map.groupBy(told, ({ alertId }) => alertId);
  return [...messages].filter(([, list]) => new Set(list.map(({ webhookId }) => webhookId)).size > 1).map(([id]) => id);
}

const toldAfterAcknowledgement = (told: readonly Told[]): readonly Told[] =>
  told.filter(({ alertId, at }) => {
    const acknowledgedAt = load.acknowledged.get(alertId);
    return (
      acknowledgedAt !== undefined && (at > acknowledgedAt + ON_ITS_WAY_MS || crashedBetween(acknowledgedAt, at - 1))
    );
  });

it('keeps every event that it acknowledged, over fifty kills at random moments', async () => {
  load = startCrashLoad(engine, random);
  while (crashes.length < CRASHES) {
    await nextLook(50 + random() * 900);
    await crash();
    await startAgain();
    const promised = [...load.accepted];
    expect([SEED, crashes.length, missing(promised, await allAlertIds(engine))]).toEqual([SEED, crashes.length, []]);
  }
  await load.stop();
  // The load must have been one, or the rest proves nothing.
  expect(load.accepted.size).toBeGreaterThan(500);
  expect(load.acknowledged.size).toBeGreaterThan(50);
  expect(load.unanswered()).toBeGreaterThan(0);
  expect(missing(load.accepted, await allAlertIds(engine))).toEqual([]);
});

it('tells the receiver of each at least once, of none twice but where it died over the message', async () => {
  const owed = [...load.accepted].filter((id) => !load.touched.has(id));
  const told = await eventually('every alert that nobody has was told', DELIVERED_WITHIN_MS, async () => {
    const found = firingTold(await inbox.deliveries());
    const ids = new Set(found.map(({ alertId }) => alertId));
    return missing(owed, ids).length === 0 ? found : undefined;
  });
  const deliveries = await inbox.deliveries();
  expect(deliveries.filter(({ verified }) => !verified)).toEqual([]);
  expect([SEED, unexplainedRepeats(deliveries)]).toEqual([SEED, []]);
  expect(deliveries.length - new Set(deliveries.map(({ id }) => id)).size).toBeLessThanOrEqual(crashes.length);
  expect([SEED, toldInSeveralMessages(told)]).toEqual([SEED, []]);
});

it('pages nobody for what was acknowledged', async () => {
  const told = firingTold(await inbox.deliveries());
  expect([SEED, toldAfterAcknowledgement(told)]).toEqual([SEED, []]);
});

it('sends nothing twice while nothing breaks', async () => {
  await inbox.behave({ mode: 'ok' });
  const before = (await inbox.deliveries()).length;
  const events = Array.from({ length: 40 }, (_, n) => ({ labels: { alertname: 'steady', n: String(n) } }));
  for (const event of events) {
    await engine.client.call(intakeEvents, { events: [event] });
  }
  const since = await eventually('all of them were told', DELIVERED_WITHIN_MS, async () => {
    const found = (await inbox.deliveries()).slice(before);
    const names = new Set(found.flatMap(({ body }) => body.alerts.map(({ labels }) => labels['n'])));
    return names.size === events.length ? found : undefined;
  });
  expect(since.flatMap(({ body }) => body.alerts)).toHaveLength(events.length);
  expect(since.filter(({ duplicateOf }) => duplicateOf !== null)).toEqual([]);
});

it('has a whole store and a whole audit trail, and was back within two seconds each time', async () => {
  expect(await engine.client.call(verifyAudit, {})).toMatchObject({ ok: true });
  await engine.stop();
  const database = new DatabaseSync(path.join(engine.dataDir, 'pharos.db'), { readOnly: true });
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  database.close();
  const messages = await inbox.deliveries();
  const slowest = starts.toSorted((a, b) => b - a);
  console.log(
    `${crashes.length} crashes, ${load.accepted.size} events, ${load.acknowledged.size} acknowledged, ${messages.length} messages of which ${messages.length - new Set(messages.map(({ id }) => id)).size} were repeats, ready after ${Math.round(slowest[Math.floor(slowest.length / 2)] ?? 0)} ms (median), ${Math.round(slowest[0] ?? 0)} ms (longest)`
  );
  expect(slowest[Math.floor(slowest.length / 2)]).toBeLessThan(2000);
});
