import type { Client } from '../../../src/api/client.ts';
import { compareTraces, explainTraces, type TraceSides } from '../../../src/api/traceComparison.ts';
import { otlpOf } from '../../../src/core/traces/otlpTrace.fixture.ts';
import { addMs, durationMs, minutes, type EpochMs } from '../../../src/core/units.ts';
import { startFakeStore, type Answer, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { tempoTraces } from '../../sources/testing/storeAnswers.fixture.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient } from '../../testing/testClient.ts';
import { noTrace, openTempo, tempoTrace } from './traces.fixture.ts';

interface StoredTrace {
  readonly at: EpochMs;
  /** Of the call below the root. */
  readonly ms: number;
  readonly version?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

let tempo: FakeStore;
let engine: TestEngine;
let viewer: Client;
let now: EpochMs;

const idOf = (n: number): string => n.toString(16).padStart(32, '0');

/** A Tempo that finds those that began in the window and, where the query names a version, are of it. */
const holding =
  (traces: readonly StoredTrace[]): Answer =>
  (seen, response) => {
    const named = /service\.version = "([^"]+)"/.exec(seen.params.get('q') ?? '')?.[1];
    const [start, end] = ['start', 'end'].map((name) => Number(seen.params.get(name)) * 1000);
    if (seen.path === '/api/search') {
      const found = traces
        .map(({ at, ms, version = '1' }, n) => ({ id: idOf(n + 1), at, ms: ms + 20, version }))
        .filter(({ version }) => named === undefined || version === named)
        .filter(({ at }) => at >= (start ?? 0) && at <= (end ?? 0) + 999);
      tempoTraces(found)(seen, response);
      return;
    }
    const n = Number.parseInt(seen.path.split('/').at(-1) ?? '', 16);
    const one = traces[n - 1];
    (one === undefined ? noTrace : stored(idOf(n), one))(seen, response);
  };

const stored = (id: string, { at, ms, version = '1', attributes = {} }: StoredTrace): Answer =>
  tempoTrace(
    otlpOf(id, at, [
      {
        id: '1',
        service: 'checkout',
        name: 'POST /orders',
        ms: ms + 20,
        resource: { 'service.version': version },
        attributes,
      },
      { id: '2', parent: '1', service: 'payments', name: 'charge card', from: 10, ms },
    ])
  );

beforeEach(async () => {
  tempo = await startFakeStore(noTrace);
  engine = await createTestEngine({ sources: [openTempo(tempo)] });
  viewer = testClient(engine, await engine.token('read'));
  now = engine.clock.now();
});
afterEach(async () => {
  await engine.dispose();
  await tempo.close();
});

const ago = (ms: number): EpochMs => addMs(now, durationMs(-ms));
const compare = (sides: TraceSides) => viewer.call(compareTraces, { sides });
const many = (count: number, of: (n: number) => StoredTrace): readonly StoredTrace[] =>
  Array.from({ length: count }, (_, n) => of(n));
const window = () => ({ from: ago(minutes(30)), to: now });

it('compares the traces that are named, and says which could not be read', async () => {
  tempo.answer = holding(many(4, (n) => ({ at: ago(60_000), ms: n < 2 ? 100 + n : 700 + n })));
  const answer = await compare({
    ...{ kind: 'sets', a: { traceIds: ['1', '2'] } },
    b: { traceIds: ['3', '4', 'ff'] },
  });
  expect(answer.comparison).toMatchObject({
    untested: 'too_few',
    differenceNs: 602e6,
    a: { traces: 2 },
    b: { traces: 2 },
  });
  expect(answer.comparison.paths[0]).toMatchObject({
    ...{ service: 'payments', operation: 'charge card', contributionNs: 602e6, depth: 1 },
    a: { traces: 2, medianNs: 100.5e6 },
  });
  expect(answer.a).toEqual({
    used: { traces: 2, spans: 4, more: false, cut: 0, failed: 0, problem: null, notKept: null },
    ...{ query: null, window: null, traceIds: [idOf(1), idOf(2)] },
  });
  expect(answer.b.used).toMatchObject({ traces: 2, failed: 1 });
  expect(answer.b.used.problem).toContain('1 of 3 traces could not be read');
});

it('compares what a query finds before and after a moment, to the millisecond', async () => {
  const at = addMs(ago(600_000), durationMs(500 - (Number(ago(600_000)) % 1000)));
  tempo.answer = holding([
    ...many(8, (n) => ({ at: addMs(at, durationMs(-1 - n * 50)), ms: 100 + n })),
    ...many(9, (n) => ({ at: addMs(at, durationMs(n * 50)), ms: 400 + n })),
  ]);
  const answer = await compare({ kind: 'before_after', query: '{ }', at, each: minutes(5), limit: 100 });
  expect([answer.a.used.traces, answer.b.used.traces]).toEqual([8, 9]);
  expect(answer.a.window).toEqual({ from: addMs(at, durationMs(-300_000)), to: at });
  expect(answer.comparison.durationP).toBeLessThan(0.001);
  expect(answer.comparison.paths[0]?.duration?.isSignificant).toBe(true);
});

it('compares two versions of a service', async () => {
  tempo.answer = holding(many(12, (n) => ({ at: ago(60_000 + n), ms: 100 + n, version: n % 3 === 0 ? '2.0' : '1.9' })));
  const answer = await compare({
    ...{ kind: 'versions', service: 'checkout', a: '1.9', b: '2.0', query: '{ name = "POST /orders" }', limit: 100 },
    ...window(),
  });
  expect([answer.a.used.traces, answer.b.used.traces]).toEqual([8, 4]);
  expect(answer.b.query).toBe(
    '({ name = "POST /orders" }) && ({ resource.service.name = "checkout" && resource.service.version = "2.0" })'
  );
});

it('compares the slowest tenth with the others, and says from where on', async () => {
  tempo.answer = holding(many(41, (n) => ({ at: ago(60_000 + n), ms: 100 + n })));
  const answer = await compare({ kind: 'slow_normal', query: '{ }', ...window(), limit: 100 });
  expect([answer.a.used.traces, answer.b.used.traces]).toEqual([37, 4]);
  expect(answer.slowerThanNs).toBe(156e6);
  // They were parted by it.
  expect(answer.comparison.durationP).toBeNull();
  expect(tempo.seen.filter(({ path }) => path === '/api/search')).toHaveLength(1);
});

it('compares some traces with the others that the query finds', async () => {
  tempo.answer = holding(many(10, (n) => ({ at: ago(60_000 + n), ms: n < 4 ? 900 : 100 })));
  const answer = await compare({
    ...{ kind: 'selection_rest', selection: ['1', '2', '3', '4'], query: '{ }', limit: 100 },
    ...window(),
  });
  expect([answer.a.used.traces, answer.b.used.traces]).toEqual([6, 4]);
  expect(answer.comparison.differenceNs).toBe(800e6);
});

it('says that there may be more where the limit was reached', async () => {
  tempo.answer = holding(many(10, (n) => ({ at: ago(60_000 + n), ms: 100 })));
  const answer = await compare({
    ...{ kind: 'sets', a: { query: '{ }', ...window(), limit: 5 } },
    b: { query: '{ }', ...window(), limit: 100 },
  });
  expect([answer.a.used, answer.b.used].map(({ more, traces }) => [more, traces])).toEqual([
    [true, 5],
    [false, 10],
  ]);
});

it('lists no more than 500 paths, and never one without what is above it', async () => {
  const deep = (traceId: string) =>
    otlpOf(traceId, ago(60_000), [
      ...Array.from({ length: 300 }, (_, n) => ({
        ...{ id: String(n + 1), name: `level ${n}`, from: n, ms: 2000 - 2 * n },
        ...(n === 0 ? {} : { parent: String(n) }),
      })),
      ...Array.from({ length: 400 }, (_, n) => ({ id: `a${n}`, parent: '1', name: `side ${n}`, from: n, ms: 1 })),
    ]);
  tempo.answer = (seen, response) => tempoTrace(deep(seen.path.split('/').at(-1) ?? ''))(seen, response);
  const answer = await compare({ kind: 'sets', a: { traceIds: ['1'] }, b: { traceIds: ['2'] } });
  const { paths } = answer.comparison;
  expect([paths.length, answer.pathsLeftOut]).toEqual([500, 200]);
  const listed = new Set(paths.map(({ path }) => path));
  expect(paths.filter(({ parent }) => parent !== null && !listed.has(parent))).toEqual([]);
});

it('refuses a window that ends before it begins', async () => {
  const set = { query: '{ }', from: now, to: ago(1000), limit: 5 };
  await expect(compare({ kind: 'sets', a: { traceIds: ['1'] }, b: set })).rejects.toMatchObject({
    code: 'invalid_input',
    message: 'sides.b.to: expected a time that is not before "from"',
  });
});

it('says what a Tempo would bring where there is none', async () => {
  const elsewhere = testClient(engine, await engine.token('read', 'org-2'));
  const sides: TraceSides = { kind: 'slow_normal', query: '{ }', ...window(), limit: 5 };
  const answer = await elsewhere.call(compareTraces, { sides });
  expect(answer.a.used.problem).toContain('No Tempo is configured');
  expect(answer).toMatchObject({ comparison: { paths: [], a: { traces: 0 } }, slowerThanNs: null });
});

describe('explainTraces', () => {
  const regions = (): readonly StoredTrace[] =>
    many(30, (n) => ({ at: ago(60_000 + n), ms: 100, attributes: { region: n < 10 ? 'eu' : 'us', request: `r${n}` } }));
  const selection = { traceIds: Array.from({ length: 10 }, (_, n) => idOf(n + 1)) };

  it('ranks what the selection has and the rest has not, and lists the ids it left out', async () => {
    tempo.answer = holding(regions());
    const answer = await viewer.call(explainTraces, { selection, rest: { query: '{ }', ...window(), limit: 100 } });
    expect(answer.explained).toMatchObject({ selection: 10, rest: 20, isSmall: false });
    expect(answer.explained.items[0]).toMatchObject({
      ...{ scope: 'span', key: 'region', value: 'eu', selection: 10, rest: 0, difference: 1 },
      test: { isSignificant: true },
    });
    expect(answer.explained.leftOut).toContainEqual({ scope: 'span', key: 'request', values: 30 });
    expect([answer.selection.used.traces, answer.rest.used.traces]).toEqual([10, 20]);
  });

  it('looks at the roots and one service only where told', async () => {
    tempo.answer = holding(regions());
    const rest = { query: '{ }', ...window(), limit: 100 };
    const answer = await viewer.call(explainTraces, { selection, rest, service: 'payments', operation: 'charge card' });
    expect(answer.explained.items.map(({ key }) => key)).toContain('region');
  });
});
