import type { Observation } from '../../../src/core/alerts/observation.ts';
import type { Labels } from '../../../src/core/labels.ts';
import { days, epochMs, hours, minutes, type EpochMs } from '../../../src/core/units.ts';
import { buildServiceMapQueries } from '../../../src/queries/promql/serviceMapQueries.ts';
import { createFakePrometheus } from '../../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { saysOf } from '../frames/frames.fixture.ts';
import { readServiceMap } from './getServiceMap.ts';

let engine: TestEngine;
let start: EpochMs;

beforeEach(async () => {
  engine = await createTestEngine();
  start = engine.clock.now();
});
afterEach(() => engine.dispose());

const say = (namespace: string, name: string, rest: Partial<Observation> = {}) =>
  engine.deps.pipeline.ingest(namespace, [saysOf(name, rest)]);

/** One service calls the other, always; every namespace has the same figures. */
function mapAt(at: EpochMs, namespace = 'default') {
  const prometheus = createFakePrometheus();
  const queries = buildServiceMapQueries(minutes(15));
  const edge: Labels = { client: 'checkout', server: 'payments', connection_type: '' };
  prometheus.instant = (expr) =>
    Promise.resolve(expr === queries.calls ? [{ labels: edge, value: 2, at: epochMs(0) }] : []);
  const deps = { ...engine.deps, sources: { ...engine.deps.sources, prometheus: () => prometheus } };
  const signal = new AbortController().signal;
  return readServiceMap(deps, { identity: { namespace }, now: engine.clock.now(), signal }, { at });
}

const nodeAt = async (at: EpochMs, namespace?: string) => {
  const { nodes, alertsOf, problems } = await mapAt(at, namespace);
  return { alertsOf, problems, ...nodes.find(({ id }) => id === 'payments') };
};

const NONE = { info: 0, warning: 0, error: 0, critical: 0 };

it('shows the alerts that were open then, whatever became of them', async () => {
  const slow = { service: 'payments', severity: 'critical', summary: 'payments: slow' } as const;
  await say('default', 'Slow', slow);
  await say('default', 'Note', { service: 'payments', severity: 'info', summary: 'payments: a note' });
  engine.clock.advance(hours(1));
  await say('default', 'Slow', { ...slow, status: 'clear' });
  engine.clock.advance(hours(1));
  await say('default', 'Late', { service: 'payments', severity: 'error' });
  engine.clock.advance(hours(1));

  expect(await nodeAt(epochMs(start + minutes(30)))).toMatchObject({
    ...{ alertsOf: 'then', problems: [], alerts: { ...NONE, critical: 1, info: 1 } },
    health: { state: 'critical', toldBy: 'history', since: start, why: 'Alert (critical): payments: slow' },
    openThen: [
      { state: 'firing', severity: 'critical', summary: 'payments: slow', startsAt: start },
      { state: 'firing', severity: 'info', summary: 'payments: a note' },
    ],
  });
  expect(await nodeAt(epochMs(start + minutes(90)))).toMatchObject({
    alertsOf: 'then',
    alerts: { ...NONE, info: 1 },
    health: { state: 'healthy', toldBy: 'history', why: null },
  });
  expect(await nodeAt(epochMs(start + minutes(150)))).toMatchObject({
    alerts: { ...NONE, info: 1, error: 1 },
    health: { state: 'degraded' },
  });
  expect(await nodeAt(engine.clock.now())).toMatchObject({
    alertsOf: 'now',
    alerts: { ...NONE, info: 1, error: 1 },
    openThen: [],
  });
});

it('says that a time is no longer kept, instead of how to get a map', async () => {
  const prometheus = { ...createFakePrometheus(), keeps: () => Promise.resolve(days(7)) };
  const deps = { ...engine.deps, sources: { ...engine.deps.sources, prometheus: () => prometheus } };
  const { signal } = new AbortController();
  const call = { identity: { namespace: 'default' }, now: start, signal };
  const { problems } = await readServiceMap(deps, call, { at: epochMs(start - days(8)) });
  expect(problems[0]).toMatch(/^Prometheus keeps its data for 1w: data from before .+ is no longer there\.$/);
});

it('counts all that were open, and tells the worst five', async () => {
  for (let n = 0; n < 7; n++) {
    await say('default', `alert ${n}`, { service: 'payments', severity: n === 6 ? 'error' : 'warning' });
  }
  engine.clock.advance(hours(1));
  const { alerts, openThen = [] } = await nodeAt(epochMs(start + minutes(10)));
  expect(alerts).toEqual({ ...NONE, warning: 6, error: 1 });
  expect(openThen.map(({ severity }) => severity)).toEqual(['error', 'warning', 'warning', 'warning', 'warning']);
});

it('shows the severity of then, and what was said then', async () => {
  await say('default', 'Slow', { service: 'payments', severity: 'warning', summary: 'above 5 %' });
  engine.clock.advance(hours(1));
  await say('default', 'Slow', { service: 'payments', severity: 'critical', summary: 'above 20 %' });
  engine.clock.advance(hours(1));
  expect(await nodeAt(epochMs(start + minutes(30)))).toMatchObject({
    alerts: { ...NONE, warning: 1 },
    openThen: [{ severity: 'warning', summary: 'above 5 %' }],
  });
  expect(await nodeAt(epochMs(start + minutes(90)))).toMatchObject({
    alerts: { ...NONE, critical: 1 },
    openThen: [{ severity: 'critical', summary: 'above 20 %' }],
  });
});

it('says that nothing is known of the time before the history begins', async () => {
  engine.clock.advance(hours(1));
  const before = await nodeAt(start);
  expect(before).toMatchObject({ alertsOf: 'unknown', alerts: NONE, health: { toldBy: 'errors' } });
  expect(before.problems).toEqual(['Which alerts were open then is not known: none was ever recorded here.']);
  const first = new Date(engine.clock.now()).toISOString();
  await say('default', 'Slow', { service: 'payments' });
  engine.clock.advance(hours(1));
  const { alertsOf, problems } = await nodeAt(start);
  expect([alertsOf, problems]).toEqual([
    'unknown',
    [`Which alerts were open then is not known: the history of alerts goes back to ${first}.`],
  ]);
});

it('says that nothing is known of the time before the history is kept', async () => {
  await say('default', 'Slow', { service: 'payments' });
  engine.clock.advance(days(401));
  const { problems } = await nodeAt(epochMs(start + minutes(10)));
  const since = new Date(start + days(1)).toISOString();
  expect(problems).toEqual([`Which alerts were open then is not known: the history of alerts goes back to ${since}.`]);
});

it('shows each namespace its own alerts', async () => {
  await say('default', 'Slow', { service: 'payments', severity: 'critical', summary: 'a secret of default' });
  await say('org-2', 'Slow', { service: 'payments', severity: 'info', summary: 'a secret of org-2' });
  engine.clock.advance(hours(1));
  const at = epochMs(start + minutes(10));
  const told = async (namespace: string) => {
    const { alerts, openThen = [] } = await nodeAt(at, namespace);
    return [alerts, openThen.map(({ summary }) => summary)];
  };
  expect(await told('default')).toEqual([{ ...NONE, critical: 1 }, ['a secret of default']]);
  expect(await told('org-2')).toEqual([{ ...NONE, info: 1 }, ['a secret of org-2']]);
  expect((await nodeAt(at, 'org-3')).alertsOf).toBe('unknown');
});
