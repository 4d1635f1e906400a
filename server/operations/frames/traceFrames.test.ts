import { TRACE_COLUMNS, TRACE_COMPARISON_COLUMNS, TRACE_OPERATION_COLUMNS } from '../../../src/api/frames.ts';
import { otlpOf } from '../../../src/core/traces/otlpTrace.fixture.ts';
import { addMs, days, durationMs, epochMs, hours, minutes, type EpochMs } from '../../../src/core/units.ts';
import { startFakeStore, type Answer, type FakeStore } from '../../sources/fakeStore.fixture.ts';
import { tempoTraces } from '../../sources/testing/storeAnswers.fixture.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';
import { keepsOneDay, noTrace, openTempo, tempoTrace } from '../traces/traces.fixture.ts';
import { frameAsker, noticesOf, rowsOf, type FrameAsker } from './frames.fixture.ts';

const MS = 1e6;
const idOf = (n: number): string => n.toString(16).padStart(32, '0');

let tempo: FakeStore;
let engine: TestEngine;
let asker: FrameAsker;
let now: EpochMs;

const lastQuery = () => tempo.seen.findLast(({ path }) => path === '/api/search')?.params.get('q');

/** Traces 1–3 of the last hour wait 200 ms for payments, 4–6 of the hour before only 50. */
const waitOf = (n: number): number => (n <= 3 ? 200 : 50);
const atOf = (n: number): EpochMs => addMs(now, durationMs(-(n <= 3 ? minutes(10) : minutes(70)) + n * 1000));

const shop: Answer = (seen, response) => {
  if (seen.path === '/api/search') {
    const [start, end] = ['start', 'end'].map((name) => Number(seen.params.get(name)) * 1000);
    const found = [1, 2, 3, 4, 5, 6]
      .map((n) => ({ id: idOf(n), at: atOf(n), ms: waitOf(n) + 20 }))
      .filter(({ at }) => at >= (start ?? 0) && at < (end ?? 0));
    tempoTraces(found)(seen, response);
    return;
  }
  const n = Number.parseInt(seen.path.split('/').at(-1) ?? '', 16);
  const spans = [
    { id: '1', service: 'checkout', name: 'POST /orders', ms: waitOf(n) + 20 },
    {
      ...{ id: '2', parent: '1', service: 'payments', name: 'charge card', from: 10, ms: waitOf(n) },
      failed: 'declined',
    },
  ];
  (n >= 1 && n <= 6 ? tempoTrace(otlpOf(idOf(n), atOf(n), spans)) : noTrace)(seen, response);
};

beforeEach(async () => {
  tempo = await startFakeStore(shop);
  engine = await createTestEngine({ sources: [openTempo(tempo)] });
  now = engine.clock.now();
  asker = frameAsker(engine, (await testClients(engine)).viewer);
});
afterEach(async () => {
  await engine.dispose();
  await tempo.close();
});

it('lists traces as a table in the columns of Tempo’s own, newest first, each with a way into its analysis', async () => {
  const [frame] = await asker.frames({ queryType: 'traces', services: ['checkout', 'cart'] });
  expect(frame?.schema.fields.map(({ name }) => name)).toEqual(TRACE_COLUMNS);
  expect(rowsOf(frame).map(({ traceID, traceDuration }) => [traceID, traceDuration])).toEqual([
    ...[
      [idOf(3), 220],
      [idOf(2), 220],
      [idOf(1), 220],
    ],
  ]);
  expect(JSON.stringify(frame?.schema.fields[0]?.config)).toContain('/traces/${__data.fields.traceID}');
  expect(lastQuery()).toBe(
    '{ resource.service.name = "checkout" || resource.service.name = "cart" } with (most_recent=true)'
  );
  const [cut] = await asker.frames({ queryType: 'traces', traceql: '{ status = error }', limit: 2 });
  expect(noticesOf(cut)).toEqual(['Tempo may have more traces than these 2: raise the limit, or filter.']);
  expect(lastQuery()).toBe('{ status = error } with (most_recent=true)');
});

it('gives one trace as Grafana’s trace view reads it, and says what is wrong with an id', async () => {
  const [frame] = await asker.frames({ queryType: 'trace', traceId: '1' });
  expect(frame?.schema.meta?.preferredVisualisationType).toBe('trace');
  expect(rowsOf(frame)).toMatchObject([
    {
      ...{ traceID: idOf(1), spanID: '0000000000000001', parentSpanID: '', operationName: 'POST /orders' },
      ...{ serviceName: 'checkout', kind: 'server', startTime: atOf(1), duration: 220, statusCode: 0 },
      serviceTags: [{ key: 'service.name', value: 'checkout' }],
    },
    {
      ...{ parentSpanID: '0000000000000001', startTime: atOf(1) + 10, duration: 200 },
      ...{ statusCode: 2, statusMessage: 'declined' },
    },
  ]);
  expect(await asker.ask({ queryType: 'trace', traceId: 'ff' })).toMatchObject({
    status: 400,
    error: expect.stringMatching(/^traceId: Tempo has no trace 0+ff$/) as string,
  });
  expect(await asker.ask({ queryType: 'trace', traceId: 'xyz' })).toMatchObject({ status: 400 });
});

it('says what is wrong with a trace, in words and by code', async () => {
  tempo.answer = tempoTrace(otlpOf(idOf(1), atOf(1), [{ id: '1' }]), { status: 'PARTIAL', message: 'too large' });
  const [frame] = await asker.frames({ queryType: 'trace', traceId: '1' });
  expect(noticesOf(frame)).toEqual(['Tempo returned only a part of this trace: too large.']);
  expect(frame?.schema.meta?.custom?.traceNotices).toEqual([
    { code: 'truncated', message: 'Tempo returned only a part of this trace: too large.', count: 1, spanIds: [] },
  ]);
});

it('reads a trace of more than 1 MiB, which other readers are handed as it came', async () => {
  const spans = Array.from({ length: 5000 }, (_, n) => ({ id: (n + 1).toString(16), name: `work ${'x'.repeat(200)}` }));
  const document = otlpOf(idOf(1), atOf(1), spans);
  expect(JSON.stringify(document).length).toBeGreaterThan(1024 * 1024);
  tempo.answer = tempoTrace(document);
  const [frame] = await asker.frames({ queryType: 'trace', traceId: '1' });
  expect(rowsOf(frame)).toHaveLength(5000);
});

it('gives of a trace with more spans than wanted those nearest to its root, and says so', async () => {
  tempo.answer = tempoTrace(
    otlpOf(idOf(1), atOf(1), [
      { id: '1', name: 'root', ms: 50 },
      { id: '2', parent: '1', name: 'first child', from: 1 },
      { id: '3', parent: '2', name: 'grandchild', from: 2 },
      { id: '4', parent: '1', name: 'second child', from: 20 },
    ])
  );
  const [frame] = await asker.frames({ queryType: 'trace', traceId: '1', limit: 3 });
  expect(rowsOf(frame).map(({ operationName }) => operationName)).toEqual(['root', 'first child', 'second child']);
  expect(noticesOf(frame)).toEqual([expect.stringMatching(/^These are 3 of the trace's 4 spans, .*raise the limit/)]);
  expect(await asker.ask({ queryType: 'trace', traceId: '1', limit: 100_001 })).toMatchObject({ status: 400 });
});

it('says what held up the answers, by operation', async () => {
  const [frame] = await asker.frames({ queryType: 'traceOperations' });
  expect(frame?.schema.fields.map(({ name }) => name)).toEqual(TRACE_OPERATION_COLUMNS);
  expect(rowsOf(frame)).toMatchObject([
    {
      ...{ service: 'payments', operation: 'charge card', criticalP50: 200 * MS, count: 3, errors: 3, traces: 3 },
      pathShare: 200 / 220,
    },
    { service: 'checkout', operation: 'POST /orders', criticalP50: 20 * MS, self: 60 * MS, errors: 0 },
  ]);
});

it('says which traces it is not of', async () => {
  tempo.answer = (seen, response) => {
    const id = seen.path.split('/').at(-1) ?? '';
    const cut = tempoTrace(otlpOf(idOf(1), atOf(1), [{ id: '1' }]), { status: 'PARTIAL', message: 'too large' });
    (id === idOf(1) ? cut : id === idOf(2) ? noTrace : shop)(seen, response);
  };
  const [frame] = await asker.frames({ queryType: 'traceOperations' });
  expect(noticesOf(frame)).toEqual([
    `1 of 3 traces could not be read: Tempo has no trace ${idOf(2)}. 1 of 2 traces is cut short by Tempo: figures of it are too small.`,
  ]);
});

it.each(['traces', 'traceOperations', 'traceComparison'])(
  'says in %s what Tempo no longer keeps',
  async (queryType) => {
    tempo.answer = (seen, response) => (seen.path.includes('config') ? keepsOneDay : shop)(seen, response);
    const gone = `Tempo keeps its data for 1d: data from before ${new Date(now - days(1)).toISOString()} is no longer there.`;
    const noticesFrom = async (from: EpochMs) => noticesOf((await asker.frames({ queryType }, { from }))[0]);
    expect((await noticesFrom(addMs(now, hours(-48)))).filter((text) => text === gone)).toHaveLength(1);
    expect(await noticesFrom(addMs(now, hours(-1)))).toEqual([]);
  }
);

it('compares with as long a time before, what explains the difference first', async () => {
  const [frame] = await asker.frames({ queryType: 'traceComparison' });
  expect(frame?.schema.fields.map(({ name }) => name)).toEqual(TRACE_COMPARISON_COLUMNS);
  expect(rowsOf(frame)[0]).toMatchObject({
    ...{ service: 'payments', operation: 'charge card', contribution: 150 * MS },
    ...{ medianBefore: 50 * MS, medianNow: 200 * MS, tracesBefore: 3, tracesNow: 3 },
    ...{ p95Before: 50 * MS, p95Now: 200 * MS, countBefore: 1, countNow: 1 },
    // Three on each side are too few for any test.
    ...{ durationP: null, p95P: null, countP: null, errorsP: null },
    path: 'checkout: POST /orders › payments: charge card',
  });
  const [nothing] = await asker.frames({ queryType: 'traceComparison', offset: '7d' });
  expect([rowsOf(nothing), noticesOf(nothing)]).toEqual([[], ['No trace of 1w earlier to compare with.']]);
});

it('counts no trace on both sides, though a search finds what reaches into its window', async () => {
  const all = [1, 2, 3, 4, 5, 6].map((n) => ({ id: idOf(n), at: atOf(n), ms: waitOf(n) + 20 }));
  tempo.answer = (seen, response) => (seen.path === '/api/search' ? tempoTraces(all) : shop)(seen, response);
  const [frame] = await asker.frames({ queryType: 'traceComparison' });
  expect(rowsOf(frame)[0]).toMatchObject({ medianBefore: 50 * MS, medianNow: 200 * MS, tracesBefore: 3, tracesNow: 3 });
  const [overlapping] = await asker.frames({ queryType: 'traceComparison', offset: '30m' });
  expect(noticesOf(overlapping)).toEqual(['No trace of 30m earlier to compare with.']);
});

it('draws the calls between services as a graph, whole or around some of them', async () => {
  const range = { from: epochMs(now - hours(1)), to: now };
  const [nodes, edges] = await asker.frames({ queryType: 'serviceMap' }, range);
  expect(nodes?.schema.meta?.preferredVisualisationType).toBe('nodeGraph');
  expect(rowsOf(nodes).map(({ id }) => id)).toEqual(expect.arrayContaining(['checkout', 'payments']));
  expect(rowsOf(edges)).toContainEqual(
    expect.objectContaining({ source: 'checkout', target: 'payments', detail__errors: 1 })
  );
  const [none, noCalls] = await asker.frames({ queryType: 'serviceMap', services: ['elsewhere'] }, range);
  expect([rowsOf(none), rowsOf(noCalls)]).toEqual([[], []]);
  const [long] = await asker.frames({ queryType: 'serviceMap' }, { from: epochMs(now - days(30)), to: now });
  expect(noticesOf(long)[0]).toBe('Only the last 1w of the range: a map covers no more.');
  expect(rowsOf(long).map(({ id }) => id)).toEqual(expect.arrayContaining(['checkout', 'payments']));
});

it('draws of the graph what is asked for, and what differs from before', async () => {
  const range = { from: epochMs(now - hours(1)), to: now };
  const [plain] = await asker.frames({ queryType: 'serviceMap' }, range);
  expect(plain?.schema.fields.map(({ name }) => name)).not.toContain('detail__changes');
  const narrow = { queryType: 'serviceMap', services: ['user:user'], depth: 1 };
  const [near] = await asker.frames(narrow, range);
  expect(rowsOf(near).map(({ id }) => id)).toEqual(['checkout', 'user:user']);
  const [far] = await asker.frames({ ...narrow, depth: 2 }, range);
  expect(rowsOf(far).map(({ id }) => id)).toEqual(['checkout', 'payments', 'user:user']);
  const [failing] = await asker.frames({ queryType: 'serviceMap', errorsOnly: true }, range);
  expect(rowsOf(failing).map(({ id }) => id)).toEqual(['checkout', 'payments']);
  const [nodes, edges] = await asker.frames({ queryType: 'serviceMap', offset: '1h' }, range);
  expect(rowsOf(nodes).map(({ id, detail__gone }) => [id, detail__gone])).toContainEqual(['payments', '']);
  // 200 ms now, 50 before; three calls could have done so by chance.
  expect(rowsOf(edges)).toContainEqual(
    expect.objectContaining({ target: 'payments', secondarystat: 0.2, detail__p95_before: 0.05, detail__changes: '' })
  );
  const [unknown] = await asker.frames({ queryType: 'serviceMap', offset: '7d' }, range);
  expect(noticesOf(unknown)).toContain('Nothing is known of the 1h of the baseline: no calls were counted.');
});

it.each(['traces', 'traceOperations', 'traceComparison', 'serviceMap'])(
  'refuses %s to the scheduler of alerts, which can judge numbers only',
  async (queryType) => {
    expect(await asker.ask({ queryType }, { fromAlert: true })).toMatchObject({
      status: 400,
      error: expect.stringContaining('expected signals, such as latency_p95') as string,
    });
  }
);

it('says what to do where there is no Tempo, or where it fails', async () => {
  await tempo.close();
  expect(await asker.ask({ queryType: 'traces' })).toMatchObject({
    status: 502,
    error: expect.stringMatching(/^Tempo cannot be reached/) as string,
  });
  expect(await asker.ask({ queryType: 'traceOperations' })).toMatchObject({ status: 502 });
  const without = await createTestEngine({ sources: [] });
  const other = frameAsker(without, (await testClients(without)).viewer);
  expect(await other.ask({ queryType: 'trace', traceId: '1' })).toMatchObject({
    status: 502,
    error: expect.stringMatching(/^No Tempo is configured/) as string,
  });
  await without.dispose();
});
