import type { Client } from '../../../src/api/client.ts';
import {
  analyzeTraces,
  getLinkedTraces,
  getTraceLogs,
  listServiceCalls,
  listTraceErrors,
} from '../../../src/api/traceAnalysis.ts';
import { otlpOf, type SpanOfTest } from '../../../src/core/traces/otlpTrace.fixture.ts';
import { normalId, TRACE_ID_LENGTH } from '../../../src/core/traces/traceIds.ts';
import { addMs, minutes, seconds, type EpochMs } from '../../../src/core/units.ts';
import { systemClock } from '../../clock.ts';
import { json, plain, silent, startFakeStore, type Answer, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { openSource } from '../../sources/openSource.ts';
import { lokiStreams, tempoTraces } from '../../sources/testing/storeAnswers.fixture.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient } from '../../testing/testClient.ts';
import { noTrace, openTempo, tempoTrace } from './traces.fixture.ts';

let tempo: FakeStore;
let loki: FakeStore;
let engine: TestEngine;
let viewer: Client;
let other: Client;
let now: EpochMs;
let at: EpochMs;

/** Traces by the end of their id; a search finds those whose name it is told. */
type Held = Readonly<Record<string, readonly SpanOfTest[]>>;
const full = (id: string): string => normalId(id, TRACE_ID_LENGTH);

function holding(held: Held, found: (query: string) => readonly string[] = () => Object.keys(held)): Answer {
  const traces = new Map(Object.entries(held).map(([id, spans]) => [full(id), spans]));
  return (seen, response) => {
    const spans = traces.get(seen.path.split('/').at(-1) ?? '');
    const query = seen.params.get('q');
    if (query !== null) {
      tempoTraces(found(query).map((id) => ({ id: full(id), at, ms: 10 })))(seen, response);
    } else {
      (spans === undefined ? noTrace : tempoTrace(otlpOf(seen.path.split('/').at(-1) ?? '', at, spans)))(
        seen,
        response
      );
    }
  };
}

beforeEach(async () => {
  [tempo, loki] = await Promise.all([startFakeStore(noTrace), startFakeStore(lokiStreams([]))]);
  const lokiSource = openSource(
    {
      namespace: 'default',
      id: 'loki',
      kind: 'loki',
      name: 'Loki',
      url: loki.url,
      tenant: '',
      token: '',
      builtIn: true,
    },
    { clock: systemClock }
  ).source;
  engine = await createTestEngine({ sources: [openTempo(tempo), lokiSource] });
  viewer = testClient(engine, await engine.token('read'));
  other = testClient(engine, await engine.token('read', 'org-2'));
  now = engine.clock.now();
  at = addMs(now, minutes(-10));
});
afterEach(async () => {
  await engine.dispose();
  await Promise.all([tempo.close(), loki.close()]);
});

const lately = () => ({ from: addMs(now, minutes(-20)), to: now });

describe('analyzeTraces', () => {
  const shop: Held = {
    a: [
      { id: '1', ms: 100 },
      { id: '2', parent: '1', name: 'SELECT', ms: 70 },
    ],
    b: [
      { id: '1', ms: 100 },
      { id: '2', parent: '1', name: 'SELECT', ms: 40 },
    ],
  };

  it('tells where the time went, by operation and by path', async () => {
    tempo.answer = holding(shop);
    const answer = await viewer.call(analyzeTraces, { set: { query: '{ }', ...lately(), limit: 10 } });
    expect(answer).toMatchObject({
      ...{ query: '{ }', window: lately(), pathsLeftOut: 0 },
      used: { traces: 2, spans: 4, more: false, cut: 0, failed: 0, problem: null, notKept: null },
    });
    expect(
      answer.operations.map(({ operation, criticalNs, pathShare, count }) => [operation, criticalNs, pathShare, count])
    ).toEqual([
      ['SELECT', 110e6, 0.55, 2],
      ['GET /', 90e6, 0.45, 2],
    ]);
    expect(answer.operations.map(({ slackNs, savesNs }) => [slackNs, savesNs])).toEqual([
      [0, 55e6],
      // The root itself.
      [0, 100e6],
    ]);
    expect(
      answer.paths.map(({ operation, parent, total, self }) => [operation, parent, total.sumNs, self.sumNs])
    ).toEqual([
      ['GET /', -1, 200e6, 90e6],
      ['SELECT', 0, 110e6, 110e6],
    ]);
  });

  it('sets clocks right first, as the page of a trace does, and says in how many', async () => {
    const call = { id: '2', parent: '1', name: 'call', kind: 3, from: 10, ms: 80 };
    const bank = { id: '3', parent: '2', service: 'bank', name: 'pay', ms: 60 };
    tempo.answer = holding({
      a: [{ id: '1', ms: 100 }, call, { ...bank, from: 20 }],
      b: [{ id: '1', ms: 100 }, call, { ...bank, from: 5000 }],
    });
    const { clocksSet, operations } = await viewer.call(analyzeTraces, { set: { traceIds: ['a', 'b'] } });
    expect(clocksSet).toBe(1);
    expect(operations[0]).toMatchObject({ operation: 'pay', criticalNs: 120e6, traces: 2 });
  });

  it('takes traces that are named, and says which are missing', async () => {
    tempo.answer = holding(shop);
    const { used, query, window } = await viewer.call(analyzeTraces, { set: { traceIds: ['a', 'f'] } });
    expect([used.traces, query, window]).toEqual([1, null, null]);
    expect(used.problem).toBe(`1 of 2 traces could not be read: Tempo has no trace ${full('f')}.`);
  });

  it('sends no more paths than a flame graph can show', async () => {
    const wide = Array.from({ length: 2500 }, (_, n) => ({ id: `${n + 2}`, parent: '1', name: `call ${n}`, ms: 1 }));
    tempo.answer = holding({ a: [{ id: '1', ms: 100 }, ...wide] });
    const answer = await viewer.call(analyzeTraces, { set: { traceIds: ['a'] } });
    expect([answer.paths.length, answer.pathsLeftOut]).toEqual([2000, 501]);
  });

  it('refuses a window that ends before it begins, and answers with nothing without a Tempo', async () => {
    const set = { query: '{ }', from: now, to: addMs(now, seconds(-1)), limit: 10 };
    await expect(viewer.call(analyzeTraces, { set })).rejects.toMatchObject({
      status: 400,
      message: 'set.to: expected a time that is not before "from"',
    });
    const answer = await other.call(analyzeTraces, { set: { query: '{ }', ...lately(), limit: 10 } });
    expect(answer).toMatchObject({
      operations: [],
      paths: [],
      used: { problem: expect.stringContaining('No Tempo is') },
    });
  });
});

describe('listTraceErrors', () => {
  const failed: Held = { a: [{ id: '1', failed: 'card 1 declined' }], b: [{ id: '1', failed: 'card 2 declined' }] };

  it('groups what failed in the window', async () => {
    tempo.answer = holding(failed);
    const { items, query, used, ratesSince } = await viewer.call(listTraceErrors, { ...lately(), limit: 10 });
    expect([query, used.traces, ratesSince]).toEqual(['{ status = error }', 2, lately().from]);
    expect(items).toMatchObject([
      { type: 'error', template: 'card <*> declined', count: 2, traces: 2, perMinute: 0.1, firstSeenAt: at + 10 },
    ]);
  });

  it('takes rates over the time that it has seen, where there are more traces than it reads', async () => {
    tempo.answer = holding(failed);
    const { items, used, ratesSince } = await viewer.call(listTraceErrors, { ...lately(), limit: 2 });
    expect([used.more, ratesSince]).toEqual([true, at]);
    expect(items[0]?.perMinute).toBeCloseTo(2 / 10);
  });

  it('takes rates over the time that it has seen, where the older traces did not come in time', async () => {
    const held = holding(failed);
    const isOfB = (path: string | undefined) => path?.endsWith(full('b')) ?? false;
    tempo.answer = (seen, response) => (isOfB(seen.path) ? silent : held)(seen, response);
    // Is in memory then, and so there before Tempo is asked for the other.
    await viewer.call(analyzeTraces, { set: { traceIds: ['a'] } });
    const asked = viewer.call(listTraceErrors, { ...lately(), limit: 10 });
    const deadline = Date.now() + 5000;
    while (!isOfB(tempo.seen.at(-1)?.path) && Date.now() < deadline) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    engine.clock.advance(seconds(8));
    const { items, used, ratesSince } = await asked;
    expect([used.traces, used.more, used.failed, ratesSince]).toEqual([1, false, 1, at]);
    expect(items[0]?.perMinute).toBeCloseTo(1 / 10);
  });

  it('asks for one service', async () => {
    tempo.answer = holding(failed);
    const { items, query } = await viewer.call(listTraceErrors, { service: 'cart', ...lately(), limit: 10 });
    expect([query, items]).toEqual(['{ resource.service.name = "cart" && status = error }', []]);
  });
});

it('lists what a service calls, with its share of the time of its requests', async () => {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT 7' };
  tempo.answer = holding({
    a: [
      { id: '1', ms: 100 },
      { id: '2', parent: '1', kind: 3, ms: 25, attributes },
    ],
  });
  const answer = await viewer.call(listServiceCalls, { name: 'checkout', ...lately(), limit: 10 });
  expect(answer).toMatchObject({ query: '{ resource.service.name = "checkout" }', requests: 1, requestsNs: 100e6 });
  expect(answer.items).toMatchObject([{ kind: 'database', name: 'SELECT ?', count: 1, share: 0.25 }]);
});

describe('getLinkedTraces', () => {
  const link = (traceId: string, spanId: string) => [{ traceId: full(traceId), spanId: spanId.padStart(16, '0') }];
  /** a → b → c, each through a queue. */
  const chain: Held = {
    a: [{ id: '1', name: 'send', kind: 4, ms: 5 }],
    b: [
      { id: '2', name: 'process', kind: 5, from: 100, ms: 50, links: link('a', '1') },
      { id: '3', parent: '2', kind: 4, from: 120, ms: 10 },
    ],
    c: [{ id: '4', name: 'bill', kind: 5, from: 200, ms: 5, links: link('b', '3'), failed: 'no' }],
  };
  const find = (query: string) => (query.includes(`link:traceID = "${full('b')}"`) ? ['c'] : []);

  it('shows what came before a trace and what it set off, with the wait between', async () => {
    tempo.answer = holding(chain, find);
    const { items, more, problem } = await viewer.call(getLinkedTraces, { traceId: 'b' });
    expect([more, problem]).toEqual([false, null]);
    expect(items.map(({ direction, traceId, queueWaitNs }) => [direction, traceId, queueWaitNs])).toEqual([
      ['upstream', full('a'), 95e6],
      ['downstream', full('c'), 70e6],
    ]);
    expect(items[0]?.trace).toEqual({
      ...{ rootService: 'checkout', rootName: 'send', startedAt: at, durationNs: 5e6, spans: 1, errors: 0 },
      startNs: -100e6,
    });
    // From the start of b, which is at 100 ms.
    expect(items.map(({ handedOverNs, trace, unread }) => [handedOverNs, trace?.startNs, unread])).toEqual([
      [-95e6, -100e6, null],
      [30e6, 100e6, null],
    ]);
    expect(items[1]).toMatchObject({ consumer: { operation: 'bill' }, trace: { errors: 1 } });
  });

  it('keeps a link to a trace that is gone, and says so', async () => {
    tempo.answer = holding({ b: chain['b'] ?? [] }, () => []);
    const { items, problem } = await viewer.call(getLinkedTraces, { traceId: 'b' });
    expect(items).toMatchObject([
      { direction: 'upstream', traceId: full('a'), producer: null, queueWaitNs: null, handedOverNs: null, trace: null },
    ]);
    expect(items[0]?.unread).toBe(`Tempo has no trace ${full('a')}.`);
    expect(problem).toBe(`Before it: 1 of 1 traces could not be read: Tempo has no trace ${full('a')}.`);
  });

  it('says of a linked trace that it is too large', async () => {
    const large = [{ id: '1', name: 'send', kind: 4, attributes: { text: 'x'.repeat(33 * 1024 * 1024) } }];
    tempo.answer = holding({ ...chain, a: large }, () => []);
    const { items } = await viewer.call(getLinkedTraces, { traceId: 'b' });
    expect(items).toMatchObject([
      { traceId: full('a'), trace: null, unread: expect.stringContaining('answered more than 32 MiB') as string },
    ]);
  });

  it('shows what came before where Tempo cannot search by links', async () => {
    tempo.answer = (seen, response) =>
      (seen.path === '/api/search' ? plain('unknown identifier: link', { status: 400 }) : holding(chain, find))(
        seen,
        response
      );
    const { items, problem } = await viewer.call(getLinkedTraces, { traceId: 'b' });
    expect(items.map(({ direction }) => direction)).toEqual(['upstream']);
    expect(problem).toBe('After it: Tempo answered 400: unknown identifier: link.');
  });

  it.each<[string, Answer, number]>([
    ['there is no such trace', noTrace, 404],
    ['Tempo fails', json({ message: 'away' }, 500), 502],
  ])('says so where %s', async (_, answer, status) => {
    tempo.answer = answer;
    await expect(viewer.call(getLinkedTraces, { traceId: 'b' })).rejects.toMatchObject({ status });
    await expect(other.call(getLinkedTraces, { traceId: 'b' })).rejects.toMatchObject({ status: 503 });
  });
});

describe('getTraceLogs', () => {
  const ask = (service?: string) =>
    viewer.call(getTraceLogs, {
      traceId: 'a',
      from: at,
      to: addMs(at, seconds(1)),
      ...(service === undefined ? {} : { service }),
    });
  const queries = () => loki.seen.map(({ params }) => params.get('query') ?? '');

  /** Loki has one line for the nth question and for no other. */
  const answerAt = (nth: number) => {
    loki.answer = (seen, response) =>
      lokiStreams(loki.seen.length === nth ? [[{ level: 'error' }, [{ at: at + 5, line: 'order 7 failed' }]]] : [])(
        seen,
        response
      );
  };

  it('finds lines that carry the id, near the trace', async () => {
    answerAt(1);
    const logs = await ask();
    expect(logs).toMatchObject({
      ...{ by: 'trace', widened: false, more: false, problem: null },
      items: [{ message: 'order 7 failed', level: 'error' }],
      window: { from: at - 5000, to: at + 6000 },
    });
    expect(logs.query).toContain(`{service_name=~".+"} | trace_id="${full('a')}" or `);
  });

  it('looks into the lines themselves, and further away, and says so', async () => {
    answerAt(4);
    const logs = await ask('checkout');
    expect(logs).toMatchObject({ by: 'trace', widened: true, window: { from: at - 300_000 } });
    expect(logs.query).toBe(`{service_name="checkout"} |= "${full('a')}"`);
  });

  it('looks for lines of other services where those of the service do not carry the id', async () => {
    answerAt(7);
    const logs = await ask('checkout');
    expect(logs).toMatchObject({
      ...{ by: 'elsewhere', widened: false, window: { from: at - 5000 } },
      items: [{ message: 'order 7 failed', service: null }],
    });
    expect(logs.query).toMatch(/^\{service_name=~"\.\+"\} \| trace_id=/);
  });

  it('says of which service each line of the whole trace is', async () => {
    loki.answer = lokiStreams([[{ service_name: 'mail' }, [{ at: at + 5, line: 'sent' }]]]);
    expect(await ask()).toMatchObject({ by: 'trace', items: [{ message: 'sent', service: 'mail' }] });
  });

  it('falls back to what the service wrote at that time, near again', async () => {
    answerAt(9);
    const logs = await ask('checkout');
    expect(logs).toMatchObject({
      by: 'service',
      query: '{service_name="checkout"}',
      window: { from: at - 5000 },
      widened: false,
    });
  });

  /** Loki takes the searches of all streams, and answers them never; lines of the service are there or not. */
  async function whereAllStreamsHang(lines: Answer) {
    const isOfAll = (query: string | null | undefined) => query?.startsWith('{service_name=~".+"}') ?? false;
    loki.answer = (seen, response) => {
      const query = seen.params.get('query');
      (isOfAll(query) ? silent : query === '{service_name="checkout"}' ? lines : lokiStreams([]))(seen, response);
    };
    const asked = ask('checkout');
    const deadline = Date.now() + 5000;
    while (!isOfAll(queries().at(-1)) && Date.now() < deadline) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    engine.clock.advance(seconds(5));
    return asked;
  }

  it('falls back to it in time of its own where a search of all streams takes too long', async () => {
    const logs = await whereAllStreamsHang(lokiStreams([[{ level: 'info' }, [{ at: at + 5, line: 'paid' }]]]));
    expect(logs).toMatchObject({
      ...{ by: 'service', query: '{service_name="checkout"}', window: { from: at - 5000 }, widened: false },
      items: [{ message: 'paid' }],
      problem:
        'Loki gave no answer within 5 s. Whether any line carries the id of this trace is not known: these are of the service at that time.',
    });
    expect(queries()).toHaveLength(8);
  });

  it('does not say that no line carries the id where the search for it took too long', async () => {
    expect(await whereAllStreamsHang(lokiStreams([]))).toMatchObject({
      ...{ by: 'service', items: [] },
      problem: 'Loki gave no answer within 5 s. Log lines of this trace are missing here.',
    });
  });

  it('says how far was looked when there is nothing', async () => {
    expect(await ask()).toMatchObject({
      items: [],
      by: 'trace',
      widened: true,
      problem: null,
      window: { from: at - 3_600_000 },
    });
    expect(queries()).toHaveLength(6);
  });

  it('says what is missing when Loki fails or is not there', async () => {
    loki.answer = json({ message: 'away' }, 500);
    expect((await ask()).problem).toBe('Loki answered 500: away. Log lines of this trace are missing here.');
    const asked = other.call(getTraceLogs, { traceId: 'a', from: at, to: at });
    expect((await asked).problem).toContain(
      'No Loki is configured for this namespace: with one, the log lines of this trace'
    );
  });
});
