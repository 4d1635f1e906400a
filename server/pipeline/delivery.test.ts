import { seconds } from '../../src/core/units.ts';
import type { Store } from '../store/store.ts';
import type { Notification } from '../receivers/receiver.ts';
import { busy, createWorld, later, NS, ok, type World } from './testing/pipelineWorld.fixture.ts';

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await world.addReceiver('ops');
  await world.setRoutes([{ receiver: 'ops' }]);
});

afterEach(() => world.dispose());

const kindsOf = ({ alerts }: Notification) => alerts.map(({ kind }) => kind);
const sentKinds = () => world.sent.map(({ notification }) => kindsOf(notification));
const many = (count: number) => Array.from({ length: count }, (_, i) => ({ labels: { i: String(i) } }));
const recorded = (kind: string, count = 1) =>
  world.until(async () => (await world.kinds()).filter((one) => one === kind).length >= count, `${count} ${kind}`);
const acknowledge = { kind: 'acknowledge', comment: '', until: null } as const;

describe('delivery', () => {
  it('sends on commit, with the reason, the link and a stable id, and writes it down', async () => {
    expect(world.delivery.lookedAt()).toBeNull();
    world.delivery.start();
    await world.observe({ reason: 'too slow' });
    await recorded('notified');
    expect(world.delivery.lookedAt()).toBe(world.clock.now());
    const alert = await world.theAlert();
    expect(world.sent).toMatchObject([
      {
        notification: {
          receiver: 'ops',
          namespace: NS,
          test: false,
          alerts: [{ kind: 'fired', reason: 'too slow', url: `https://pharos.example/alerts/${alert.id}` }],
        },
      },
    ]);
    const id = world.sent[0]?.notification.id;
    expect((await world.history()).at(-1)).toMatchObject({
      kind: 'notified',
      from: 'firing',
      to: 'firing',
      actor: 'engine',
      reason: 'sent to ops: answered 200 OK',
      detail: { receiver: 'ops', kind: 'fired', attempt: '1', delivery: id },
    });
    expect(await world.store.read.receivers.get(NS, 'ops')).toMatchObject({
      lastDeliveryAt: world.clock.now(),
      lastDeliveryError: null,
    });
  });

  it('finds at its start what an earlier process left', async () => {
    await world.observe({});
    world.delivery.start();
    await recorded('notified');
  });

  it('tries again with the same id, later and later, and remembers attempts over a restart', async () => {
    world.answer = () => busy;
    world.delivery.start();
    await world.observe({});
    await world.runUntil(() => world.sent.length === 3, 60);
    await recorded('notification_retried', 3);
    await world.delivery.stop();
    world.restartDelivery().start();
    await world.runUntil(() => world.sent.length === 4, 60);
    await recorded('notification_retried', 4);
    world.answer = () => ok;
    await world.runUntil(() => world.sent.length === 5, 60);
    await recorded('notified');
    expect(new Set(world.sent.map(({ notification }) => notification.id)).size).toBe(1);
    const attempts = (await world.history())
      .map(({ detail }) => detail['attempt'])
      .filter((text) => text !== undefined);
    expect(attempts).toEqual(['1', '2', '3', '4', '5']);
    const [first, second, third] = world.sent.map(({ at }) => at);
    expect(third && second && first ? third - second >= second - first : false).toBe(true);
    expect((await world.history())[1]?.reason).toBe('ops could not be notified and is retried: answered 503');
  });

  it('waits as long as the other side asks', async () => {
    world.answer = () => ({ ok: false, retryable: true, message: 'answered 429', retryAfterMs: 45_000 });
    world.delivery.start();
    await world.observe({});
    await recorded('notification_retried');
    world.answer = () => ok;
    await world.runUntil(() => world.sent.length === 2, 60);
    const [first, second] = world.sent;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(45_000);
  });

  it('gives up at once on what will never be taken, visibly', async () => {
    world.answer = () => ({ ok: false, retryable: false, message: 'answered 404 Not Found', retryAfterMs: null });
    world.delivery.start();
    await world.observe({});
    await recorded('notification_failed');
    expect((await world.history()).at(-1)?.reason).toBe('ops could not be notified: answered 404 Not Found');
    const [job] = await world.store.read.jobs.listBySubject(NS, 'notify', [(await world.theAlert()).id]);
    expect(job).toMatchObject({ state: 'dead', lastError: 'ops could not be notified: answered 404 Not Found' });
    expect((await world.store.read.receivers.get(NS, 'ops'))?.lastDeliveryError).toBe('answered 404 Not Found');
  });

  it('does not repeat what some of a receiver got, and says on the alert and the receiver who did not', async () => {
    const message = 'the mail server took it for 1 of 2 addresses, and refused two@shop.example (550)';
    world.answer = () => ({ ok: true, isPartial: true, message });
    world.delivery.start();
    await world.observe({});
    await recorded('notified');
    expect((await world.history()).at(-1)?.reason).toBe(`sent to ops: ${message}`);
    expect((await world.store.read.receivers.get(NS, 'ops'))?.lastDeliveryError).toBe(message);
    const [job] = await world.store.read.jobs.listBySubject(NS, 'notify', [(await world.theAlert()).id]);
    expect(job?.state).toBe('done');
  });

  it('gives up after 12 hours, and tells later alerts all the same', async () => {
    world.answer = () => busy;
    world.delivery.start();
    await world.observe({ labels: { i: '1' } });
    await recorded('notification_retried');
    world.clock.advance(12 * 3_600_000);
    await recorded('notification_failed');
    expect((await world.history()).at(-1)?.reason).toMatch(/^gave up on ops after \d+ attempts: answered 503$/);
    world.answer = () => ok;
    await world.observe({ labels: { i: '2' } });
    await world.runUntil(async () => (await world.kinds()).includes('notified'), 30);
  });

  it.each([
    { kind: 'sqlite', what: 'at once, as nobody else can have it', seconds: 0 },
    { kind: 'postgres', what: 'when the lease is over, as another engine may have it', seconds: 60 },
  ] as const)('repeats with the same id what it died over between "sent" and "recorded": $what', async (database) => {
    const dying: Store = {
      ...world.store,
      kind: database.kind,
      write: (work) =>
        world.sent.length === 0 ? world.store.write(work) : Promise.reject(new Error('killed before the record')),
    };
    const first = world.restartDelivery(dying);
    first.start();
    await world.observe({});
    await world.until(() => world.logged.some((line) => line.includes('killed before the record')), 'the crash');
    await first.stop();
    expect(await world.kinds()).toEqual(['fired']);
    world.restartDelivery({ ...world.store, kind: database.kind }).start();
    await world.runUntil(() => world.sent.length === 2, 70);
    await recorded('notified');
    const [one, two] = world.sent;
    expect(two?.notification.id).toBe(one?.notification.id);
    expect(Math.floor(((two?.at ?? 0) - (one?.at ?? 0)) / 1000)).toBe(database.seconds);
    expect(two?.notification.alerts).toEqual(one?.notification.alerts);
  });

  it('does not send what another worker has taken over while this one was paused', async () => {
    const slow: Store = {
      ...world.store,
      kind: 'postgres',
      write: async (work) => {
        const result = await world.store.write(work);
        // Paused beyond the lease right after the claim; another engine claims meanwhile.
        world.clock.advance(61_000);
        const now = world.clock.now();
        const claim = { kind: 'notify', namespace: NS, queue: 'ops', now, leaseUntil: later(now, 60), max: 10 };
        await world.store.write((tx) => tx.jobs.claim(claim));
        return result;
      },
    };
    await world.observe({});
    const paused = world.restartDelivery(slow);
    paused.start();
    await world.until(() => world.logged.some((line) => line.includes('lost before it was sent')), 'the fence');
    await paused.stop();
    expect(world.sent).toEqual([]);
  });

  it('skips what somebody took before it could be sent', async () => {
    await world.observe({});
    await world.act((await world.theAlert()).id, acknowledge);
    world.delivery.start();
    await recorded('notification_skipped');
    expect(world.sent).toEqual([]);
    expect((await world.history()).at(-1)).toMatchObject({
      reason: 'ops was not notified: acknowledged by Ada before it was sent',
      detail: { receiver: 'ops', kind: 'fired' },
    });
    await world.observe({ status: 'resolved' });
    await world.until(
      async () => (await world.store.read.jobs.stats(NS, 'notify', world.clock.now())).queued === 0,
      'rest'
    );
    expect(world.sent).toEqual([]);
  });

  it('does not give up with the others what was not to be sent', async () => {
    await world.observe(...many(2));
    const [taken = '', open = ''] = (await world.store.read.alerts.listOpen(NS)).map(({ id }) => id);
    await world.act(taken, acknowledge);
    world.answer = () => ({ ok: false, retryable: false, message: 'answered 401', retryAfterMs: null });
    world.delivery.start();
    await recorded('notification_failed');
    const jobs = await world.store.read.jobs.listBySubject(NS, 'notify', [taken, open]);
    expect(Object.fromEntries(jobs.map(({ subject, state }) => [subject, state]))).toEqual({
      ...{ [taken]: 'skipped', [open]: 'dead' },
    });
    expect((await world.store.read.jobs.stats(NS, 'notify', world.clock.now())).dead).toBe(1);
  });

  it('skips what was silenced before it could be sent, and sends it when the silence ends', async () => {
    await world.observe({});
    await world.silence('s1', [{ name: 'service', op: '=', value: 'checkout' }], 20_000);
    world.delivery.start();
    world.pipeline.startExpiry();
    await recorded('notification_skipped');
    await world.runUntil(() => world.sent.length === 1, 40);
    expect(sentKinds()).toEqual([['fired']]);
  });

  it('sends a rise above what was acknowledged', async () => {
    await world.observe({});
    await world.act((await world.theAlert()).id, acknowledge);
    await world.observe({ severity: 'critical' });
    world.delivery.start();
    await recorded('notified');
    expect(sentKinds().flat()).toContain('severity_raised');
  });

  it('skips everything of a receiver that is gone', async () => {
    await world.observe({});
    await world.store.write((tx) => tx.receivers.delete(NS, 'ops'));
    world.delivery.start();
    await recorded('notification_skipped');
    expect((await world.history()).at(-1)?.reason).toBe('ops was not notified: there is no receiver ops any more');
  });

  it('tells beginning and end in one delivery when both wait', async () => {
    await world.observe({});
    await world.observe({ status: 'resolved' });
    world.delivery.start();
    await recorded('notified', 2);
    expect(sentKinds()).toEqual([['fired', 'resolved']]);
  });

  it('adds nothing to a delivery that is repeated: who took it the first time drops it, and hears of the end all the same', async () => {
    world.answer = () => busy;
    world.delivery.start();
    await world.observe({});
    await recorded('notification_retried');
    await world.observe({ status: 'resolved', actor: 'rule' });
    world.answer = () => ok;
    await world.runUntil(() => world.sent.length === 3, 30);
    await recorded('notified', 2);
    expect(sentKinds()).toEqual([['fired'], ['fired'], ['resolved']]);
    const [first, second, third] = world.sent.map(({ notification }) => notification.id);
    expect([second === first, third === first]).toEqual([true, false]);
    expect(await world.kinds()).not.toContain('notification_skipped');
  });

  it('turns a storm of 1,000 alerts into few deliveries, with everything in the history', async () => {
    world.delivery.start();
    const told = () => world.sent.flatMap(({ notification }) => notification.alerts);
    // 25 more each second, for 40 s.
    for (let second = 0; second < 40; second++) {
      await world.observe(...many(25).map(({ labels }) => ({ labels: { ...labels, second: String(second) } })));
      await world.runUntil(() => true, 1);
      world.clock.advance(1000);
    }
    await world.runUntil(() => told().length === 1000, 60);
    await recorded('notified', 1000);
    const times = world.sent.map(({ at }) => at);
    for (const start of times) {
      expect(times.filter((at) => at >= start && at < start + seconds(30)).length).toBeLessThanOrEqual(5);
    }
    expect(times.length).toBeLessThanOrEqual(10);
    const kinds = await world.kinds();
    expect(['fired', 'notified'].map((kind) => kinds.filter((one) => one === kind).length)).toEqual([1000, 1000]);
    expect(new Set(told().map(({ alert }) => alert.id)).size).toBe(1000);
  });

  it('carries at most 500 alerts at once', async () => {
    world.delivery.start();
    await world.observe(...many(1200));
    await recorded('notified', 1200);
    expect(world.sent.map(({ notification }) => notification.alerts.length)).toEqual([500, 500, 200]);
  });

  it('serves other receivers while one hangs, one delivery at a time each', async () => {
    await world.addReceiver('pager');
    await world.setRoutes([{ receiver: 'ops', continue: true }, { receiver: 'pager' }]);
    let release = (): void => undefined;
    const hang = new Promise<void>((resolve) => (release = resolve));
    world.answer = async ({ receiver }) => {
      await (receiver === 'ops' ? hang : undefined);
      return ok;
    };
    world.delivery.start();
    await world.observe({ labels: { i: '1' } });
    await recorded('notified');
    await world.observe({ labels: { i: '2' } });
    await recorded('notified', 2);
    expect(world.sent.map(({ notification }) => notification.receiver).toSorted()).toEqual(['ops', 'pager', 'pager']);
    release();
    await recorded('notified', 4);
  });

  it('finishes what runs when it stops, and starts nothing', async () => {
    let finish = (): void => undefined;
    const hang = new Promise<void>((resolve) => (finish = resolve));
    world.answer = async () => {
      await hang;
      return ok;
    };
    world.delivery.start();
    await world.observe({ labels: { i: '1' } });
    await world.until(() => world.sent.length === 1, 'the send');
    const stopped = world.delivery.stop();
    await world.observe({ labels: { i: '2' } });
    finish();
    await stopped;
    expect((await world.kinds()).filter((kind) => kind === 'notified')).toHaveLength(1);
    expect(world.sent).toHaveLength(1);
  });

  it('aborts after 10 s what does not finish, and leaves it to the next start', async () => {
    world.answer = (_notification, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ ...busy, message: 'the engine is stopping' }));
      });
    world.delivery.start();
    await world.observe({});
    await world.until(() => world.sent.length === 1, 'the send');
    let stopped = false;
    const stopping = world.delivery.stop().then(() => (stopped = true));
    await world.runUntil(() => stopped, 11);
    await stopping;
    world.answer = () => ok;
    world.restartDelivery().start();
    await world.runUntil(() => world.sent.length === 2, 10);
    expect(world.sent[1]?.notification.id).toBe(world.sent[0]?.notification.id);
  });
});
