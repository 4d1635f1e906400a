import type { EngineError } from '../errors.ts';
import type { Job } from '../store/jobRepository.ts';
import { ada, busy, createWorld, NS, ok, type World } from './testing/pipelineWorld.fixture.ts';

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await world.addReceiver('ops');
  await world.setRoutes([{ receiver: 'ops' }]);
  world.answer = () => ({ ok: false, retryable: false, message: 'answered 401', retryAfterMs: null });
  world.delivery.start();
});

afterEach(() => world.dispose());

const dead = async () => (await world.store.read.jobs.listDead(NS, 'notify', { limit: 100 })).items;
const idsOf = (jobs: readonly Job[]) => jobs.map(({ id }) => id);
const request = (ids: readonly string[]) => ({ ids, identity: ada, now: world.clock.now() });
const resend = (ids: readonly string[]) => world.store.write((tx) => world.pipeline.resend(tx, request(ids)));
const dismiss = (ids: readonly string[]) => world.store.write((tx) => world.pipeline.dismiss(tx, request(ids)));
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    ({ code, message }: EngineError) => `${code}: ${message}`
  );
const givenUp = (count: number) => world.until(async () => (await dead()).length === count, `${count} dead letters`);
const recorded = (kind: string) => world.until(async () => (await world.kinds()).includes(kind), kind);
const sentKinds = () => world.sent.map(({ notification }) => notification.alerts.map(({ kind }) => kind));

describe('a notification that was given up', () => {
  it('is sent again under another id, and the history says who did so', async () => {
    await world.observe({});
    await givenUp(1);
    world.answer = () => ok;
    await resend(idsOf(await dead()));
    await recorded('notified');
    expect(await dead()).toEqual([]);
    const [first, second] = world.sent.map(({ notification }) => notification);
    expect(second?.alerts).toEqual(first?.alerts);
    expect(second?.id).not.toBe(first?.id);
    const lines = (await world.history()).map(({ kind, actor, reason }) => `${kind} ${actor}: ${reason}`);
    expect(lines.slice(-3)).toEqual([
      'notification_failed engine: ops could not be notified: answered 401',
      'notification_resent Ada: to ops',
      'notified engine: sent to ops: answered 200 OK',
    ]);
  });

  it('has as many attempts as any other when it is sent again after days', async () => {
    await world.observe({});
    await givenUp(1);
    world.clock.advance(3 * 24 * 3_600_000);
    world.answer = () => busy;
    await resend(idsOf(await dead()));
    await recorded('notification_retried');
    expect(await dead()).toEqual([]);
  });

  it('brings the end along when its alert is over, and in that order', async () => {
    await world.observe({});
    await givenUp(1);
    await world.act((await world.theAlert()).id, { kind: 'resolve', comment: 'mended' });
    world.clock.advance(60_000);
    world.answer = () => ok;
    await resend(idsOf(await dead()));
    await recorded('notified');
    expect(sentKinds()).toEqual([['fired'], ['fired', 'resolved']]);
    expect(world.sent[1]?.notification.alerts[1]).toMatchObject({ reason: 'resolved by Ada: mended' });
  });

  it('brings no second end along with an end that was given up too', async () => {
    world.answer = () => ok;
    await world.observe({});
    await recorded('notified');
    world.answer = () => ({ ok: false, retryable: false, message: 'answered 401', retryAfterMs: null });
    await world.act((await world.theAlert()).id, { kind: 'resolve', comment: '' });
    await givenUp(1);
    world.answer = () => ok;
    await resend(idsOf(await dead()));
    await world.until(() => world.sent.length === 3, 'the end');
    expect(sentKinds()).toEqual([['fired'], ['resolved'], ['resolved']]);
  });

  it('is laid aside, and the history says who did so; its receiver hears of no end', async () => {
    await world.observe({});
    await givenUp(1);
    const ids = idsOf(await dead());
    await dismiss(ids);
    expect(await dead()).toEqual([]);
    expect((await world.history()).at(-1)).toMatchObject({
      ...{ kind: 'notification_dismissed', actor: 'Ada', reason: 'ops could not be notified: answered 401' },
      detail: { receiver: 'ops', kind: 'fired' },
    });
    await world.act((await world.theAlert()).id, { kind: 'resolve', comment: '' });
    expect(sentKinds()).toEqual([['fired']]);
    expect(await refusal(resend(ids))).toBe(
      `not_found: There is no undelivered notification ${ids[0] ?? ''}: somebody may have sent it again or dismissed it.`
    );
  });

  it('is not sent again to a receiver that was deleted, nor anything else of the same call', async () => {
    await world.addReceiver('chat');
    await world.setRoutes([{ receiver: 'ops', continue: true }, { receiver: 'chat' }]);
    await world.observe({});
    await givenUp(2);
    const before = await dead();
    await world.store.write((tx) => tx.receivers.delete(NS, 'chat'));
    expect(await refusal(resend(idsOf(before)))).toBe(
      'conflict: There is no receiver chat any more: add one of that name, or dismiss its notifications.'
    );
    expect(await dead()).toEqual(before);
    expect(world.sent).toHaveLength(2);
  });

  it('is of one namespace', async () => {
    await world.observe({});
    await givenUp(1);
    const ids = idsOf(await dead());
    const other = { ...request(ids), identity: { ...ada, namespace: 'org-2' } };
    expect(await refusal(world.store.write((tx) => world.pipeline.resend(tx, other)))).toMatch(/^not_found: /);
    expect(await refusal(world.store.write((tx) => world.pipeline.dismiss(tx, other)))).toMatch(/^not_found: /);
    expect(idsOf(await dead())).toEqual(ids);
  });
});
