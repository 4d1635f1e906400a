import { readFileSync } from 'node:fs';
import path from 'node:path';
import { epochMs } from '../../src/core/units.ts';
import { systemClock } from '../clock.ts';
import { json, plain, silent, startFakeStore, type Answer, type FakeStore } from './fakeStore.fixture.ts';
import { openSource } from './openSource.ts';
import type { LokiSource, Source, TempoSource } from './source.ts';
import { lokiStreams, tempoTraces } from './testing/storeAnswers.fixture.ts';

let store: FakeStore;
const { signal } = new AbortController();
const range = { from: epochMs(1_700_000_000_500), to: epochMs(1_700_000_060_500), limit: 7, signal };

const isLoki = (source: Source): source is LokiSource => source.kind === 'loki';
const isTempo = (source: Source): source is TempoSource => source.kind === 'tempo';

function open<S extends Source>(kind: 'loki' | 'tempo', is: (source: Source) => source is S): S {
  const name = kind === 'loki' ? 'Loki' : 'Tempo';
  const definition = { namespace: 'default', id: kind, kind, name, url: store.url, tenant: 'team-a', token: '' };
  const { source } = openSource({ ...definition, builtIn: true }, { clock: systemClock, limits: { timeoutMs: 100 } });
  if (!is(source)) {
    throw new Error(`expected ${kind}`);
  }
  return source;
}

const lines = () => open('loki', isLoki).queryRange('{a="&"}', range);
const traces = () => open('tempo', isTempo).search('{ status = error }', range);

beforeEach(async () => {
  store = await startFakeStore(json({}));
});
afterEach(() => store.close());

describe('log lines', () => {
  it('are asked of Loki by window, in nanoseconds, its end included', async () => {
    store.answer = lokiStreams([]);
    expect(await lines()).toEqual([]);
    expect(store.seen[0]).toMatchObject({ method: 'GET', path: '/loki/api/v1/query_range' });
    expect(store.seen[0]?.headers['x-scope-orgid']).toBe('team-a');
    expect(Object.fromEntries(store.seen[0]?.params ?? [])).toEqual({
      ...{ query: '{a="&"}', start: '1700000000500000000', end: '1700000060501000000' },
      ...{ limit: '7', direction: 'forward' },
    });
  });

  it('are the last ones of the window when told', async () => {
    store.answer = lokiStreams([]);
    await open('loki', isLoki).queryRange('{a="b"}', { ...range, newest: true });
    expect(store.seen[0]?.params.get('direction')).toBe('backward');
  });

  it('come from all streams in the order of their nanoseconds, with labels and metadata', async () => {
    const at = 1_700_000_001_000;
    store.answer = lokiStreams([
      [{ service_name: 'checkout', level: 'error', trace_id: 'abc' }, [{ at, nanoseconds: '000002', line: 'second' }]],
      [
        { service_name: 'checkout', level: 'warn' },
        [
          { at, nanoseconds: '000001', line: 'first' },
          { at: at + 1, line: 'third' },
        ],
      ],
    ]);
    expect(await lines()).toEqual([
      { at, line: 'first', labels: { service_name: 'checkout', level: 'warn' } },
      { at, line: 'second', labels: { service_name: 'checkout', level: 'error', trace_id: 'abc' } },
      { at: at + 1, line: 'third', labels: { service_name: 'checkout', level: 'warn' } },
    ]);
  });

  it('have their metadata beside them where Loki keeps it apart', async () => {
    const metadata = { structuredMetadata: { trace_id: 'abc' }, parsed: { level: 'error' } };
    const values = [
      ['1700000001000000000', 'a', metadata],
      ['1700000002000000000', 'b', {}],
    ];
    store.answer = json({
      status: 'success',
      data: {
        ...{ resultType: 'streams', encodingFlags: ['categorize-labels'] },
        result: [{ stream: { service_name: 'cart' }, values }],
      },
    });
    expect((await lines()).map(({ labels }) => labels)).toEqual([
      { service_name: 'cart', trace_id: 'abc', level: 'error' },
      { service_name: 'cart' },
    ]);
  });

  it('are none where the query gives numbers', async () => {
    store.answer = json({ status: 'success', data: { resultType: 'matrix', result: [] } });
    await expect(lines()).rejects.toThrow(/^Loki answered something unexpected: .*expected log lines/s);
  });
});

describe('traces', () => {
  it('are asked of Tempo by window, in whole seconds that hold it', async () => {
    store.answer = tempoTraces([]);
    expect(await traces()).toEqual([]);
    expect(store.seen[0]).toMatchObject({ method: 'GET', path: '/api/search' });
    expect(Object.fromEntries(store.seen[0]?.params ?? [])).toEqual({
      ...{ q: '{ status = error } with (most_recent=true)', start: '1700000000', end: '1700000061' },
      ...{ limit: '7', spss: '3' },
    });
  });

  it('are asked for as the query says where it has hints of its own, or where Tempo refuses ours', async () => {
    store.answer = tempoTraces([]);
    const own = '{ status = error } with(most_recent=false)';
    await open('tempo', isTempo).search(own, range);
    expect(store.seen.map(({ params }) => params.get('q'))).toEqual([own]);
    store.answer = (seen, response) =>
      seen.params.get('q') === '{'
        ? plain('parse error at line 1, col 2: unexpected $end', { status: 400 })(seen, response)
        : plain('parse error at line 1, col 3: unexpected with', { status: 400 })(seen, response);
    await expect(open('tempo', isTempo).search('{', range)).rejects.toThrow('unexpected $end');
  });

  it('have their id in full, their root, and the services in which spans failed', async () => {
    const at = epochMs(1_700_000_001_000);
    const stats = { checkout: { spanCount: 3, errorCount: 1 }, cart: { spanCount: 1 } };
    store.answer = tempoTraces([
      { id: '00000000000000000000000000000abc', at, ms: 1500, service: 'storefront', name: 'POST /checkout', stats },
    ]);
    expect(await traces()).toEqual([
      {
        traceId: '00000000000000000000000000000abc',
        ...{ rootName: 'POST /checkout', rootService: 'storefront', startedAt: at, durationMs: 1500 },
        failedIn: ['checkout'],
        services: [
          { service: 'checkout', spans: 3, errors: 1 },
          { service: 'cart', spans: 1, errors: 0 },
        ],
        matched: 1,
      },
    ]);
  });

  it('are read as Tempo 3.0.3 answered for the demo (recorded)', async () => {
    const file = path.join(import.meta.dirname, '../../tests/fixtures/tempo-3.0.3-search.json');
    store.answer = json(JSON.parse(readFileSync(file, 'utf8')));
    expect(await traces()).toMatchObject([
      {
        traceId: '3f815cb7f153d88d93fd42ba301138a5',
        ...{ rootName: 'POST /checkout', rootService: 'storefront', startedAt: 1_795_650_844_548, durationMs: 53 },
        ...{ failedIn: ['checkout', 'payments', 'storefront'], matched: 6 },
        services: [
          { service: 'checkout', spans: 4, errors: 2 },
          { service: 'storefront', spans: 3, errors: 2 },
          { service: 'cart', spans: 2, errors: 0 },
          { service: 'payments', spans: 2, errors: 2 },
        ],
      },
      { traceId: '39f56d0d5f91cfef6f7dde123e9e241c', failedIn: ['payments', 'worker'], durationMs: 2433, matched: 4 },
    ]);
  });

  it('say what failed by the spans that matched where Tempo gives no counts, and nothing of a root that has not come', async () => {
    const at = epochMs(1_700_000_001_000);
    store.answer = tempoTraces([
      { id: 'a', at, ms: 0, status: 'error' },
      { id: 'b', at, ms: 1, service: '<root span not yet received>' },
    ]);
    expect(
      (await traces()).map(({ failedIn, rootService, rootName, durationMs }) => [
        failedIn,
        rootService,
        rootName,
        durationMs,
      ])
    ).toEqual([
      [['checkout'], 'checkout', '', 0],
      [[], '', '', 1],
    ]);
  });
});

const html: Answer = plain('<html>login</html>', { type: 'text/html' });

describe.each([
  ['Loki', () => lines()],
  ['Tempo', () => traces()],
])('%s', (name, ask) => {
  it.each([
    [
      'is too busy',
      plain('too many outstanding requests\n', { status: 429 }),
      'answered 429: too many outstanding requests',
    ],
    ['fails', json({ message: 'no ingester' }, 500), 'answered 500: no ingester'],
    [
      'refuses the query',
      plain('parse error at line 1, col 2: unexpected }', { status: 400 }),
      'answered 400: parse error at line 1, col 2: unexpected }',
    ],
    ['is something else', html, 'answered a web page where JSON was expected: is that its address'],
    ['talks nonsense', json({ status: 'success', traces: 'many' }), 'answered something unexpected: '],
    ['is late', silent, 'gave no answer within 0.1 s'],
  ])('%s: the sentence says so', async (_, answer, words) => {
    store.answer = answer;
    await expect(ask()).rejects.toThrow(`${name} ${words}`);
  });
});
