import { observationOf } from '../../src/core/alerts/alert.fixture.ts';
import type { Observation } from '../../src/core/alerts/observation.ts';
import { addMs, seconds } from '../../src/core/units.ts';
import type { Job } from '../store/jobRepository.ts';
import { parsePayload } from '../notifyPayload.ts';
import { ada, createWorld, later, NS, type World } from './testing/pipelineWorld.fixture.ts';

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await world.addReceiver('ops');
  await world.addReceiver('pager');
  await world.setRoutes([
    { receiver: 'pager', matchers: [{ name: 'severity', op: '=', value: 'critical' }], continue: true },
    { receiver: 'ops' },
  ]);
});

afterEach(() => world.dispose());

const jobs = async (): Promise<readonly Job[]> => {
  const ids = (await world.alerts()).map(({ id }) => id);
  return world.store.read.jobs.listBySubject(NS, 'notify', ids);
};
/** `ops fired`, `pager severity_raised`, … in order. */
const queued = async () => (await jobs()).map((job) => `${job.queue} ${parsePayload(job).kind}`);

const silenceAll = [{ name: 'service', op: '=', value: 'checkout' }] as const;

describe('ingest', () => {
  it('stores the alert, its history and the notification in one commit', async () => {
    await world.observe({});
    const alert = await world.theAlert();
    expect(alert).toMatchObject({ state: 'firing', severity: 'warning', version: 1, namespace: NS });
    expect(await world.history()).toMatchObject([
      { kind: 'fired', from: null, to: 'firing', service: 'checkout', ruleId: 't1', summary: alert.summary },
    ]);
    const [job] = await jobs();
    expect(job).toMatchObject({
      kind: 'notify',
      queue: 'ops',
      subject: alert.id,
      idempotencyKey: `notify:ops:${alert.id}:1`,
      state: 'queued',
    });
    expect(job && parsePayload(job)).toEqual({
      kind: 'fired',
      reason: 'p95 latency 0.42 s was above 300 ms for 10 s',
      at: world.clock.now(),
      alert,
    });
  });

  it('tells live pages which alert changed, and says nothing about a renewal', async () => {
    await world.observe({ source: 'alertmanager', endsAt: later(world.clock.now(), 60) });
    const seq = await world.store.read.changes.newest(NS);
    const { id } = await world.theAlert();
    expect((await world.store.read.changes.since(NS, 0)).changes).toContainEqual(
      expect.objectContaining({ topic: 'alerts', id })
    );
    await world.observe({ source: 'alertmanager', endsAt: later(world.clock.now(), 90) });
    expect(await world.store.read.changes.newest(NS)).toBe(seq);
    expect((await world.theAlert()).endsAt).toBe(later(world.clock.now(), 90));
  });

  it('routes by severity, and tells of a rise but not of a fall', async () => {
    await world.observe({});
    await world.observe({ severity: 'critical' });
    await world.observe({ severity: 'warning' });
    await world.observe({ severity: 'critical' });
    expect(await queued()).toEqual(['ops fired', 'pager severity_raised', 'ops severity_raised']);
    expect(await world.kinds()).toEqual(['fired', 'severity_raised', 'severity_lowered', 'severity_raised']);
  });

  it('tells the end to those who were told of the beginning, whatever the routes say by then', async () => {
    await world.observe({});
    await world.setRoutes([{ receiver: 'pager' }]);
    await world.observe({ status: 'resolved' });
    expect(await queued()).toEqual(['ops fired', 'ops resolved']);
  });

  it('tells nobody of the end when nobody was told of the beginning', async () => {
    await world.setRoutes([]);
    await world.observe({});
    await world.setRoutes([{ receiver: 'ops' }]);
    await world.observe({ status: 'resolved' });
    expect(await queued()).toEqual([]);
  });

  it('keeps order within one call: fire, end, and fire again are two episodes', async () => {
    await world.observe({}, { status: 'resolved' }, {});
    const alerts = await world.alerts();
    expect(alerts.map(({ state }) => state).toSorted()).toEqual(['firing', 'resolved']);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(2);
    expect((await queued()).toSorted()).toEqual(['ops fired', 'ops fired', 'ops resolved']);
  });

  it('does not overwrite an ended episode when its source sends the same start again', async () => {
    const startsAt = addMs(world.clock.now(), seconds(-60));
    await world.observe({ startsAt });
    const { id } = await world.theAlert();
    await world.act(id, { kind: 'resolve', comment: '' });
    world.clock.advance(5000);
    await world.observe({ startsAt });
    const alerts = await world.alerts();
    expect(alerts.map(({ state }) => state).toSorted()).toEqual(['firing', 'resolved']);
    expect((await world.alerts(['resolved']))[0]).toMatchObject({ id, resolvedBy: 'Ada' });
  });

  it('keeps alerts of different sources and namespaces apart', async () => {
    await world.observe({}, { source: 'events' });
    await world.pipeline.ingest('team-b', [observationOf()]);
    expect((await world.alerts()).length).toBe(2);
    expect((await world.store.read.alerts.listOpen('team-b')).length).toBe(1);
    expect(await world.store.read.history.list('team-b', {}, { limit: 10 })).toMatchObject({
      items: [{ kind: 'fired' }],
    });
  });

  it('is idempotent', async () => {
    await world.observe({ startsAt: world.clock.now() });
    const before = [await world.alerts(), await world.history(), await queued()];
    await world.observe({ startsAt: world.clock.now() });
    expect([await world.alerts(), await world.history(), await queued()]).toEqual(before);
  });

  it('has everything of 50 concurrent callers in few commits', async () => {
    const write = jest.spyOn(world.store, 'write');
    const calls = Array.from({ length: 50 }, (_, i) => world.observe({ labels: { i: String(i) } }));
    expect(world.pipeline.waiting()).toBe(50);
    await Promise.all(calls);
    expect((await world.alerts()).length).toBe(50);
    expect(world.pipeline.waiting()).toBe(0);
    expect(write.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('is not stopped by a silence or a route that cannot be matched, and says which', async () => {
    const broken = [{ name: 'service', op: '=~' as const, value: '(' }];
    await world.silence('s1', broken, 60_000);
    await world.setRoutes([{ matchers: broken, receiver: 'pager' }, { receiver: 'ops' }]);
    await world.observe({}, { labels: { alertname: 'Another' } });
    expect((await world.alerts()).map(({ suppressedBy }) => suppressedBy)).toEqual([[], []]);
    expect(await queued()).toEqual(['ops fired', 'ops fired']);
    expect(world.logged).toEqual([expect.stringMatching(/"value":"\(".*it counts as not matching$/)]);
  });

  it('fails only the caller whose observations cannot be stored', async () => {
    const bad = world.observe({ labels: { bad: 'x' }, summary: null as unknown as string });
    const good = world.observe({ labels: { good: 'x' } });
    const first = world.observe({ labels: { first: 'x' } });
    const results = await Promise.allSettled([first, bad, good]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await world.alerts()).map(({ labels }) => Object.keys(labels)[0]).toSorted()).toEqual(['first', 'good']);
  });

  it('takes a request that must not be taken twice once, also in one commit and beside one that fails', async () => {
    const once = { hash: 'of the request', until: world.clock.now() };
    const ingest = (name: string, fields: Partial<Observation> = {}) =>
      world.pipeline.ingest(NS, [observationOf({ labels: { name }, ...fields })], { sender: 'grafana', once });
    const bad = ingest('bad', { summary: null as unknown as string });
    const results = await Promise.allSettled([bad, ingest('first'), ingest('second')]);
    expect(results).toMatchObject([
      { status: 'rejected' },
      { status: 'fulfilled', value: true },
      { status: 'fulfilled', value: false },
    ]);
    expect(await ingest('third')).toBe(false);
    expect((await world.alerts()).map(({ labels }) => labels['name'])).toEqual(['first']);
  });

  it('refuses what it cannot hold, and takes again afterwards', async () => {
    const many = Array.from({ length: 6000 }, (_, i) => observationOf({ labels: { i: String(i) } }));
    const taken = world.pipeline.ingest(NS, many, { sender: 'first' });
    await expect(world.pipeline.ingest(NS, many, { sender: 'second' })).rejects.toMatchObject({
      code: 'overloaded',
      retryAfter: 1,
    });
    await taken;
    await world.observe({ labels: { small: '1' } });
    expect((await world.store.read.alerts.count(NS, { states: ['firing'] })).total).toBe(6001);
  });

  it('commits what it has when it stops, and refuses what comes after', async () => {
    const taken = world.observe({});
    await world.pipeline.stop();
    await taken;
    expect((await world.alerts()).length).toBe(1);
    await expect(world.observe({})).rejects.toMatchObject({ code: 'overloaded' });
  });
});

describe('acknowledgement', () => {
  const acknowledge = { kind: 'acknowledge', comment: 'deploy', until: null } as const;

  it('is stored with its reason and keeps further notifications back, up to its severity', async () => {
    await world.observe({ status: 'no_data' });
    const { id } = await world.theAlert();
    const acked = await world.act(id, acknowledge);
    expect(acked.acknowledged).toMatchObject({ by: 'Ada', comment: 'deploy', severity: 'warning' });
    await world.observe({});
    expect(await queued()).toEqual(['ops no_data']);
    await world.observe({ severity: 'critical' });
    expect(await queued()).toEqual(['ops no_data', 'pager severity_raised', 'ops severity_raised']);
    expect((await world.history())[1]).toMatchObject({ actor: 'Ada', reason: 'acknowledged by Ada: deploy' });
  });

  it('does not keep back the end', async () => {
    await world.observe({});
    await world.act((await world.theAlert()).id, acknowledge);
    await world.observe({ status: 'resolved' });
    expect(await queued()).toEqual(['ops fired', 'ops resolved']);
  });

  it('ends at its time, and then the alert is announced again', async () => {
    await world.observe({});
    const until = later(world.clock.now(), 30);
    await world.act((await world.theAlert()).id, { ...acknowledge, until });
    world.pipeline.startExpiry();
    await world.runUntil(async () => (await world.theAlert()).acknowledged === null, 40);
    expect(world.clock.now()).toBeGreaterThanOrEqual(until);
    expect(await queued()).toEqual(['ops fired', 'ops fired']);
    expect((await world.kinds()).at(-1)).toBe('acknowledgement_expired');
  });

  it('is refused for what is over, unknown, foreign, or with an end in the past', async () => {
    await world.observe({});
    const { id } = await world.theAlert();
    const past = { ...acknowledge, until: world.clock.now() };
    await expect(world.act(id, past)).rejects.toMatchObject({ code: 'invalid_input', errors: [{ path: 'until' }] });
    await expect(world.act('nope', acknowledge)).rejects.toMatchObject({ code: 'not_found' });
    const foreign = {
      alertId: id,
      identity: { ...ada, namespace: 'team-b' },
      now: world.clock.now(),
      act: acknowledge,
    };
    await expect(world.store.write((tx) => world.pipeline.act(tx, foreign))).rejects.toMatchObject({
      code: 'not_found',
    });
    await world.observe({ status: 'resolved', actor: 'rule' });
    await expect(world.act(id, acknowledge)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The alert was resolved by rule already: a new episode would be another alert.',
    });
    expect(await world.kinds()).toEqual(['fired', 'resolved']);
  });
});

describe('acts of people', () => {
  it('give back, comment and resolve, each with a line of history; resolving twice is one', async () => {
    await world.observe({});
    const { id } = await world.theAlert();
    await world.act(id, { kind: 'acknowledge', comment: '', until: null });
    await world.act(id, { kind: 'unacknowledge', comment: 'lunch' });
    await world.act(id, { kind: 'comment', comment: 'cache is cold' });
    await world.act(id, { kind: 'resolve', comment: 'warm' });
    await world.act(id, { kind: 'resolve', comment: 'warm' });
    expect((await world.history()).map(({ reason }) => reason).slice(1)).toEqual([
      'acknowledged by Ada',
      'given back by Ada: lunch',
      'cache is cold',
      'resolved by Ada: warm',
    ]);
    expect(await queued()).toEqual(['ops fired', 'ops resolved']);
    expect(await world.theAlert()).toMatchObject({ resolvedBy: 'Ada', version: 5 });
  });
});

describe('silences', () => {
  it('mark what is open and keep new alerts quiet', async () => {
    await world.observe({ labels: { service: 'checkout', i: '1' } });
    await world.silence('s1', silenceAll, 60_000);
    await world.observe({ labels: { service: 'checkout', i: '2' } }, { labels: { service: 'cart' }, service: 'cart' });
    const suppressed = (await world.alerts()).filter(({ suppressedBy }) => suppressedBy.length > 0);
    expect(suppressed.map(({ suppressedBy }) => suppressedBy)).toEqual([
      [{ kind: 'silence', id: 's1' }],
      [{ kind: 'silence', id: 's1' }],
    ]);
    expect((await queued()).length).toBe(2);
    expect(await world.kinds()).toEqual(['fired', 'suppressed', 'fired', 'suppressed', 'fired']);
  });

  it('announce what still fires when they end, once', async () => {
    await world.silence('s1', silenceAll, 20_000);
    await world.observe({});
    world.pipeline.startExpiry();
    expect(await queued()).toEqual([]);
    await world.runUntil(async () => (await world.theAlert()).suppressedBy.length === 0, 30);
    expect(await queued()).toEqual(['ops fired']);
    await world.observe({});
    expect(await queued()).toEqual(['ops fired']);
    expect((await world.history()).at(-1)).toMatchObject({ kind: 'unsuppressed', reason: 'silence s1 ended' });
  });

  it('say so when an alert changes so that they match it no more', async () => {
    const warnings = [{ name: 'severity', op: '=', value: 'warning' }] as const;
    await world.silence('s1', warnings, 60_000);
    await world.observe({ severity: 'warning' });
    await world.observe({ severity: 'critical' });
    const [last, before] = (await world.history()).toReversed();
    expect(last).toMatchObject({ kind: 'unsuppressed', actor: 'engine', reason: 'silence s1 no longer matches' });
    expect(before?.kind).toBe('severity_raised');
    expect(await queued()).toEqual(['pager severity_raised', 'ops severity_raised']);
  });

  it('begin at their time without anybody asking', async () => {
    await world.observe({});
    world.pipeline.startExpiry();
    const startsAt = later(world.clock.now(), 10);
    await world.store.write((tx) =>
      tx.silences.save({
        ...{ id: 's2', namespace: NS, matchers: silenceAll, createdBy: 'Ada', comment: 'x', startsAt },
        ...{ endsAt: later(startsAt, 60), createdAt: world.clock.now(), updatedAt: world.clock.now() },
      })
    );
    await world.runUntil(async () => (await world.theAlert()).suppressedBy.length > 0, 20);
    expect(world.clock.now()).toBeGreaterThanOrEqual(startsAt);
  });

  it('that ended while the engine was down let alerts out at the next start', async () => {
    await world.silence('s1', silenceAll, 20_000);
    await world.observe({});
    world.clock.advance(60_000);
    world.pipeline.startExpiry();
    await world.until(async () => (await world.theAlert()).suppressedBy.length === 0, 'the first sweep');
    expect(await queued()).toEqual(['ops fired']);
  });

  it('that ended while the engine was down let alerts out in namespaces without sources too', async () => {
    await world.store.write(async (tx) => {
      const now = world.clock.now();
      const times = { startsAt: now, endsAt: later(now, 20), createdAt: now, updatedAt: now };
      const silence = { id: 's1', namespace: 'team-b', matchers: silenceAll, createdBy: 'B', comment: 'x', ...times };
      await tx.silences.save(silence);
    });
    await world.pipeline.ingest('team-b', [observationOf({})]);
    const suppressed = async () => {
      const open = await world.store.read.alerts.listOpen('team-b');
      return open.map(({ suppressedBy }) => suppressedBy.length);
    };
    expect(await suppressed()).toEqual([1]);
    world.clock.advance(60_000);
    world.pipeline.startExpiry();
    await world.until(async () => (await suppressed())[0] === 0, 'the first sweep');
  });

  it('of other namespaces change nothing', async () => {
    await world.store.write(async (tx) => {
      const now = world.clock.now();
      const times = { startsAt: now, endsAt: later(now, 60), createdAt: now, updatedAt: now };
      await tx.silences.save({ id: 'x', namespace: 'team-b', matchers: [], createdBy: 'B', comment: 'x', ...times });
    });
    await world.observe({});
    expect((await world.theAlert()).suppressedBy).toEqual([]);
  });
});

describe('expiry', () => {
  it('makes a pushed alert stale when its source stops, and takes it back when it returns', async () => {
    const pushed = { source: 'alertmanager', actor: 'alertmanager', endsAt: later(world.clock.now(), 30) } as const;
    await world.observe(pushed);
    world.pipeline.startExpiry();
    await world.runUntil(async () => (await world.theAlert()).state === 'stale', 40);
    expect((await world.history()).at(-1)?.reason).toBe('alertmanager stopped sending; last heard 14:00:00Z');
    expect(await queued()).toEqual(['ops fired']);
    await world.observe({ ...pushed, endsAt: later(world.clock.now(), 30) });
    expect((await world.theAlert()).state).toBe('firing');
    expect(await queued()).toEqual(['ops fired']);
  });

  it('is left to the leader, and caught up with by the next one', async () => {
    let leads = false;
    const other = await createWorld({ isLeader: () => leads });
    await other.observe({ source: 'events', endsAt: later(other.clock.now(), 1) });
    other.pipeline.startExpiry();
    for (let look = 0; look < 4; look++) {
      other.clock.advance(5000);
      await other.runUntil(() => true, 0);
    }
    expect((await other.theAlert()).state).toBe('firing');
    leads = true;
    await other.runUntil(async () => (await other.theAlert()).state === 'stale', 10);
    expect(other.logged).toEqual([]);
    await other.dispose();
  });

  it('works through thousands in several commits', async () => {
    const endsAt = later(world.clock.now(), 1);
    await world.observe(
      ...Array.from({ length: 1200 }, (_, i) => ({ source: 'events' as const, endsAt, labels: { i: String(i) } }))
    );
    world.clock.advance(2000);
    world.pipeline.startExpiry();
    await world.until(
      async () => (await world.store.read.alerts.count(NS, { states: ['stale'] })).total === 1200,
      'all to be stale'
    );
  });
});
