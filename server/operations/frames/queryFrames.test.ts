import type { Client } from '../../../src/api/client.ts';
import { ALERT_COLUMNS, HISTORY_COLUMNS, queryFrames } from '../../../src/api/frames.ts';
import { acknowledgeAlert, listAlerts } from '../../../src/api/alerts.ts';
import { createSilence } from '../../../src/api/routing.ts';
import { epochMs, hours, minutes, seconds } from '../../../src/core/units.ts';
import { EngineError } from '../../errors.ts';
import { createFakePrometheus, type FakePrometheus } from '../../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';
import { frameAsker, noticesOf, rowsOf, saysOf, type FrameAsker } from './frames.fixture.ts';

let engine: TestEngine;
let prometheus: FakePrometheus;
let editor: Client;
let asker: FrameAsker;
beforeEach(async () => {
  prometheus = createFakePrometheus();
  engine = await createTestEngine({ sources: [prometheus] });
  const clients = await testClients(engine);
  editor = clients.editor;
  asker = frameAsker(engine, clients.viewer);
});
afterEach(() => engine.dispose());

const say = (...said: Parameters<TestEngine['deps']['pipeline']['ingest']>[1]) =>
  engine.deps.pipeline.ingest('default', said);

describe('alerts', () => {
  const shop = { labels: { alertname: 'slow', service: 'checkout', owner: 'shop' } };

  it('are a table with every column, the open ones first by urgency', async () => {
    await say(saysOf('slow', shop), saysOf('full', { severity: 'critical', value: null, unit: null }));
    await say(saysOf('over'), saysOf('over', { status: 'clear' }));
    const id = (await editor.call(listAlerts, { q: 'alertname=slow' })).items[0]?.id ?? '';
    await editor.call(acknowledgeAlert, { id, comment: 'on it' });
    await editor.call(createSilence, {
      matchers: [{ name: 'owner', op: '=', value: 'shop' }],
      endsAt: epochMs(engine.clock.now() + hours(1)),
      comment: 'work',
    });
    const [frame] = await asker.frames({ queryType: 'alerts' });
    expect(frame?.schema.fields.map(({ name }) => name)).toEqual(ALERT_COLUMNS);
    expect(frame?.schema.meta).toEqual({ type: 'table', typeVersion: [0, 1], preferredVisualisationType: 'table' });
    const [full, slow, ...rest] = rowsOf(frame);
    expect(rest).toEqual([]);
    expect(full).toMatchObject({
      severity: 'critical',
      value: null,
      unit: '',
      owner: '',
      acknowledgedBy: '',
      suppressed: '',
    });
    expect(slow).toEqual({
      ...{ id, startsAt: engine.clock.now(), updatedAt: engine.clock.now(), severity: 'warning', state: 'firing' },
      ...{
        service: 'checkout',
        summary: 'checkout: p95 latency above 300 ms',
        value: 0.42,
        unit: 'seconds',
        owner: 'shop',
      },
      ...{ acknowledgedBy: 'write of default', acknowledgedComment: 'on it', suppressed: 'silence', source: 'pharos' },
      labels: { alertname: 'slow', service: 'checkout', owner: 'shop' },
    });
  });

  it('are filtered by state, severity, service, owner and source', async () => {
    await say(saysOf('slow', shop), saysOf('cart', { service: 'cart', severity: 'error', source: 'events' }));
    await say(saysOf('over'), saysOf('over', { status: 'clear' }));
    const found = async (filter: object) =>
      rowsOf((await asker.frames({ queryType: 'alerts', ...filter }))[0]).map(
        ({ state, service }) => `${state} ${service}`
      );
    expect(await found({ states: ['resolved'] })).toEqual(['resolved checkout']);
    expect(await found({ states: [] })).toEqual(['firing cart', 'firing checkout']);
    expect(await found({ severities: ['error', 'critical'] })).toEqual(['firing cart']);
    expect(await found({ services: ['checkout'] })).toEqual(['firing checkout']);
    expect(await found({ owners: ['shop'] })).toEqual(['firing checkout']);
    expect(await found({ sources: ['events'] })).toEqual(['firing cart']);
    expect(await found({ services: ['nobody'] })).toEqual([]);
  });

  it('say when there are more than are shown, also over several pages', async () => {
    await say(...Array.from({ length: 1100 }, (_, n) => saysOf(`alert ${n}`)));
    const [first] = await asker.frames({ queryType: 'alerts' });
    expect(rowsOf(first)).toHaveLength(1000);
    expect(noticesOf(first)).toEqual([
      'These are the 1000 most urgent of 1100 alerts; filter, or raise the limit (up to 10000).',
    ]);
    const [all] = await asker.frames({ queryType: 'alerts', limit: 1100 });
    expect(new Set(rowsOf(all).map(({ id }) => id)).size).toBe(1100);
    expect(noticesOf(all)).toEqual([]);
  });
});

describe('history', () => {
  it('is a table that Grafana reads as annotations: a title, a text, and tags without commas of their own', async () => {
    await say(saysOf('slow', { service: 'check,out', labels: { alertname: 'slow', service: 'check,out' } }));
    const [frame] = await asker.frames({ queryType: 'history' });
    expect(frame?.schema.fields.map(({ name }) => name)).toEqual(HISTORY_COLUMNS);
    expect(frame?.schema.fields.every(({ config }) => config?.['displayNameFromDS'] === undefined)).toBe(true);
    expect(rowsOf(frame)).toEqual([
      {
        ...{ time: engine.clock.now(), kind: 'fired', title: 'Fired · checkout: p95 latency above 300 ms' },
        ...{
          text: 'p95 latency 0.42 s was above 300 ms for 10 s',
          tags: 'fired,warning,check out',
          service: 'check,out',
        },
        ...{ severity: 'warning', actor: 'rule', alertId: expect.stringMatching(/^[0-9a-f]{16}-p/) },
      },
    ]);
  });

  it('is that of the range, of the services and of the kinds asked for; and says when there was more', async () => {
    const start = engine.clock.now();
    await say(saysOf('a'), saysOf('b', { service: 'cart' }));
    engine.clock.advance(minutes(10));
    await say(saysOf('a', { status: 'clear' }), saysOf('b', { service: 'cart', status: 'clear' }));
    const found = async (query: object, rest: Parameters<FrameAsker['ask']>[1] = {}) =>
      rowsOf((await asker.frames({ queryType: 'history', ...query }, rest))[0]).map(
        ({ kind, service }) => `${kind} ${service}`
      );
    expect((await found({})).toSorted()).toEqual([
      'fired cart',
      'fired checkout',
      'resolved cart',
      'resolved checkout',
    ]);
    expect((await found({}, { to: epochMs(start + 1) })).toSorted()).toEqual(['fired cart', 'fired checkout']);
    expect(await found({ services: ['cart'], kinds: ['fired'] })).toEqual(['fired cart']);
    expect(await found({ kinds: ['no_data'] })).toEqual([]);
    const [cut] = await asker.frames({ queryType: 'history', limit: 3 });
    expect(noticesOf(cut)).toEqual(['These are the last 3 events of the range; there were more before.']);
  });
});

describe('signals', () => {
  const series = (service: string, values: readonly number[]) => ({
    labels: { service },
    times: values.map((_, index) => epochMs(engine.clock.now() - minutes(values.length - 1 - index))),
    values,
  });

  it('of ages are refused with the reason: nobody keeps them', async () => {
    expect((await asker.ask({ queryType: 'signals', signal: 'log_age' })).error).toBe(
      'Log age is measured live and not stored: its past cannot be shown.'
    );
  });

  it('are one series per service with the unit of the signal, on whole steps within the range', async () => {
    prometheus.series.set('latency_p95{service=""}', [series('cart', [0.2, Number.NaN, Infinity]), series('a', [1])]);
    const spy = jest.spyOn(prometheus, 'range');
    const from = epochMs(engine.clock.now() - hours(1) + 7000);
    const frames = await asker.frames({ queryType: 'signals', signal: 'latency_p95' }, { from, interval: seconds(15) });
    expect(frames.map(({ schema }) => schema.fields[1]?.labels)).toEqual([{ service: 'a' }, { service: 'cart' }]);
    expect(frames[1]).toMatchObject({
      schema: {
        ...{ refId: 'A', name: 'latency_p95', meta: { type: 'timeseries-multi', typeVersion: [0, 1] } },
        fields: [
          { name: 'time', config: { interval: 15_000 } },
          { name: 'latency_p95', config: { unit: 's', displayNameFromDS: 'cart' } },
        ],
      },
      data: { values: [expect.any(Array), [0.2, null, null]] },
    });
    expect(spy.mock.calls[0]?.[1]).toMatchObject({ from: from + 8000, to: engine.clock.now(), step: 15_000 });
  });

  it('are of one service, of several, or nothing at all', async () => {
    prometheus.series.set('cpu{service="cart"}', [series('cart', [1])]);
    prometheus.series.set(
      'cpu{service=""}',
      ['cart', 'catalog', 'checkout'].map((name) => series(name, [1]))
    );
    const services = async (names: readonly string[]) =>
      (await asker.frames({ queryType: 'signals', signal: 'cpu', services: names })).map(
        ({ schema }) => schema.fields[1]?.labels?.['service']
      );
    expect(await services(['cart'])).toEqual(['cart']);
    expect(await services(['checkout', 'cart', 'unknown'])).toEqual(['cart', 'checkout']);
    expect(await services([])).toHaveLength(3);
    expect(await asker.frames({ queryType: 'signals', signal: 'memory' })).toEqual([]);
    jest.spyOn(engine.deps.discovery, 'signalExpr').mockReturnValue(undefined);
    expect(await services([])).toEqual([]);
  });

  it('say where the range begins before what Prometheus keeps, with and without series', async () => {
    prometheus.kept = minutes(90);
    const from = epochMs(engine.clock.now() - hours(3));
    const kept = `Prometheus keeps its data for 1h30m: data from before ${new Date(engine.clock.now() - minutes(90)).toISOString()} is no longer there.`;
    const asked = (fromAlert: boolean) => asker.frames({ queryType: 'signals', signal: 'cpu' }, { from, fromAlert });
    expect((await asked(false)).map((frame) => [frame.schema.fields.length, noticesOf(frame)])).toEqual([[0, [kept]]]);
    prometheus.series.set('cpu{service=""}', [series('cart', [1]), series('checkout', [1])]);
    expect((await asked(false)).map(noticesOf)).toEqual([[kept], []]);
    expect((await asked(true)).map(noticesOf)).toEqual([[], []]);
  });

  it('ask within the range though that is shorter than a step, and never for more than Prometheus gives', async () => {
    const spy = jest.spyOn(prometheus, 'range');
    const asked = async (length: number, interval: ReturnType<typeof seconds>) => {
      const from = epochMs(engine.clock.now() - length);
      await asker.ask({ queryType: 'signals', signal: 'cpu' }, { from, interval });
      const { from: first = 0, to = 0, step = 1 } = spy.mock.lastCall?.[1] ?? {};
      return (to - first) / step;
    };
    expect(await asked(5000, hours(1))).toBe(0);
    expect(await asked(hours(24), seconds(1))).toBe(8640);
    expect(await asked(hours(24), seconds(15))).toBe(5760);
  });

  it('say what the source says, and what is missing where there is none', async () => {
    prometheus.series.set(
      'cpu{service=""}',
      new EngineError('source_failed', 'Prometheus gave no answer within 10 s.')
    );
    expect(await asker.ask({ queryType: 'signals', signal: 'cpu' })).toEqual({
      refId: 'A',
      frames: [],
      error: 'Prometheus gave no answer within 10 s.',
      status: 502,
    });
    const other = frameAsker(engine, testClient(engine, await engine.token('read', 'org-2')));
    expect(await other.ask({ queryType: 'signals', signal: 'cpu' })).toMatchObject({
      status: 502,
      error: expect.stringContaining('No Prometheus is configured'),
    });
  });
});

describe('status', () => {
  const figures = async (query: object = {}) => {
    const [frame] = await asker.frames({ queryType: 'status', ...query });
    return Object.fromEntries(
      frame?.schema.fields.map(({ name }, index) => [name, frame.data.values[index]?.[0]]) ?? []
    );
  };

  it('is one number for each figure, each with a label of its own', async () => {
    const health = (state: string) => ({ name: state, health: { state } });
    const services = ['healthy', 'unknown', 'degraded', 'critical'].map(health);
    jest.spyOn(engine.deps.discovery, 'services').mockReturnValue(services as never);
    prometheus.status = { ...prometheus.status, status: 'down' };
    await say(saysOf('a', { severity: 'critical' }), saysOf('b'), saysOf('theirs', { source: 'grafana' }));
    expect(await figures()).toEqual({
      ...{
        alerts_critical: 1,
        alerts_error: 0,
        alerts_warning: 1,
        alerts_info: 0,
        services_hurting: 2,
        sources_down: 1,
      },
      ...{ deliveries_queued: 0, deliveries_dead: 0, rules: 0 },
      ...{ evaluations_late: 0, evaluations_missed: 0, evaluations_failed: 0 },
    });
    const [frame] = await asker.frames({ queryType: 'status' });
    expect(frame?.schema.meta).toEqual({ type: 'numeric-wide', typeVersion: [0, 1] });
    expect(new Set(frame?.schema.fields.map(({ labels }) => labels?.['figure'])).size).toBe(12);
    expect(frame?.schema.fields[0]?.config).toMatchObject({ displayNameFromDS: 'Critical alerts', unit: 'short' });
  });

  it('is only what was asked for', async () => {
    expect(await figures({ figures: ['deliveries_dead', 'sources_down'] })).toEqual({
      sources_down: 0,
      deliveries_dead: 0,
    });
  });
});

describe('queries', () => {
  const whole = (queries: unknown[], rest: object = {}) =>
    engine.token('read').then((token) =>
      engine.request('POST', queryFrames.path, {
        token,
        body: {
          ...{ from: '2026-11-21T13:00:00Z', to: '2026-11-21T14:00:00Z', ...rest },
          queries: queries.map((query, index) => ({ refId: `Q${index}`, query })),
        },
      })
    );

  it('are checked one by one: the wrong ones say where and what was expected, the others are answered', async () => {
    const response = await whole([
      { queryType: 'status', datasource: { uid: 'pharos' }, hide: false, intervalMs: 1000 },
      { queryType: 'alert' },
      { queryType: 'alerts', states: ['open'], limit: 0 },
      { queryType: 'signals', signal: 'latency' },
      { queryType: 'alertCounts', groupBy: 'team', states: ['resolved'] },
      null,
    ]);
    const { results } = (await response.json()) as { results: Array<{ refId: string; status: number; error: string }> };
    expect(results.map(({ refId, status }) => [refId, status])).toEqual([
      ...[
        ['Q0', 200],
        ['Q1', 400],
        ['Q2', 400],
        ['Q3', 400],
        ['Q4', 400],
        ['Q5', 400],
      ],
    ]);
    expect(results[1]?.error).toBe(
      'queryType: expected a query whose queryType is one of alerts, alertCounts, history, signals, status, traces, trace, traceOperations, traceComparison, serviceMap'
    );
    expect(results[2]?.error).toMatch(
      /^states\[0\]: expected one of pending, firing, no_data, stale, resolved; limit: .*>=1$/
    );
    expect(results[3]?.error).toMatch(/^signal: expected one of request_rate, error_ratio, latency_p50, /);
    expect(results[4]?.error).toBe(
      'states[0]: expected one of firing, no_data, stale, pending; groupBy: expected one of none, severity, service, state, source'
    );
    expect(results[5]?.error).toMatch(/expected/);
  });

  it('that give a table are refused to alerting, which is told what to ask instead', async () => {
    for (const queryType of ['alerts', 'history']) {
      expect(await asker.ask({ queryType }, { fromAlert: true })).toEqual({
        ...{ refId: 'A', frames: [], status: 400 },
        error: `queryType: "${queryType}" is a table, which Grafana Alerting cannot evaluate; expected alertCounts, which counts the same alerts over time`,
      });
    }
    for (const queryType of ['alertCounts', 'status']) {
      expect(await asker.ask({ queryType }, { fromAlert: true })).toMatchObject({ status: 200, error: null });
    }
  });

  it('are refused together where the range or a refId is wrong', async () => {
    const problem = async (response: Response) => ((await response.json()) as { errors: unknown }).errors;
    expect(await problem(await whole([{}], { from: '2026-11-21T14:00:01Z' }))).toEqual([
      { path: 'from', message: 'expected a time that is not after "to"' },
    ]);
    const twice = { refId: 'A', query: { queryType: 'status' } };
    const token = await engine.token('read');
    const range = { from: '2026-11-21T13:00:00Z', to: '2026-11-21T14:00:00Z' };
    const body = { ...range, queries: [twice, twice] };
    expect(await problem(await engine.request('POST', queryFrames.path, { token, body }))).toEqual([
      { path: 'queries', message: 'expected each refId once' },
    ]);
  });

  it('fail as a whole where the engine itself is broken', async () => {
    jest.spyOn(engine.store.read.alerts, 'count').mockRejectedValue(new Error('disk full'));
    const response = await whole([{ queryType: 'status' }]);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('disk full');
  });
});
