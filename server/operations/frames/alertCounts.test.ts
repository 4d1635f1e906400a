import fc from 'fast-check';
import type { DataFrameJson } from '../../../src/api/frames.ts';
import { ALERT_SOURCES } from '../../../src/core/alerts/alert.ts';
import type { Observation } from '../../../src/core/alerts/observation.ts';
import { SEVERITIES, type Severity } from '../../../src/core/alerts/severity.ts';
import { days, epochMs, hours, minutes, seconds, type EpochMs } from '../../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';
import { frameAsker, noticesOf, saysOf, type FrameAsker } from './frames.fixture.ts';

let engine: TestEngine;
let asker: FrameAsker;
let start: EpochMs;
beforeEach(async () => {
  engine = await createTestEngine();
  asker = frameAsker(engine, (await testClients(engine)).viewer);
  start = engine.clock.now();
});
afterEach(() => engine.dispose());

const say = (...observations: Observation[]) => engine.deps.pipeline.ingest('default', observations);
const at = (minute: number): EpochMs => epochMs(start + minutes(minute));
const wait = (minute: number) => engine.clock.advance(at(minute) - engine.clock.now());

/** One list of counts per series, by what labels it. */
const counts = (frames: readonly DataFrameJson[]) =>
  Object.fromEntries(
    frames.map(({ schema, data }) => [Object.values(schema.fields[1]?.labels ?? {}).join() || 'all', data.values[1]])
  );

/** From the start on, a point each minute up to now. */
const perMinute = (query: object = {}, rest: Parameters<FrameAsker['ask']>[1] = {}) =>
  asker.frames({ queryType: 'alertCounts', ...query }, { from: start, interval: minutes(1), ...rest });

it('follows alerts from their first moment to their last, and through their severities', async () => {
  await say(saysOf('before', { severity: 'critical' }));
  wait(1);
  await say(saysOf('rises'));
  wait(2);
  await say(saysOf('rises', { severity: 'critical' }));
  wait(3);
  await say(saysOf('before', { status: 'no_data' }), saysOf('pends', { status: 'pending' }));
  wait(4);
  await say(saysOf('rises', { status: 'clear' }), saysOf('pends', { status: 'clear' }));
  wait(5);
  expect(counts(await perMinute())).toEqual({ all: [1, 2, 2, 2, 1, 1] });
  expect(counts(await perMinute({ groupBy: 'severity' }))).toEqual({
    critical: [1, 1, 2, 2, 1, 1],
    error: [0, 0, 0, 0, 0, 0],
    warning: [0, 1, 0, 0, 0, 0],
    info: [0, 0, 0, 0, 0, 0],
  });
  expect(counts(await perMinute({ groupBy: 'state' }))).toEqual({
    firing: [1, 2, 2, 1, 0, 0],
    no_data: [0, 0, 0, 1, 1, 1],
  });
  expect(counts(await perMinute({ states: ['pending'], severities: [] }))).toEqual({ all: [0, 0, 0, 1, 0, 0] });
  expect(counts(await perMinute({ severities: ['warning'], groupBy: 'severity' }))).toEqual({
    warning: [0, 1, 0, 0, 0, 0],
  });
  expect(counts(await perMinute({}, { from: at(2), to: at(3) }))).toEqual({ all: [2, 2] });
});

it('is a series that Grafana keeps the labels of, with units and the colours of severities', async () => {
  await say(saysOf('a', { severity: 'critical' }));
  const [critical] = await perMinute({ groupBy: 'severity' });
  expect(critical?.schema).toMatchObject({
    ...{ refId: 'A', name: 'alerts', meta: { type: 'timeseries-multi', typeVersion: [0, 1] } },
    fields: [
      { name: 'time', type: 'time' },
      {
        ...{ name: 'alerts', type: 'number', labels: { severity: 'critical' } },
        config: { unit: 'short', displayNameFromDS: 'critical', color: { fixedColor: 'red' } },
      },
    ],
  });
  const [all] = await perMinute();
  expect(all?.schema.fields[1]).toMatchObject({ labels: {}, config: { displayNameFromDS: 'Alerts' } });
});

it('leaves out what Grafana sent, unless it is asked for', async () => {
  await say(saysOf('own'), saysOf('theirs', { source: 'grafana' }));
  expect(counts(await perMinute())).toEqual({ all: [1] });
  expect(counts(await perMinute({ sources: ['grafana'] }))).toEqual({ all: [1] });
  expect(counts(await perMinute({ sources: ALERT_SOURCES, groupBy: 'source' }))).toEqual({
    pharos: [1],
    alertmanager: [0],
    grafana: [1],
    events: [0],
  });
  expect(Object.keys(counts(await perMinute({ groupBy: 'source' })))).toEqual(['pharos', 'alertmanager', 'events']);
});

it('counts by service and owner, and gives a rule a zero for every service that is known', async () => {
  const services = ['cart', 'catalog'].map((name) => ({ name, health: { state: 'healthy' } }));
  jest.spyOn(engine.deps.discovery, 'services').mockReturnValue(services as never);
  const owned = (service: string, owner: string) => ({ service, labels: { alertname: 'x', service, owner } });
  await say(saysOf('x', owned('cart', 'shop')), saysOf('y'), saysOf('z', { service: '', labels: { alertname: 'z' } }));
  expect(counts(await perMinute({ groupBy: 'service' }))).toEqual({ all: [1], cart: [1], checkout: [1] });
  expect(counts(await perMinute({ groupBy: 'service', owners: ['shop'] }))).toEqual({ cart: [1] });
  expect(counts(await perMinute({ groupBy: 'service', services: ['checkout', 'idle'] }))).toEqual({
    checkout: [1],
    idle: [0],
  });
  expect(counts(await perMinute({ groupBy: 'service', services: ['cart'] }, { fromAlert: true }))).toEqual({
    cart: [1],
  });
  expect(counts(await perMinute({ groupBy: 'service', owners: ['nobody'] }, { fromAlert: true }))).toEqual({
    cart: [0],
    catalog: [0],
  });
  expect(await perMinute({ groupBy: 'service', owners: ['nobody'] })).toEqual([]);
});

it('says since when it can count, where the history was removed', async () => {
  await say(saysOf('ancient', { severity: 'error' }), saysOf('ended'));
  wait(1);
  await say(saysOf('ended', { status: 'clear' }));
  engine.clock.advance(days(410));
  const now = engine.clock.now();
  await engine.store.write((tx) => tx.history.prune(epochMs(now - days(400)), 1000));
  await say(saysOf('new'));
  const [frame] = await perMinute({}, { from: epochMs(now - days(402)), interval: days(1) });
  const begin = new Date(now - days(400)).toISOString();
  expect(noticesOf(frame)).toEqual([`The history goes back to ${begin}: nothing is counted before.`]);
  const [times = [], values = []] = frame?.data.values ?? [];
  expect(times[0]).toBeGreaterThanOrEqual(now - days(400));
  expect([values[0], values.at(-2), values.at(-1)]).toEqual([1, 1, 2]);
});

it('ends at the present, and knows nothing of the future', async () => {
  await say(saysOf('a'));
  const [frame] = await perMinute({}, { from: epochMs(start - minutes(2)), to: epochMs(start + hours(1)) });
  expect(frame?.data.values).toEqual([
    [start - minutes(2), start - minutes(1), start],
    [0, 0, 1],
  ]);
  const later = { from: epochMs(start + hours(1)), to: epochMs(start + hours(2)) };
  expect(counts(await perMinute({}, later))).toEqual({ all: [] });
});

it('takes Grafana’s interval, on whole multiples of it, and bounds the points', async () => {
  const points = async (rest: Parameters<FrameAsker['ask']>[1]) => (await perMinute({}, rest))[0]?.data.values[0] ?? [];
  const from = epochMs(start - hours(1) + 7000);
  const ten = await points({ from, interval: seconds(10) });
  expect(ten.slice(0, 2)).toEqual([from + 3000, from + 13_000]);
  expect(ten).toHaveLength(360);
  expect(await points({ from: epochMs(start - days(30)), interval: seconds(1) })).toHaveLength(1729);
});

it('keeps to its own namespace', async () => {
  await say(saysOf('a'));
  const other = frameAsker(engine, testClient(engine, await engine.token('read', 'org-2')));
  expect(counts(await other.frames({ queryType: 'alertCounts' }, { interval: hours(1) }))).toEqual({ all: [0, 0] });
});

const observation = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  status: fc.constantFrom('pending', 'firing', 'no_data', 'clear', 'resolved'),
  severity: fc.constantFrom(...SEVERITIES),
  source: fc.constantFrom('pharos', 'events', 'grafana'),
  endedBefore: fc.option(fc.integer({ min: 0, max: 90 })),
});

it('tells of any past moment what a look at the alerts told then', async () => {
  const script = fc.array(fc.array(observation, { maxLength: 4 }), { minLength: 1, maxLength: 8 });
  let runs = 0;
  const property = fc.asyncProperty(script, fc.nat({ max: 7 }), async (steps, from) => {
    const namespace = `run-${(runs += 1)}`;
    const begin = epochMs(Math.ceil(engine.clock.now() / minutes(1)) * minutes(1));
    engine.clock.advance(begin - engine.clock.now());
    const seen: Array<Readonly<Record<Severity, number>>> = [];
    for (const said of steps) {
      const now = engine.clock.now();
      const observations = said.map(({ name, status, severity, source, endedBefore }) =>
        saysOf(name, {
          ...{ status, severity, source },
          endsAt:
            endedBefore === null ? null : epochMs(now - seconds(endedBefore) + (status === 'resolved' ? 0 : days(1))),
        })
      );
      for (const one of observations) {
        await engine.deps.pipeline.ingest(namespace, [one]);
      }
      const live = { states: ['firing', 'no_data'], sources: ['pharos', 'events'] } as const;
      seen.push((await engine.store.read.alerts.count(namespace, live)).bySeverity);
      engine.clock.advance(minutes(1));
    }
    const first = Math.min(from, steps.length - 1);
    const client = frameAsker(engine, testClient(engine, await engine.token('read', namespace)));
    const replayed = counts(
      await client.frames(
        { queryType: 'alertCounts', groupBy: 'severity' },
        {
          from: epochMs(begin + minutes(first)),
          to: epochMs(begin + minutes(steps.length - 1)),
          interval: minutes(1),
        }
      )
    );
    const told = seen.slice(first);
    expect(replayed).toEqual(
      Object.fromEntries(SEVERITIES.map((severity) => [severity, told.map((count) => count[severity])]))
    );
  });
  await fc.assert(property, { numRuns: 60 });
});
