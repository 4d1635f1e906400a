import { childOf, newTrace, parseTraceparent, type AlertSpan, type Tracing } from '../tracing.ts';
import { busy, createWorld, ok, type World } from './testing/pipelineWorld.fixture.ts';

let world: World;
let spans: AlertSpan[];
beforeEach(async () => {
  spans = [];
  const tracing: Tracing = {
    begin: newTrace,
    record: (recorded) => void spans.push(...recorded),
    stop: () => Promise.resolve(),
  };
  world = await createWorld({ tracing });
  await world.addReceiver('chat');
  await world.setRoutes([{ receiver: 'chat' }]);
});
afterEach(() => world.dispose());

const traceOf = (traceparent: string | undefined | null) => parseTraceparent(traceparent ?? '')?.traceId;
const named = (name: string) => spans.filter((span) => span.name === name);

it('connects everything from intake to delivery, over failed attempts and other workers', async () => {
  world.answer = () => busy;
  await world.observe({});
  const alert = await world.theAlert();
  world.delivery.start();
  await world.runUntil(() => named('notification.send chat').length > 0, 30);
  await world.delivery.stop();
  world.answer = () => ok;
  world.restartDelivery().start();
  await world.runUntil(() => named('notification.send chat').some(({ error }) => error === null), 600);
  await world.act(alert.id, { kind: 'resolve', comment: 'done' });
  await world.runUntil(() => named('notification.send chat').length > 2, 60);

  expect(new Set(spans.map(({ context }) => traceOf(context)))).toEqual(new Set([traceOf(alert.traceparent)]));
  expect(spans.map(({ name }) => name)).toEqual([
    ...['alert.intake', 'alert.transition fired', 'alert.route', 'notification.send chat', 'notification.send chat'],
    ...['alert.transition resolved', 'alert.route', 'notification.send chat'],
  ]);
  const [root, ...others] = spans;
  expect(root).toMatchObject({ context: alert.traceparent, parent: null, kind: 'consumer' });
  expect(others.every(({ parent }) => parent === root?.context)).toBe(true);
  expect(new Set(spans.map(({ context }) => context)).size).toBe(spans.length);
  expect(named('alert.route')[0]?.attributes).toMatchObject({
    'pharos.receivers': 'chat',
    'pharos.alert.id': alert.id,
  });
  const [failed, sent] = named('notification.send chat');
  expect(failed).toMatchObject({ error: 'answered 503', attributes: { 'pharos.attempt': 1 } });
  expect(sent).toMatchObject({
    error: null,
    kind: 'client',
    attributes: { 'pharos.attempt': 2, 'pharos.kind': 'fired' },
  });
  expect(world.sent.map(({ notification }) => traceOf(notification.traceparent))).toEqual(
    Array.from({ length: 3 }, () => traceOf(alert.traceparent))
  );
  expect(world.sent[0]?.notification.traceparent).toBe(failed?.context);
});

it('gives each alert and each episode a trace of its own', async () => {
  await world.observe({ labels: { alertname: 'a' } }, { labels: { alertname: 'b' } });
  await world.observe({ labels: { alertname: 'a' }, status: 'resolved' });
  world.clock.advance(60_000);
  await world.observe({ labels: { alertname: 'a' } });
  const all = await world.alerts([]);
  expect(all).toHaveLength(3);
  expect(new Set(all.map(({ traceparent }) => traceOf(traceparent))).size).toBe(3);
  expect(named('alert.intake')).toHaveLength(3);
});

it('leaves an alert that began untraced as it is', async () => {
  const untraced = await createWorld();
  await untraced.observe({});
  expect((await untraced.theAlert()).traceparent).toBeUndefined();
  await untraced.dispose();
});

it('reads its own contexts and no others', () => {
  const trace = newTrace();
  const child = childOf(trace);
  expect(traceOf(child)).toBe(traceOf(trace));
  expect(child).not.toBe(trace);
  expect(traceOf('00-zz-11-01')).toBeUndefined();
  expect(traceOf(childOf('nonsense'))).toMatch(/^[0-9a-f]{32}$/);
});
