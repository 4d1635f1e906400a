import { listAlerts } from '../../../src/api/alerts.ts';
import type { Client } from '../../../src/api/client.ts';
import { getAlertEvidence, getServiceEvidence } from '../../../src/api/evidence.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import { createThreshold } from '../../../src/api/thresholds.ts';
import { addMs, epochMs, hours, minutes, seconds, type EpochMs } from '../../../src/core/units.ts';
import { systemClock } from '../../clock.ts';
import { EngineError } from '../../errors.ts';
import { json, plain, silent, startFakeStore, type Answer, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { openSource } from '../../sources/openSource.ts';
import type { Source } from '../../sources/source.ts';
import { lokiStreams, tempoTraces } from '../../sources/testing/storeAnswers.fixture.ts';
import { createFakePrometheus, type FakePrometheus } from '../../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const VERSIONS = 'versions{service="checkout"}';
const P95 = 'latency_p95{service="checkout"}';
const WARNINGS = /\| detected_level=~/;

let loki: FakeStore;
let tempo: FakeStore;
let prometheus: FakePrometheus;
let sources: Source[];
let engine: TestEngine;
let viewer: Client;
let admin: Client;
let start: EpochMs;

const nothing: Answer = (seen, response) =>
  (seen.path === '/api/search' ? tempoTraces([]) : lokiStreams([]))(seen, response);

function open(kind: 'loki' | 'tempo', { url }: FakeStore): Source {
  const name = kind === 'loki' ? 'Loki' : 'Tempo';
  const definition = { namespace: 'default', id: kind, kind, name, url, tenant: '', token: '', builtIn: true };
  return openSource(definition, { clock: systemClock }).source;
}

beforeEach(async () => {
  [loki, tempo] = await Promise.all([startFakeStore(nothing), startFakeStore(nothing)]);
  prometheus = createFakePrometheus();
  sources = [prometheus, open('loki', loki), open('tempo', tempo)];
  engine = await createTestEngine({ sources });
  ({ viewer, admin } = await testClients(engine));
  start = engine.clock.now();
});
afterEach(async () => {
  await engine.dispose();
  await Promise.all([loki.close(), tempo.close()]);
});

async function fire(labels: Record<string, string> = { alertname: 'Slow', service: 'checkout' }): Promise<string> {
  await admin.call(intakeEvents, { events: [{ labels, severity: 'error' }] });
  const [found] = (await viewer.call(listAlerts, {})).items;
  engine.clock.advance(hours(24));
  return found?.id ?? '';
}

const evidence = async (id?: string) => viewer.call(getAlertEvidence, { id: id ?? (await fire()) });

/** What was looked for; not for how long it would be kept. */
const searches = ({ seen }: FakeStore) => seen.filter(({ path }) => !path.endsWith('/config'));

/** How often each question came, as minutes before and after the start, with what was asked. */
const widths = (store: FakeStore, [from, to]: readonly [string, string], ms: number): number[][] =>
  searches(store).map(({ params }) =>
    [from, to].map((name) => Math.round((Number(params.get(name)) * ms - start) / 30_000) / 2)
  );

/** A series that is there each minute of these, counted from the start. */
const version = (name: string, from: number, to: number) => {
  const times = Array.from({ length: to - from + 1 }, (_, n) => addMs(start, minutes(from + n)));
  return { labels: { service: 'checkout', version: name }, times, values: times.map(() => 1) };
};

it('puts together what deploys, lines and traces say of the start of an alert', async () => {
  prometheus.series.set(VERSIONS, [version('1.0.0', -4, 0), version('1.1.0', -1, 60)]);
  const at = addMs(start, seconds(10));
  const labels = { service_name: 'checkout', detected_level: 'error', trace_id: TRACE };
  loki.answer = lokiStreams([
    [
      labels,
      [
        { at, line: '{"msg":"order 1 failed"}' },
        { at: at + 5, line: '{"msg":"order 2 failed"}' },
      ],
    ],
  ]);
  const stats = { checkout: { spanCount: 2, errorCount: 1 } };
  tempo.answer = tempoTraces([
    { id: 'b', at, ms: 3000, name: 'GET /slow' },
    { id: TRACE, at, ms: 900, name: 'POST /orders', stats },
    { id: 'c', at, ms: 4000, name: 'GET /slower' },
  ]);
  const found = await evidence();
  expect(found).toMatchObject({ service: 'checkout', at: start });
  expect(found.deploys).toMatchObject({
    ...{ query: VERSIONS, problem: null, versions: ['1.0.0', '1.1.0'] },
    items: [{ at: addMs(start, minutes(-1)), version: '1.1.0', previous: ['1.0.0'] }],
  });
  expect(found.logs).toMatchObject({
    ...{ levels: 'warning', more: false, problem: null, query: expect.stringMatching(WARNINGS) },
    patterns: [{ pattern: 'order <*> failed', count: 2, level: 'error' }],
    window: { from: start - 30_000, to: start + 30_000 },
  });
  expect(found.logs.items[0]).toEqual({
    at,
    level: 'error',
    message: 'order 1 failed',
    line: '{"msg":"order 1 failed"}',
    cut: 0,
    traceId: TRACE,
  });
  expect(found.traces).toMatchObject({ problem: null, more: false, window: found.logs.window });
  expect(found.traces.items.map(({ rootName, failedIn }) => [rootName, failedIn])).toEqual([
    ['POST /orders', ['checkout']],
    ['GET /slower', []],
    ['GET /slow', []],
  ]);
  expect([found.windowFrom, found.windowTo]).toEqual([start - 30_000, start + 30_000]);
});

describe('windows', () => {
  it('widen step by step while nothing is found, and the answer says how far was looked', async () => {
    const { logs, traces, windowFrom, windowTo } = await evidence();
    const wide = { from: start - minutes(30), to: start + minutes(30) };
    expect([logs.window, traces.window, { from: windowFrom, to: windowTo }]).toEqual([wide, wide, wide]);
    expect([logs.items, logs.levels, logs.problem, traces.items, traces.problem]).toEqual([[], 'all', null, [], null]);
    const around = [0.5, 2.5, 7.5, 30].map((half) => [-half, half]);
    expect(widths(loki, ['start', 'end'], 1e-6)).toEqual([...around.slice(0, 3), ...around]);
    expect(searches(loki).map(({ params }) => WARNINGS.test(params.get('query') ?? ''))).toEqual([
      ...[true, true, true, false, false, false, false],
    ]);
    expect(widths(tempo, ['start', 'end'], 1000)).toEqual(around);
  });

  it('say where they lie before what a source keeps, instead of that there was nothing', async () => {
    const kept =
      (config: string, search: Answer): Answer =>
      (seen, response) =>
        (seen.path.endsWith('/config') ? plain(config) : search)(seen, response);
    loki.answer = kept(
      'compactor: { retention_enabled: true }\nlimits_config: { retention_period: 24h }',
      lokiStreams([])
    );
    tempo.answer = kept('compactor: { compaction: { block_retention: 12h0m0s } }', tempoTraces([]));
    prometheus.kept = hours(6);
    const { deploys, logs, traces } = await evidence();
    const gone = (name: string, time: string, ms: number) =>
      `${name} keeps its data for ${time}: data from before ${new Date(engine.clock.now() - ms).toISOString()} is no longer there.`;
    expect([deploys.problem, logs.problem, traces.problem]).toEqual([
      gone('Prometheus', '6h', hours(6)),
      gone('Loki', '1d', hours(24)),
      gone('Tempo', '12h', hours(12)),
    ]);
  });

  it('stay at the first that gives something: warnings nearby before other lines', async () => {
    loki.answer = (seen, response) => {
      const is = WARNINGS.test(seen.params.get('query') ?? '') && loki.seen.length === 2;
      lokiStreams(is ? [[{ level: 'warn' }, [{ at: start, line: 'slow' }]]] : [])(seen, response);
    };
    const { logs } = await evidence();
    expect(loki.seen).toHaveLength(2);
    expect(logs).toMatchObject({ levels: 'warning', window: { from: start - minutes(2.5) } });
    expect(logs.items).toMatchObject([{ level: 'warning', message: 'slow' }]);
  });

  it('end now for what has just begun', async () => {
    await admin.call(intakeEvents, { events: [{ labels: { alertname: 'Slow', service: 'checkout' } }] });
    const [alert] = (await viewer.call(listAlerts, {})).items;
    engine.clock.advance(seconds(10));
    const { windowTo } = await evidence(alert?.id);
    expect(windowTo).toBe(start + 10_000);
  });
});

describe('bounds', () => {
  it('cut a long line and say so, and say when there may be more of both', async () => {
    const lines = Array.from({ length: 100 }, (_, n) => ({ at: start + n, line: 'x'.repeat(n === 0 ? 50_000 : 5) }));
    loki.answer = lokiStreams([[{ level: 'error' }, lines]]);
    tempo.answer = tempoTraces(Array.from({ length: 10 }, (_, n) => ({ id: `${n + 1}`, at: start, ms: 1 })));
    const { logs, traces } = await evidence();
    expect([loki.seen[0]?.params.get('limit'), tempo.seen[0]?.params.get('limit')]).toEqual(['100', '10']);
    expect([logs.more, traces.more]).toEqual([true, true]);
    expect(logs.items[0]).toMatchObject({ cut: 48_000 });
    expect(logs.items[0]?.line).toHaveLength(2000);
  });

  it('show no more lines than were asked for, whatever comes', async () => {
    const lines = Array.from({ length: 300 }, (_, n) => ({ at: start + n, line: 'x' }));
    loki.answer = lokiStreams([[{ level: 'error' }, lines]]);
    expect((await evidence()).logs.items).toHaveLength(100);
  });

  it('give each source five seconds, and leave the others standing', async () => {
    loki.answer = silent;
    tempo.answer = tempoTraces([{ id: TRACE, at: start, ms: 900 }]);
    const id = await fire();
    const asked = evidence(id);
    const deadline = Date.now() + 5000;
    while ((loki.seen.length === 0 || sources[2]?.health().status !== 'ok') && Date.now() < deadline) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    engine.clock.advance(seconds(5));
    const { logs, traces, deploys } = await asked;
    expect(logs.problem).toBe('Loki gave no answer within 5 s. Log lines of checkout are missing here.');
    expect(traces.items).toHaveLength(1);
    expect(deploys.problem).toContain('No metric showed the version of checkout in this time');
  });
});

describe('what counts as slow', () => {
  const askedOf = async (id?: string) => {
    const { traces } = await evidence(id);
    expect(tempo.seen[0]?.params.get('q')).toBe(`${traces.query} with (most_recent=true)`);
    return [traces.slowerThan, traces.query];
  };
  const service = 'resource.service.name = "checkout"';

  it('is what took longer than the p95 of that time', async () => {
    const spy = jest.spyOn(prometheus, 'instant');
    prometheus.samples.set(P95, [{ labels: {}, at: start, value: 0.25 }]);
    expect(await askedOf()).toEqual([0.25, `{ ${service} && (status = error || duration > 250ms) }`]);
    expect(spy.mock.calls[0]?.[1].at).toBe(start);
  });

  it('is what took longer than the lower level of the threshold that fired', async () => {
    const { threshold } = await admin.call(createThreshold, {
      service: 'checkout',
      signal: 'latency_p95',
      warning: 0.3,
      critical: 0.8,
      reason: '',
    });
    const id = await fire();
    const alert = await engine.store.read.alerts.get('default', id);
    if (alert === undefined) {
      throw new Error('the alert is gone');
    }
    const ofRule = { ...alert, source: 'pharos' as const, ruleId: threshold.id };
    jest.spyOn(engine.deps.store.read.alerts, 'get').mockResolvedValue(ofRule);
    prometheus.samples.set(P95, [{ labels: {}, at: start, value: 5 }]);
    expect(await askedOf(id)).toEqual([0.3, `{ ${service} && (status = error || duration > 300ms) }`]);
  });

  it.each([
    ['no traffic', [{ labels: {}, at: epochMs(0), value: Number.NaN }]],
    ['no such metric', []],
    ['no answer', new EngineError('source_failed', 'Prometheus is away.')],
  ])('is nothing but failures with %s', async (_, answer) => {
    prometheus.samples.set(P95, answer);
    expect(await askedOf()).toEqual([null, `{ ${service} && status = error }`]);
  });
});

describe('problems', () => {
  it('say of each missing source what it would bring, and the rest stands', async () => {
    const other = testClient(engine, await engine.token('read', 'org-2'));
    const found = await other.call(getServiceEvidence, { name: 'checkout' });
    const where = 'An admin can add it under Settings, Sources.';
    expect(
      [found.deploys, found.logs, found.traces].map(({ problem, query, items }) => [problem, query, items])
    ).toEqual([
      [
        `No Prometheus is configured for this namespace: with one, the deploys of checkout would be shown here. ${where}`,
        null,
        [],
      ],
      [
        `No Loki is configured for this namespace: with one, the log lines of checkout at that time would be shown here. ${where}`,
        null,
        [],
      ],
      [
        `No Tempo is configured for this namespace: with one, the failed and slow traces of checkout at that time would be shown here. ${where}`,
        null,
        [],
      ],
    ]);
  });

  it.each<[string, Answer, string]>([
    [
      'is busy',
      plain('too many outstanding requests', { status: 429 }),
      'answered 429: too many outstanding requests.',
    ],
    ['fails', json({ message: 'no ingester' }, 500), 'answered 500: no ingester.'],
    ['talks nonsense', plain('<html>'), 'answered a web page where JSON was expected: is that its address.'],
  ])('say that a source %s', async (_, answer, words) => {
    loki.answer = answer;
    tempo.answer = answer;
    prometheus.series.set(VERSIONS, new EngineError('source_failed', 'Prometheus is away.'));
    const { deploys, logs, traces } = await evidence();
    expect([deploys.problem, logs.problem, traces.problem]).toEqual([
      'Prometheus is away. Deploys of checkout are missing here.',
      `Loki ${words} Log lines of checkout are missing here.`,
      `Tempo ${words} Failed and slow traces of checkout are missing here.`,
    ]);
    expect(loki.seen).toHaveLength(1);
    expect(logs.query).toMatch(WARNINGS);
  });

  it('keep what was found in no window apart from the window that failed', async () => {
    loki.answer = (seen, response) =>
      (loki.seen.length === 3 ? json({ message: 'away' }, 500) : lokiStreams([]))(seen, response);
    const { logs } = await evidence();
    expect(logs).toMatchObject({
      window: { from: start - minutes(7.5) },
      problem: expect.stringContaining('500: away'),
    });
  });

  it('say when no metric tells versions, and when the alert names no service', async () => {
    jest.spyOn(engine.deps.discovery, 'versionsExpr').mockReturnValue(undefined);
    expect((await viewer.call(getServiceEvidence, { name: 'cart' })).deploys.problem).toBe(
      'No metric shows the version of cart: with build_info{version} or target_info{service_version} among the metrics, its deploys would be shown here.'
    );
    const { deploys, logs, traces } = await evidence(await fire({ alertname: 'Lost' }));
    expect([deploys.problem, logs.problem, traces.problem]).toEqual([
      'The alert names no service: with a label service or service_name, its deploys would be shown here.',
      'The alert names no service: with a label service or service_name, the log lines of that time would be shown here.',
      'The alert names no service: with a label service or service_name, the failed and slow traces of that time would be shown here.',
    ]);
  });

  it('are one of the whole only where there is no such alert, also of another namespace', async () => {
    const id = await fire();
    await expect(evidence('none')).rejects.toMatchObject({ status: 404, message: 'There is no alert none.' });
    const other = testClient(engine, await engine.token('read', 'org-2'));
    await expect(other.call(getAlertEvidence, { id })).rejects.toMatchObject({ status: 404 });
  });
});

describe('of a service', () => {
  it('is taken around the moment that is asked for, with names that need care', async () => {
    engine.clock.advance(hours(24));
    const name = 'check"out} | x';
    const found = await viewer.call(getServiceEvidence, { name, at: start });
    expect(found).toMatchObject({ service: name, at: start });
    expect(loki.seen[3]?.params.get('query')).toBe('{service_name="check\\"out} | x"}');
    expect(tempo.seen[0]?.params.get('q')).toContain('resource.service.name = "check\\"out} | x"');
    expect(widths(tempo, ['start', 'end'], 1000)[0]).toEqual([-0.5, 0.5]);
  });

  it('is taken of the last half hour by default', async () => {
    const { windowFrom, windowTo } = await viewer.call(getServiceEvidence, { name: 'checkout' });
    expect([windowFrom, windowTo]).toEqual([start - minutes(30), start]);
  });

  it('has the newest lines first when it is of now, and what came first when it is of another moment', async () => {
    const lines = ['old', 'new'].map((line, n) => ({ at: start - 10 + n, line }));
    loki.answer = lokiStreams([[{ level: 'error' }, lines]]);
    const messages = async (at?: EpochMs) => {
      const { logs } = await viewer.call(getServiceEvidence, { name: 'checkout', at });
      return [logs.order, loki.seen.at(-1)?.params.get('direction'), ...logs.items.map(({ message }) => message)];
    };
    expect(await messages()).toEqual(['newest_first', 'backward', 'new', 'old']);
    expect(await messages(start)).toEqual(['oldest_first', 'forward', 'old', 'new']);
  });
});
