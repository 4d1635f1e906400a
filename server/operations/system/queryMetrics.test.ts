import type { Client } from '../../../src/api/client.ts';
import { queryMetrics } from '../../../src/api/system.ts';
import { listSignals, previewThreshold } from '../../../src/api/thresholds.ts';
import { addMs, days, epochMs, hours, minutes, seconds, type EpochMs } from '../../../src/core/units.ts';
import { EngineError } from '../../errors.ts';
import { createFakePrometheus, type FakePrometheus } from '../../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let viewer: Client;
let prometheus: FakePrometheus;
beforeEach(async () => {
  prometheus = createFakePrometheus();
  engine = await createTestEngine({ sources: [prometheus] });
  ({ viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

/** One value each `step`, the last one now. */
function points(values: readonly number[], step = seconds(30)): { times: EpochMs[]; values: number[] } {
  const end = engine.clock.now();
  return { times: values.map((_, index) => epochMs(end - (values.length - 1 - index) * step)), values: [...values] };
}

describe('metrics', () => {
  it('answers signals and expressions, each with its own error', async () => {
    prometheus.series.set('request_rate{service="checkout"}', [{ labels: {}, ...points([1, Number.NaN, 3]) }]);
    prometheus.series.set('broken(', new EngineError('source_failed', 'Prometheus says: parse error'));
    const { results, step } = await viewer.call(queryMetrics, {
      queries: [
        { id: 'a', signal: 'request_rate', service: 'checkout' },
        { id: 'b', expr: 'broken(' },
        { id: 'c', expr: 'nothing' },
      ],
    });
    expect(step).toBe(seconds(10));
    expect(results).toMatchObject([
      { id: 'a', error: null, series: [{ values: [1, Number.NaN, 3] }] },
      { id: 'b', error: 'Prometheus says: parse error', series: [] },
      { id: 'c', error: null, series: [] },
    ]);
  });

  it('has no series for a signal that the source has no metrics of, which is no error', async () => {
    jest.spyOn(engine.deps.discovery, 'signalExpr').mockReturnValue(undefined);
    const { results } = await viewer.call(queryMetrics, { queries: [{ id: 'a', signal: 'disk_free' }] });
    expect(results).toEqual([{ id: 'a', expr: '', series: [], error: null, notKept: null }]);
  });

  it('says what is missing where the namespace has no Prometheus', async () => {
    const other = testClient(engine, await engine.token('read', 'org-2'));
    await expect(other.call(queryMetrics, { queries: [{ id: 'a', expr: 'up' }] }, { tries: 1 })).rejects.toMatchObject({
      status: 503,
      code: 'unavailable',
      message: expect.stringContaining('No Prometheus is configured'),
    });
  });

  it.each([
    [minutes(5), seconds(5)],
    [hours(1), seconds(10)],
    [hours(24), minutes(5)],
    [hours(24 * 30), hours(2)],
  ])('over %i ms takes a step of %i ms, at most 500 points on whole multiples', async (range, step) => {
    const to = engine.clock.now();
    const spy = jest.spyOn(prometheus, 'range');
    const answer = await viewer.call(queryMetrics, {
      queries: [{ id: 'a', expr: 'up' }],
      from: epochMs(to - range),
      to,
    });
    expect(answer.step).toBe(step);
    const asked = spy.mock.calls[0]?.[1];
    expect([(asked?.from ?? 1) % step, (asked?.to ?? 1) % step]).toEqual([0, 0]);
  });

  it('says why it has nothing of a signal that is not kept, and answers the others', async () => {
    prometheus.series.set('up{service="cart"}', [{ labels: {}, ...points([1, 1]) }]);
    const { results } = await viewer.call(queryMetrics, {
      queries: [
        { id: 'a', signal: 'log_age', service: 'cart' },
        { id: 'b', signal: 'up', service: 'cart' },
      ],
    });
    expect(results).toMatchObject([
      { id: 'a', series: [], error: 'Log age is measured live and not stored: its past cannot be shown.' },
      { id: 'b', series: [{}], error: null },
    ]);
  });

  it('says what of the time Prometheus no longer keeps, beside the series and where there is none', async () => {
    prometheus.kept = days(15);
    const now = engine.clock.now();
    const ago = (ms: number) => epochMs(now - ms);
    const sample = (at: EpochMs) => [{ labels: {}, times: [at], values: [1] }];
    prometheus.series.set('blocks', [...sample(ago(days(3))), ...sample(ago(days(15.5)))]);
    prometheus.series.set('all', sample(ago(days(30))));
    prometheus.series.set('broken', new EngineError('source_failed', 'Prometheus is away.'));
    const ids = ['nothing', 'blocks', 'all', 'broken'];
    const { results } = await viewer.call(queryMetrics, {
      from: ago(days(30)),
      to: now,
      queries: ids.map((id) => ({ id, expr: id })),
    });
    const gone = (since: EpochMs) => ({ source: 'Prometheus', keeps: days(15), since });
    expect(results.map(({ notKept }) => notKept)).toEqual([gone(ago(days(15))), gone(ago(days(15.5))), null, null]);
    expect(results.map(({ error }) => error)).toEqual([null, null, null, 'Prometheus is away.']);
  });

  it('does not say so of the step that it asks for beyond what was asked', async () => {
    prometheus.kept = days(15);
    const now = engine.clock.now();
    prometheus.series.set('young', [{ labels: {}, ...points([1, 1]) }]);
    const { results } = await viewer.call(queryMetrics, {
      from: epochMs(now - days(15)),
      to: now,
      queries: [{ id: 'a', expr: 'young' }],
    });
    expect(results[0]?.notKept).toBeNull();
  });

  it('refuses a range that is none, and steps that are too small', async () => {
    const now = engine.clock.now();
    const ask = (more: { from?: EpochMs; to?: EpochMs; step?: ReturnType<typeof seconds> }) =>
      viewer.call(queryMetrics, { queries: [{ id: 'a', expr: 'up' }], ...more });
    await expect(ask({ from: now, to: now })).rejects.toMatchObject({ status: 400, errors: [{ path: 'from' }] });
    await expect(ask({ from: addMs(now, hours(1)) })).rejects.toMatchObject({ errors: [{ path: 'from' }] });
    await expect(ask({ from: epochMs(now - hours(24)), step: seconds(1) })).rejects.toMatchObject({
      errors: [{ path: 'step', message: 'expected at most 11000 points in the range' }],
    });
    await expect(ask({ step: seconds(0) })).rejects.toMatchObject({ status: 400 });
  });
});

describe('preview', () => {
  const latency = { service: 'checkout', signal: 'latency_p95' as const, warning: 0.3, critical: 0.8 };

  it('says how often each level would have fired, and for how long', async () => {
    const values = [0.1, 0.1, 0.4, 0.4, 0.9, 0.9, 0.1, 0.1, 0.4, 0.1];
    prometheus.series.set('latency_p95{service="checkout"}', [
      { labels: { service: 'checkout' }, ...points(values, minutes(10)) },
    ]);
    const preview = await viewer.call(previewThreshold, { ...latency, range: hours(6) });
    expect(preview.expr).toBe('latency_p95{service="checkout"}');
    expect(preview.series).toHaveLength(1);
    expect(preview.levels.map(({ level, severity, count }) => [level, severity, count])).toEqual([
      ['warning', 'warning', expect.any(Number)],
      ['critical', 'critical', 1],
    ]);
    expect(preview.dataFrom).toBe(engine.clock.now() - 9 * minutes(10));
    const critical = preview.series[0]?.episodes.find(({ level }) => level === 'critical');
    expect(critical?.from).toBe(engine.clock.now() - 5 * minutes(10));
  });

  it('fires nothing where nothing crosses, and says when there is no data at all', async () => {
    const empty = await viewer.call(previewThreshold, latency);
    expect([empty.series, empty.dataFrom, empty.levels.map(({ count }) => count)]).toEqual([[], null, [0, 0]]);
    prometheus.series.set('latency_p95{service="checkout"}', [{ labels: {}, ...points([0.1, 0.2, 0.1]) }]);
    expect((await viewer.call(previewThreshold, latency)).levels.map(({ count }) => count)).toEqual([0, 0]);
  });

  it('takes an expression, and leaves what it was given unchanged', async () => {
    prometheus.series.set('errors > 0', [{ labels: { pod: 'a' }, ...points([1, 1, 1], minutes(5)) }]);
    const preview = await viewer.call(previewThreshold, {
      service: '*',
      signal: { expr: 'errors > 0' },
      warning: 0.5,
      direction: 'above',
    });
    expect(preview.series[0]?.labels).toEqual({ pod: 'a' });
  });

  it('refuses what could not be stored either, and a range beyond a month', async () => {
    await expect(viewer.call(previewThreshold, { ...latency, warning: 2 })).rejects.toMatchObject({
      status: 400,
      errors: [{ path: 'critical' }],
    });
    await expect(viewer.call(previewThreshold, { ...latency, range: hours(24 * 32) })).rejects.toMatchObject({
      errors: [{ path: 'range', message: 'expected a duration up to 31d' }],
    });
  });

  it('passes on that the source failed', async () => {
    prometheus.series.set('latency_p95{service="checkout"}', new EngineError('source_failed', 'Prometheus is away.'));
    await expect(viewer.call(previewThreshold, latency, { tries: 1 })).rejects.toMatchObject({
      status: 502,
      code: 'source_failed',
      message: 'Prometheus is away.',
    });
  });
});

describe('ages', () => {
  const askedAt = epochMs(1_767_225_600_000);
  const byService = new Map([
    ['checkout', epochMs(askedAt - 12_000)],
    ['cart', epochMs(askedAt - 300_000)],
  ]);
  const log_age = { askedAt, every: minutes(1), byService };
  const why = 'Log age is measured live and not stored: its past cannot be shown.';
  let heard: TestEngine;
  let reader: Client;
  beforeEach(async () => {
    heard = await createTestEngine({ newest: { log_age } });
    ({ viewer: reader } = await testClients(heard));
  });
  afterEach(() => heard.dispose());

  const preview = (service: string, signal: 'log_age' | 'span_age' = 'log_age') =>
    reader.call(previewThreshold, { service, signal, critical: 60 });

  it('cannot be previewed over the past: a sentence says so, and what they stand at', async () => {
    expect(await preview('checkout')).toMatchObject({
      ...{ series: [], dataFrom: null, expr: '', note: `${why} The log age of checkout is 12 s now.` },
      levels: [{ level: 'critical', count: 0 }],
    });
    expect((await preview('nobody')).note).toBe(`${why} nobody has none now.`);
    expect((await preview('*')).note).toBe(`${why} Now the highest of 2 is 5 min, of cart.`);
    expect((await preview('checkout', 'span_age')).note).toMatch(
      /Nothing is known about it now: no source measures it/
    );
  });

  it('stand in the catalogue with their value of a service', async () => {
    const { items } = await reader.call(listSignals, { service: 'cart' });
    expect(items.find(({ name }) => name === 'log_age')).toMatchObject({ title: 'Log age', current: 300 });
    expect(items.find(({ name }) => name === 'span_age')?.current).toBeNull();
  });
});

describe('signals', () => {
  it('show their value of a service, where it has one', async () => {
    const now = engine.clock.now();
    prometheus.samples.set('cpu{service="cart"}', [{ labels: {}, at: now, value: 0.7 }]);
    prometheus.samples.set('memory{service="cart"}', [{ labels: {}, at: now, value: Number.NaN }]);
    prometheus.samples.set('up{service="cart"}', new EngineError('source_failed', 'away'));
    const { items } = await viewer.call(listSignals, { service: 'cart' });
    const current = Object.fromEntries(items.map((signal) => [signal.name, signal.current]));
    expect(current).toMatchObject({ cpu: 0.7, memory: null, up: null, latency_p95: null });
    const all = await viewer.call(listSignals, {});
    expect(all.items.every((signal) => signal.current === null)).toBe(true);
    expect(all.items.find(({ name }) => name === 'latency_p95')).toMatchObject({ unit: 'seconds', direction: 'above' });
  });
});
