import fc from 'fast-check';
import type { Client } from '../../../src/api/client.ts';
import { getTrace, listTraceAttributes, listTraceAttributeValues, searchTraces } from '../../../src/api/traces.ts';
import { parseTraceDocuments } from '../../../src/core/traces/parse/parseTraces.ts';
import { otlpOf } from '../../../src/core/traces/otlpTrace.fixture.ts';
import { addMs, days, minutes, seconds, type EpochMs } from '../../../src/core/units.ts';
import { json, plain, startFakeStore, type Answer, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { tempoTraces } from '../../sources/testing/storeAnswers.fixture.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient } from '../../testing/testClient.ts';
import { keepsOneDay, noTrace, openTempo, tempoTrace } from './traces.fixture.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

let tempo: FakeStore;
let engine: TestEngine;
let viewer: Client;
let now: EpochMs;

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

const ago = (ms: number): EpochMs => addMs(now, seconds(-ms / 1000));
const otherNamespace = async (): Promise<Client> => testClient(engine, await engine.token('read', 'org-2'));
const paths = (): string[] => tempo.seen.map(({ path }) => path);

describe('searchTraces', () => {
  const search = (input: object) => viewer.call(searchTraces, { from: ago(60_000), to: now, limit: 100, ...input });

  it('asks by a filter, and shows the newest first with their services', async () => {
    const stats = { cart: { spanCount: 1 }, checkout: { spanCount: 3, errorCount: 2 } };
    tempo.answer = tempoTraces([
      { id: 'a', at: ago(50_000), ms: 5, name: 'GET /' },
      { id: 'b', at: ago(10_000), ms: 1500, name: 'POST /orders', stats },
    ]);
    const answer = await search({
      filter: {
        service: 'checkout',
        minDurationMs: 5,
        attributes: [{ scope: 'any', key: 'http.route', op: '=', value: '/"x"' }],
      },
    });
    expect(answer).toMatchObject({
      ...{ more: false, problem: null },
      query: '{ resource.service.name = "checkout" && duration >= 5ms && .http.route = "/\\"x\\"" }',
    });
    expect(tempo.seen[0]?.params.get('q')).toBe(`${answer.query} with (most_recent=true)`);
    expect(answer.items.map(({ rootName, matched }) => [rootName, matched])).toEqual([
      ['POST /orders', 1],
      ['GET /', 1],
    ]);
    expect(answer.items[0]).toMatchObject({
      ...{ failedIn: ['checkout'], durationMs: 1500 },
      services: [
        { service: 'checkout', spans: 3, errors: 2 },
        { service: 'cart', spans: 1, errors: 0 },
      ],
    });
  });

  it('asks as told in TraceQL, and for anything where nothing is told', async () => {
    tempo.answer = tempoTraces([{ id: 'a', at: ago(1000), ms: 5 }]);
    expect(await search({ query: '{ duration > 1s } >> { status = error }', limit: 1 })).toMatchObject({
      query: '{ duration > 1s } >> { status = error }',
      more: true,
    });
    expect((await search({})).query).toBe('{ }');
    expect(tempo.seen.map(({ params }) => [params.get('q'), params.get('limit')])).toEqual([
      ['{ duration > 1s } >> { status = error } with (most_recent=true)', '1'],
      ['{ } with (most_recent=true)', '100'],
    ]);
  });

  it('searches each part of the window where a spread is asked for', async () => {
    tempo.answer = tempoTraces([{ id: 'a', at: ago(1000), ms: 5 }]);
    expect(await search({ limit: 30, pick: 'spread' })).toMatchObject({ items: [{ durationMs: 5 }], more: false });
    const asked = tempo.seen.map(({ params }) => Number(params.get('end')) - Number(params.get('start')));
    expect(asked).toHaveLength(10);
    expect(Math.max(...asked)).toBeLessThanOrEqual(7);
    expect(new Set(tempo.seen.map(({ params }) => params.get('limit')))).toEqual(new Set(['3']));
  });

  it('says what of the window is older than what Tempo keeps', async () => {
    const search48h = (input = {}) => search({ from: ago(48 * 3_600_000), ...input });
    const found = tempoTraces([{ id: 'a', at: ago(1000), ms: 5 }]);
    tempo.answer = (seen, response) => (seen.path.includes('config') ? keepsOneDay : found)(seen, response);
    const notKept = { source: 'Tempo', keeps: days(1), since: ago(days(1)) };
    expect(await search48h()).toMatchObject({ items: [{ durationMs: 5 }], notKept });
    expect(await search48h({ limit: 1 })).toMatchObject({ more: true, notKept: null });
    expect(await search48h({ limit: 10, pick: 'spread' })).toMatchObject({ more: true, notKept });
    expect((await search({})).notKept).toBeNull();
  });

  it.each<[string, Answer, string]>([
    [
      'does not understand the query',
      plain('invalid TraceQL query: parse error at line 1, col 3', { status: 400 }),
      'Tempo answered 400: invalid TraceQL query: parse error at line 1, col 3.',
    ],
    ['is away', json({ message: 'no ingester' }, 500), 'Tempo answered 500: no ingester.'],
    ['is something else', plain('<html>'), 'Tempo answered a web page where JSON was expected: is that its address.'],
  ])('says where Tempo %s', async (_, answer, problem) => {
    tempo.answer = answer;
    expect(await search({ query: '{ x' })).toEqual({ items: [], query: '{ x', more: false, notKept: null, problem });
  });

  it('wants a query or a filter, and a window that ends after it begins', async () => {
    await expect(search({ query: '{}', filter: { attributes: [] } })).rejects.toMatchObject({ status: 400 });
    await expect(search({ from: now, to: ago(1000) })).rejects.toMatchObject({
      status: 400,
      message: 'to: expected a time that is not before "from"',
    });
    expect(tempo.seen).toEqual([]);
  });

  it('says what a Tempo would bring where there is none', async () => {
    const other = await otherNamespace();
    expect((await other.call(searchTraces, { from: ago(1000), to: now, limit: 1 })).problem).toContain(
      'No Tempo is configured for this namespace: with one, the traces that match would be shown here.'
    );
  });
});

/** Moves the clock on whenever the engine waits, until the answer is there. */
async function whileTimePasses<T>(answer: Promise<T>): Promise<T> {
  let isThere = false;
  const end = (): void => {
    isThere = true;
  };
  answer.then(end, end);
  const deadline = Date.now() + 10_000;
  while (!isThere && Date.now() < deadline) {
    await new Promise((resolve) => setImmediate(resolve));
    engine.clock.advance(100);
  }
  return answer;
}

describe('getTrace', () => {
  const trace = (at: EpochMs) =>
    otlpOf(TRACE, at, [
      { id: '1', ms: 100 },
      { id: '2', parent: '1' },
    ]);

  it('gives the trace as Tempo has it, which reads as what was sent', async () => {
    tempo.answer = tempoTrace(trace(ago(60_000)));
    const answer = await viewer.call(getTrace, { traceId: TRACE.toUpperCase() });
    expect(answer).toMatchObject({ traceId: TRACE, settling: false, problem: null });
    const [read] = parseTraceDocuments([answer.document]).traces;
    const [sent] = parseTraceDocuments([trace(ago(60_000))]).traces;
    expect(read).toEqual(sent);
    expect(paths()).toEqual([`/api/v2/traces/${TRACE}`]);
  });

  it.each([
    [29_000, true],
    [31_000, false],
  ])('says of a trace that ended %s ms ago whether more may come: %s', async (since, settling) => {
    tempo.answer = tempoTrace(trace(addMs(ago(since), seconds(-0.1))));
    expect((await viewer.call(getTrace, { traceId: TRACE })).settling).toBe(settling);
  });

  it.each([
    ['a little', -29_000, true],
    ['far, so that its times say nothing,', -31_000, false],
    ['by a day', -86_400_000, false],
  ])('does not wait for ever for a trace of a clock that is ahead %s', async (_, since, settling) => {
    tempo.answer = tempoTrace(trace(addMs(ago(since), seconds(-0.1))));
    expect((await viewer.call(getTrace, { traceId: TRACE })).settling).toBe(settling);
  });

  it('goes by the other clocks where one is far ahead', async () => {
    const sent = (since: number) =>
      tempoTrace(
        otlpOf(TRACE, addMs(ago(since), seconds(-0.1)), [
          { id: '1', ms: 100 },
          { id: '2', from: 7_200_000 },
        ])
      );
    tempo.answer = sent(29_000);
    expect((await viewer.call(getTrace, { traceId: TRACE })).settling).toBe(true);
    tempo.answer = sent(31_000);
    expect((await viewer.call(getTrace, { traceId: TRACE })).settling).toBe(false);
  });

  it('asks again while the trace may still be written, and says so', async () => {
    tempo.answer = (seen, response) =>
      (tempo.seen.length > 2 ? tempoTrace(trace(ago(60_000))) : noTrace)(seen, response);
    const answer = await whileTimePasses(viewer.call(getTrace, { traceId: TRACE }));
    expect(answer.settling).toBe(true);
    expect(paths()).toEqual(Array.from({ length: 3 }, () => `/api/v2/traces/${TRACE}`));
  });

  it('says what to look for when there is none after some seconds', async () => {
    const asked = whileTimePasses(viewer.call(getTrace, { traceId: 'abc' }));
    await expect(asked).rejects.toMatchObject({
      status: 404,
      message:
        'Tempo has no trace 00000000000000000000000000000abc. It may be too new (try again in a few seconds), older than Tempo keeps traces, not sampled, or of another tenant or source.',
    });
    expect(tempo.seen).toHaveLength(4);
  });

  it('looks where it is said to be first, then anywhere, and does not wait for a trace of long ago', async () => {
    const from = ago(600_000);
    const asked = viewer.call(getTrace, { traceId: TRACE, from, to: addMs(from, minutes(1)) });
    await expect(asked).rejects.toMatchObject({ status: 404 });
    expect(tempo.seen.map(({ params }) => params.get('start'))).toEqual([String(Math.floor(from / 1000) - 3600), null]);
  });

  it('asks both APIs of a Tempo of which it does not know that it has the second', async () => {
    tempo.answer = plain('', { status: 404 });
    const from = ago(600_000);
    await expect(viewer.call(getTrace, { traceId: TRACE, from, to: from })).rejects.toMatchObject({ status: 404 });
    expect(paths()).toEqual([
      ...[`/api/v2/traces/${TRACE}`, `/api/traces/${TRACE}`],
      ...[`/api/v2/traces/${TRACE}`, `/api/traces/${TRACE}`],
    ]);
  });

  it('takes what a Tempo without the second API gives, and asks that one only where it has it', async () => {
    tempo.answer = (seen, response) =>
      (seen.path.startsWith('/api/v2/')
        ? plain('404 page not found\n', { status: 404 })
        : json({ batches: trace(ago(60_000)).resourceSpans }))(seen, response);
    const { document } = await viewer.call(getTrace, { traceId: TRACE });
    expect(parseTraceDocuments([document]).traces[0]?.size).toBe(2);
    tempo.answer = tempoTrace(trace(ago(60_000)));
    await viewer.call(getTrace, { traceId: TRACE });
    expect(paths().slice(2)).toEqual([`/api/v2/traces/${TRACE}`]);
  });

  it('keeps what Tempo says of a part that is missing, as Tempo 2.10.8 said it', async () => {
    const besides = {
      status: 'PARTIAL',
      message: 'Trace exceeds maximum size of 4000 bytes, a partial trace is returned',
    };
    tempo.answer = tempoTrace(trace(ago(60_000)), besides);
    const { problem, document } = await viewer.call(getTrace, { traceId: TRACE });
    expect(problem).toBe(
      'Tempo returned only a part of this trace: Trace exceeds maximum size of 4000 bytes, a partial trace is returned.'
    );
    expect(parseTraceDocuments([document]).traces[0]?.notices[0]?.code).toBe('truncated');
  });

  it.each<[string, Answer, object]>([
    ['fails', json({ message: 'no ingester' }, 500), { status: 502, message: 'Tempo answered 500: no ingester.' }],
    [
      'refuses a trace that is too large, in the words of Tempo 2.10.8',
      plain('error querying ingesters in Querier.FindTraceByID: trace exceeds max size (max bytes: 4000)', {
        status: 422,
      }),
      { status: 502, message: expect.stringContaining('trace exceeds max size (max bytes: 4000)') },
    ],
    ['talks nonsense', json({ data: [] }), { status: 502, message: expect.stringContaining('expected a trace') }],
  ])('tells where Tempo %s', async (_, answer, problem) => {
    tempo.answer = answer;
    await expect(viewer.call(getTrace, { traceId: TRACE })).rejects.toMatchObject(problem);
  });

  it('hands on a large trace as it came, with what Tempo says of it', async () => {
    const large = trace(ago(60_000));
    const text = 'x'.repeat(2_000_000);
    large.resourceSpans[0]?.resource.attributes.push({ key: 'note', value: { stringValue: `${text} "ü" \u2028` } });
    tempo.answer = tempoTrace(large, { status: 'PARTIAL', message: 'Trace exceeds "maximum"' });
    const answer = await viewer.call(getTrace, { traceId: TRACE });
    expect(answer).toMatchObject({
      settling: false,
      problem: 'Tempo returned only a part of this trace: Trace exceeds "maximum".',
    });
    expect(answer.document).toEqual({
      trace: large,
      metrics: {},
      status: 'PARTIAL',
      message: 'Trace exceeds "maximum"',
    });
    tempo.answer = tempoTrace(otlpOf(TRACE, ago(1000), [{ id: '1', attributes: { text } }]));
    expect(await viewer.call(getTrace, { traceId: TRACE })).toMatchObject({ settling: true, problem: null });
  });

  it.each(['0', '00000000000000000000000000000000'])('refuses the id %s, which names none', async (traceId) => {
    await expect(viewer.call(getTrace, { traceId })).rejects.toMatchObject({
      status: 400,
      message: 'traceId: expected a trace id that is not all zeros',
    });
  });

  it('needs a Tempo', async () => {
    const other = await otherNamespace();
    await expect(other.call(getTrace, { traceId: TRACE })).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('No Tempo is configured'),
    });
  });
});

describe('attributes', () => {
  it('are listed by scope, without those of events and links', async () => {
    tempo.answer = json({
      scopes: [
        { name: 'event', tags: ['exception.type'] },
        { name: 'intrinsic', tags: ['name', 'duration'] },
        { name: 'resource', tags: ['service.name', 'service.name'] },
        { name: 'span', tags: ['http.route'] },
        { name: 'link' },
      ],
      metrics: {},
    });
    expect(await viewer.call(listTraceAttributes, {})).toEqual({
      items: [
        { scope: 'resource', key: 'service.name' },
        { scope: 'span', key: 'http.route' },
        { scope: 'intrinsic', key: 'duration' },
        { scope: 'intrinsic', key: 'name' },
      ],
      problem: null,
    });
    expect(tempo.seen[0]).toMatchObject({ path: '/api/v2/search/tags' });
    expect(Number(tempo.seen[0]?.params.get('start'))).toBe(now / 1000 - 10_800);
  });

  it('have their values in order, as text', async () => {
    tempo.answer = json({ tagValues: [{ type: 'int', value: '500' }, { type: 'string', value: 'b' }, { value: 200 }] });
    expect(await viewer.call(listTraceAttributeValues, { attribute: 'span."a/b"', limit: 2 })).toEqual({
      items: ['200', '500'],
      problem: null,
    });
    expect(tempo.seen[0]?.path).toBe(`/api/v2/search/tag/${encodeURIComponent('span."a/b"')}/values`);
    expect(tempo.seen[0]?.params.get('limit')).toBe('2');
  });

  it('say why there are none', async () => {
    tempo.answer = json({ message: 'no ingester' }, 500);
    const problem = 'Tempo answered 500: no ingester.';
    expect(await viewer.call(listTraceAttributes, {})).toEqual({ items: [], problem });
    expect(await viewer.call(listTraceAttributeValues, { attribute: 'name', limit: 9 })).toEqual({
      items: [],
      problem,
    });
    const other = await otherNamespace();
    expect((await other.call(listTraceAttributes, {})).problem).toContain('No Tempo is configured');
    expect((await other.call(listTraceAttributeValues, { attribute: 'name', limit: 9 })).problem).toContain(
      'the values of name would be shown here'
    );
  });
});

it('answers no nonsense with a failure of its own, whatever Tempo makes of it', async () => {
  tempo.answer = (seen, response) =>
    (seen.path === '/api/search' ? plain('parse error', { status: 400 }) : json({ tagValues: [] }))(seen, response);
  const token = await engine.token('read');
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.constantFrom(null, {}, [], '0', '{', -1));
  const input = fc.record(
    {
      query: value,
      from: value,
      to: fc.constant('2026-11-21T14:00:00Z'),
      filter: value,
      limit: value,
      attribute: value,
    },
    { requiredKeys: [] }
  );
  await fc.assert(
    fc.asyncProperty(input, async (body) => {
      const searched = await engine.request('POST', '/api/v1/traces/search', { token, body });
      expect(searched.status).toBeLessThan(500);
      const query = new URLSearchParams({ attribute: JSON.stringify(body.attribute) ?? '' }).toString();
      const values = await engine.request('GET', `/api/v1/traces/attribute-values?${query}`, { token });
      expect(values.status).toBeLessThan(500);
    }),
    { numRuns: 60 }
  );
});
