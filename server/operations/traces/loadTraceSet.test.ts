import type { TraceSet } from '../../../src/api/traces.ts';
import { otlpOf } from '../../../src/core/traces/otlpTrace.fixture.ts';
import { addMs, days, epochMs, hours, minutes, seconds, type EpochMs } from '../../../src/core/units.ts';
import { json, silent, startFakeStore, type Answer, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { tempoTraces } from '../../sources/testing/storeAnswers.fixture.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { loadTracePair, loadTraceSet, type SetCall } from './loadTraceSet.ts';
import { keepsOneDay, noTrace, openTempo, tempoTrace } from './traces.fixture.ts';

let tempo: FakeStore;
let engine: TestEngine;
let now: EpochMs;
let at: EpochMs;

const ALL_KEPT = { traces: 0, spans: 0, more: false, cut: 0, failed: 0, problem: null, notKept: null };
const idOf = (n: number): string => n.toString(16).padStart(32, '0');
const isSearch = (path: string): boolean => path === '/api/search';
const readIds = (): string[] =>
  tempo.seen.filter(({ path }) => !isSearch(path)).map(({ path }) => path.split('/').at(-1) ?? '');

/** Tempo with traces 1…count, each of one span. */
const holding =
  (count: number, besides: (traceId: string) => Answer | undefined = () => undefined): Answer =>
  (seen, response) => {
    const ids = Array.from({ length: count }, (_, n) => idOf(n + 1));
    const id = seen.path.split('/').at(-1) ?? '';
    const trace = tempoTrace(otlpOf(id, at, [{ id: 'a' }]));
    const answer = isSearch(seen.path) ? tempoTraces(ids.map((one) => ({ id: one, at, ms: 10 }))) : undefined;
    (answer ?? besides(id) ?? (ids.includes(id) ? trace : noTrace))(seen, response);
  };

beforeEach(async () => {
  tempo = await startFakeStore(holding(0));
  engine = await createTestEngine({ sources: [openTempo(tempo)] });
  now = engine.clock.now();
  at = addMs(now, minutes(-10));
});
afterEach(async () => {
  await engine.dispose();
  await tempo.close();
});

const bySearch = (limit = 100): TraceSet => ({ query: '{ status = error }', from: at, to: now, limit });
const callOf = (namespace: string): SetCall => ({ identity: { namespace }, now, signal: new AbortController().signal });
const load = (set: TraceSet, namespace = 'default') => loadTraceSet(engine.deps, callOf(namespace), set);

it('searches, then reads each trace whole, in the order in which they were found', async () => {
  tempo.answer = holding(20);
  const { traces, used, query, window } = await load(bySearch());
  expect(traces.map(({ traceId }) => traceId)).toEqual(Array.from({ length: 20 }, (_, n) => idOf(n + 1)));
  expect(used).toEqual({ ...ALL_KEPT, traces: 20, spans: 20 });
  expect([query, window]).toEqual(['{ status = error }', { from: at, to: now }]);
  const asked = tempo.seen.find(({ path }) => !isSearch(path));
  expect(asked?.path).toMatch(/^\/api\/v2\/traces\/0+1$/);
  expect([asked?.params.get('start'), asked?.params.get('end')].map(Number)).toEqual([
    Math.floor(at / 1000) - 3600,
    Math.floor((at + 10) / 1000) + 3600,
  ]);
});

it('reads no more than six at a time', async () => {
  let open = 0;
  let most = 0;
  tempo.answer = (seen, response) => {
    if (isSearch(seen.path)) {
      holding(30)(seen, response);
      return;
    }
    open += 1;
    most = Math.max(most, open);
    setImmediate(() => {
      open -= 1;
      holding(30)(seen, response);
    });
  };
  expect((await load(bySearch())).used.traces).toBe(30);
  expect(most).toBeLessThanOrEqual(6);
  expect(most).toBeGreaterThan(1);
});

it('says that there may be more where the search gave as many as were asked for', async () => {
  tempo.answer = holding(5);
  expect((await load(bySearch(5))).used).toMatchObject({ traces: 5, more: true });
});

it('reads those that are named once each, whatever zeros stand before them', async () => {
  tempo.answer = holding(3);
  const { traces, query, window } = await load({ traceIds: ['3', '1', '0003', 'A'] });
  expect(traces.map(({ traceId }) => traceId)).toEqual([idOf(3), idOf(1)]);
  expect([query, window]).toEqual([null, null]);
});

it('says how many Tempo cut short, and reads them again', async () => {
  const cut = tempoTrace(otlpOf(idOf(2), at, [{ id: 'a' }]), { status: 'PARTIAL', message: 'too large' });
  tempo.answer = holding(3, (id) => (id === idOf(2) ? cut : undefined));
  expect((await load(bySearch())).used).toMatchObject({
    ...{ traces: 3, cut: 1, failed: 0 },
    problem: '1 of 3 traces is cut short by Tempo: figures of it are too small.',
  });
  tempo.answer = holding(3);
  expect((await load(bySearch())).used.problem).toBeNull();
  expect(readIds().toSorted()).toEqual([1, 2, 2, 3].map(idOf));
});

describe('what Tempo no longer keeps', () => {
  const of = (from: EpochMs, limit = 100): TraceSet => ({ query: '{ }', from, to: now, limit });
  beforeEach(() => {
    tempo.answer = (seen, response) => (seen.path.includes('config') ? keepsOneDay : holding(3))(seen, response);
  });

  it('is said of a window that begins before', async () => {
    const notKept = { source: 'Tempo', keeps: days(1), since: addMs(now, hours(-24)) };
    expect((await load(of(addMs(now, hours(-48))))).used).toMatchObject({ traces: 3, problem: null, notKept });
    at = addMs(now, hours(-25));
    expect((await load(of(addMs(now, hours(-48))))).used.notKept).toEqual({ ...notKept, since: at });
  });

  it('is not said of the newest of many, of what was found, and of traces by their names', async () => {
    expect((await load(of(addMs(now, hours(-48)), 3))).used).toMatchObject({ more: true, notKept: null });
    at = addMs(now, hours(-48));
    expect((await load(of(at))).used.notKept).toBeNull();
    expect((await load({ traceIds: ['1'] })).used.notKept).toBeNull();
  });
});

describe('traces that cannot be read', () => {
  it('are counted, with the reason of the first, and leave the others standing', async () => {
    tempo.answer = holding(4, (id) =>
      id === idOf(2) ? json({ message: 'no ingester' }, 500) : id === idOf(3) ? tempoTrace('many') : undefined
    );
    const { traces, used } = await load(bySearch());
    expect(traces.map(({ traceId }) => traceId)).toEqual([idOf(1), idOf(4)]);
    expect(used).toMatchObject({ traces: 2, failed: 2 });
    expect(used.problem).toMatch(/^2 of 4 traces could not be read: (Tempo answered 500: no ingester\.|Tempo has no)/);
  });

  it('are named where Tempo does not have them', async () => {
    expect((await load({ traceIds: ['9'] })).used).toEqual({
      ...{ ...ALL_KEPT, failed: 1 },
      problem: `1 of 1 traces could not be read: Tempo has no trace ${idOf(9)}.`,
    });
  });

  it('are given up after eight seconds', async () => {
    tempo.answer = holding(8, (id) => (id === idOf(1) ? silent : undefined));
    const loading = load(bySearch());
    const deadline = Date.now() + 5000;
    while (readIds().length < 8 && Date.now() < deadline) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    engine.clock.advance(seconds(8));
    const { used } = await loading;
    expect(used.failed).toBeGreaterThanOrEqual(1);
    expect(used.problem).toContain(
      'traces could not be read: Tempo gave no answer within 8 s. Try again: it continues from there.'
    );
  });

  it('of two sets are given up after eight seconds in all, half of them for the second', async () => {
    tempo.answer = silent;
    const asked = async (count: number): Promise<void> => {
      const deadline = Date.now() + 5000;
      while (tempo.seen.length < count && Date.now() < deadline) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const loading = loadTracePair(engine.deps, callOf('default'), [bySearch(), bySearch()]);
    await asked(1);
    engine.clock.advance(seconds(4));
    await asked(2);
    engine.clock.advance(seconds(4));
    const problem = 'Tempo gave no answer within 4 s. Try again: it continues from there.';
    expect((await loading).map(({ used }) => used.problem)).toEqual([problem, problem]);
  });
});

it.each<[string, Answer, string]>([
  ['refuses the query', json({ message: 'parse error at line 1' }, 400), 'Tempo answered 400: parse error at line 1.'],
  ['is away', json({ message: 'no ingester' }, 503), 'Tempo answered 503: no ingester.'],
])('says so where Tempo %s, without traces', async (_, answer, problem) => {
  tempo.answer = answer;
  expect((await load(bySearch())).used).toEqual({ ...ALL_KEPT, problem });
});

it('says what a Tempo would bring where there is none', async () => {
  expect((await load(bySearch(), 'org-2')).used.problem).toBe(
    'No Tempo is configured for this namespace: with one, what these traces have in common would be shown here. An admin can add it under Settings, Sources.'
  );
});

describe('memory', () => {
  it('keeps traces that ended half a minute ago, and reads those of a moment ago again', async () => {
    tempo.answer = holding(1);
    await load(bySearch());
    await load(bySearch());
    expect(readIds()).toEqual([idOf(1)]);
    at = addMs(now, seconds(-20));
    await load({ traceIds: ['2'] });
    tempo.answer = holding(2);
    await load({ traceIds: ['2'] });
    await load({ traceIds: ['2'] });
    expect(readIds().filter((id) => id === idOf(2))).toHaveLength(3);
  });

  it('is counted beside what was read from the source', async () => {
    tempo.answer = holding(3);
    await load(bySearch());
    await load(bySearch());
    const text = await engine.deps.metrics.render();
    expect(text).toContain('pharos_traces_read_total{from="source"} 3');
    expect(text).toContain('pharos_traces_read_total{from="memory"} 3');
    expect(text).toContain('pharos_trace_spans_read_total 3');
    expect(text).toContain('pharos_trace_read_duration_seconds_count 3');
  });
});

it('tells a millisecond of the end from the half minute after it', async () => {
  at = epochMs(now - 30_011);
  tempo.answer = holding(1);
  await load(bySearch());
  expect(engine.deps.traceCache.spans).toBe(1);
});
