import pino from 'pino';
import { systemClock } from '../../server/clock.ts';
import { createSecrets } from '../../server/secrets.ts';
import { createSources } from '../../server/sources/createSources.ts';
import type { InputOf } from '../../src/api/operation.ts';
import { analyzeTraces, getLinkedTraces, listServiceCalls, listTraceErrors } from '../../src/api/traceAnalysis.ts';
import {
  getTrace,
  listTraceAttributes,
  listTraceAttributeValues,
  searchTraces,
  type TraceFilter,
} from '../../src/api/traces.ts';
import { otlpOf, type SpanOfTest } from '../../src/core/traces/otlpTrace.fixture.ts';
import { parseTraceDocuments } from '../../src/core/traces/parse/parseTraces.ts';
import { normalId, TRACE_ID_LENGTH } from '../../src/core/traces/traceIds.ts';
import { epochMs } from '../../src/core/units.ts';
import { bothQueries } from '../../src/queries/traceql/bothQueries.ts';
import { buildCallTracesQuery } from '../../src/queries/traceql/mapTracesQuery.ts';
import { tempo } from '../../stack/tempo.ts';
import { findOnPath } from '../runner/programs.ts';
import { eventually } from './support/eventually.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';
import { startStore, type StartedStore } from './support/startStore.ts';

jest.setTimeout(120_000);

const WITHIN_MS = 60_000;
const full = (id: string): string => normalId(id, TRACE_ID_LENGTH);

/** Batches come back in another order than they were sent, so that services and names have other numbers. */
function factsOf(document: unknown) {
  return parseTraceDocuments([document]).traces.map((trace) => ({
    ids: trace.spanIds,
    times: [trace.epochNs, [...trace.startNs], [...trace.endNs]],
    names: Array.from(trace.name, (index) => trace.names[index]),
    services: Array.from(trace.service, (index) => trace.services[index]),
    kinds: [...trace.kind],
    status: [[...trace.status], [...trace.statusMessages]],
    links: [...trace.links],
    events: [...trace.events].map(([span, events]) => [span, events.map(({ name, atNs }) => [name, atNs])]),
  }));
}

/** The runner says when there is none, and why; what it answers is recorded in server/operations/traces. */
if (findOnPath([...tempo.programs]) !== null) {
  describe('Tempo', () => {
    let store: StartedStore;
    let engine: RealEngine;
    beforeAll(async () => {
      store = await startStore(tempo);
      engine = await startEngine({ PHAROS_TEMPO_URL: store.url });
      await pushAll();
    });
    afterAll(async () => {
      await engine?.dispose();
      await store?.dispose();
    });

    const at = epochMs(Date.now() - 60_000);
    const nastyKey = 'odd "key" \\ {x}';
    const nastyValue = 'a" && true } || { .b = "c\\ \n ü 🚀';

    const sent: Readonly<Record<string, readonly SpanOfTest[]>> = {
      // What is looked for.
      a1: [
        { id: '1', service: 'storefront', name: 'POST /checkout', ms: 900, failed: 'bad gateway' },
        {
          ...{ id: '2', parent: '1', service: 'checkout', name: 'INSERT orders', kind: 3, from: 10, ms: 700 },
          attributes: {
            ...{ 'db.system.name': 'postgresql', 'db.query.text': 'INSERT INTO orders VALUES (1, 2)', rows: 500 },
            [nastyKey]: nastyValue,
          },
          ...{ failed: 'constraint 4711 failed', exception: { type: 'DbError', message: 'constraint 4711 failed' } },
          resource: { 'service.version': '1.2.3', 'host.name': 'node-7' },
        },
        { id: '3', parent: '2', service: 'checkout', name: 'orders publish', kind: 4, from: 720, ms: 5 },
      ],
      // What is not.
      b2: [{ id: '1', service: 'cart', name: 'GET /cart', ms: 3, attributes: { rows: 7 } }],
      // What a1 set off, through a queue.
      c3: [
        {
          ...{ id: '9', service: 'worker', name: 'orders process', kind: 5, from: 2000, ms: 50 },
          links: [{ traceId: full('a1'), spanId: '3'.padStart(16, '0') }],
        },
      ],
    };

    const push = (traceId: string, spans: readonly SpanOfTest[], start = at): Promise<void> =>
      send(otlpOf(traceId, start, spans));

    async function send(document: Pick<ReturnType<typeof otlpOf>, 'resourceSpans'>): Promise<void> {
      const response = await fetch(`http://127.0.0.1:${store.ports['otlpHttp']}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(document),
      });
      expect([response.status, await response.text()]).toEqual([200, '{"partialSuccess":{}}']);
    }

    async function pushAll(): Promise<void> {
      for (const [traceId, spans] of Object.entries(sent)) {
        await push(traceId, spans);
      }
      await eventually('all traces are found', WITHIN_MS, async () =>
        (await found({})).length === Object.keys(sent).length ? true : undefined
      );
    }

    const window = () => ({ from: epochMs(Date.now() - 600_000), to: epochMs(Date.now()) });
    const search = (input: Partial<InputOf<typeof searchTraces>>) =>
      engine.client.call(searchTraces, { ...window(), limit: 20, ...input });
    const found = async (filter: Partial<TraceFilter>): Promise<string[]> => {
      const { items, problem, query } = await search({ filter: { attributes: [], ...filter } });
      expect([query, problem]).toEqual([query, null]);
      return items.map(({ traceId }) => traceId).toSorted();
    };

    it.each<[string, Partial<TraceFilter>]>([
      ['service', { service: 'checkout' }],
      ['operation', { operation: 'INSERT orders' }],
      ['status', { status: 'error' }],
      ['least duration', { minDurationMs: 699.9 }],
      ['duration between', { minDurationMs: 899, maxDurationMs: 901 }],
      ['all of them', { service: 'checkout', operation: 'INSERT orders', status: 'error', minDurationMs: 700 }],
    ])('finds a trace by its %s, and no other', async (_, filter) => {
      expect(await found(filter)).toEqual([full('a1')]);
    });

    it.each<[TraceFilter['attributes'][number]]>([
      [{ scope: 'resource', key: 'host.name', op: '=', value: 'node-7' }],
      [{ scope: 'span', key: 'db.system.name', op: '=~', value: 'postgre.*' }],
      [{ scope: 'any', key: 'rows', op: '>', value: 499.5 }],
      [{ scope: 'any', key: 'rows', op: '=', value: 500 }],
      [{ scope: 'span', key: 'rows', op: '!=', value: 7 }],
      [{ scope: 'any', key: nastyKey, op: '=', value: nastyValue }],
    ])('finds a trace by the attribute %j, and no other', async (attribute) => {
      expect(await found({ attributes: [attribute] })).toEqual([full('a1')]);
    });

    it('tells of a trace in which services spans are and failed, and how many matched', async () => {
      const { items } = await search({ query: '{ resource.service.name = "checkout" }' });
      expect(items).toMatchObject([
        {
          ...{ rootService: 'storefront', rootName: 'POST /checkout', durationMs: 900, startedAt: at, matched: 2 },
          failedIn: ['checkout', 'storefront'],
          services: [
            { service: 'checkout', spans: 2, errors: 1 },
            { service: 'storefront', spans: 1, errors: 1 },
          ],
        },
      ]);
    });

    it('finds the calls of the map that failed on either side, alone and beside another query', async () => {
      const call = (client: Partial<SpanOfTest>, server: Partial<SpanOfTest>): readonly SpanOfTest[] => [
        { id: '1', service: 'till', kind: 3, ms: 50, ...client },
        { id: '2', parent: '1', service: 'ledger', kind: 2, ms: 40, ...server },
      ];
      const [till, ledger] = [{ kind: 'service', name: 'till' } as const, { kind: 'service', name: 'ledger' } as const];
      await push('71', call({ failed: 'deadline exceeded' }, {}));
      await push('72', call({}, { failed: 'disk full' }));
      await push('73', call({}, {}));
      // The caller failed after a call that went well.
      await push('74', [
        { id: '3', service: 'till', kind: 2, ms: 60, failed: 'no paper' },
        ...call({ parent: '3' }, {}),
      ]);
      const idsOf = async (query: string): Promise<string[]> => {
        const { items, problem } = await search({ query });
        expect(problem).toBeNull();
        return items.map(({ traceId }) => traceId).toSorted();
      };
      await eventually('all four calls are found', WITHIN_MS, async () =>
        (await idsOf(buildCallTracesQuery(till, ledger))).length === 4 ? true : undefined
      );
      const failed = buildCallTracesQuery(till, ledger, true);
      expect(await idsOf(failed)).toEqual(['71', '72'].map(full));
      expect(await idsOf(bothQueries(failed, '{ statusMessage = "disk full" }'))).toEqual([full('72')]);
    });

    it('passes on what is wrong with a query', async () => {
      const { problem } = await search({ query: '{ status = }' });
      expect(problem).toMatch(/^Tempo answered 400: invalid TraceQL query: parse error at line 1, col \d+: /);
    });

    it.each(Object.entries(sent))('gives trace %s back with the spans that were sent', async (traceId, spans) => {
      const { document, settling, problem } = await engine.client.call(getTrace, { traceId });
      expect([settling, problem]).toEqual([false, null]);
      expect(factsOf(document)).toEqual(factsOf(otlpOf(traceId, at, spans)));
    });

    it('says of a trace of a moment ago that more may come', async () => {
      await push('d4', [{ id: '1', service: 'storefront', ms: 5 }], epochMs(Date.now() - 1000));
      expect((await engine.client.call(getTrace, { traceId: 'd4' })).settling).toBe(true);
    });

    it('says what to look for when a trace is not there', async () => {
      await expect(engine.client.call(getTrace, { traceId: 'f0' })).rejects.toMatchObject({
        status: 404,
        message: expect.stringContaining(`Tempo has no trace ${full('f0')}. It may be too new`),
      });
    });

    it('suggests attributes and their values', async () => {
      const { items } = await engine.client.call(listTraceAttributes, {});
      expect(items).toEqual(
        expect.arrayContaining([
          { scope: 'resource', key: 'host.name' },
          { scope: 'span', key: nastyKey },
          { scope: 'intrinsic', key: 'duration' },
        ])
      );
      const asked = { attribute: 'resource.service.name', limit: 10 };
      const values = await engine.client.call(listTraceAttributeValues, asked);
      expect(values.items).toEqual(expect.arrayContaining(['cart', 'checkout', 'storefront', 'worker']));
      expect((await engine.client.call(listTraceAttributeValues, { attribute: 'x{', limit: 1 })).problem).toMatch(
        /^Tempo answered 400: /
      );
    });

    it('analyses what was found, and what failed in it', async () => {
      const set = { query: '{ resource.service.name = "checkout" }', ...window(), limit: 10 };
      const { operations, paths, used } = await engine.client.call(analyzeTraces, { set });
      expect(used).toMatchObject({ traces: 1, spans: 3, problem: null });
      expect(operations[0]).toMatchObject({ operation: 'INSERT orders', criticalNs: 700e6 });
      expect(paths.map(({ operation }) => operation)).toEqual(['POST /checkout', 'INSERT orders', 'orders publish']);
      const errors = await engine.client.call(listTraceErrors, { service: 'storefront', ...window(), limit: 10 });
      expect(errors.items).toMatchObject([
        { type: 'DbError', template: 'constraint <*> failed', service: 'checkout', versions: ['1.2.3'], count: 1 },
      ]);
      const calls = await engine.client.call(listServiceCalls, { name: 'checkout', ...window(), limit: 10 });
      expect(calls.items.map(({ kind, name }) => [kind, name])).toEqual([
        ['database', 'INSERT INTO orders VALUES (?)'],
        ['messaging', 'orders publish'],
      ]);
    });

    it('joins traces by the links of their spans, from either side', async () => {
      const wait = { queueWaitNs: 1_275_000_000 };
      const after = await engine.client.call(getLinkedTraces, { traceId: 'a1' });
      expect(after).toMatchObject({
        items: [{ direction: 'downstream', traceId: full('c3'), ...wait }],
        problem: null,
      });
      const before = await engine.client.call(getLinkedTraces, { traceId: 'c3' });
      expect(before).toMatchObject({ items: [{ direction: 'upstream', traceId: full('a1'), ...wait }], problem: null });
    });

    it('finds the newest of more traces than it asks for at once, and tells the newest span of a service', async () => {
      const first = epochMs(Date.now() - 62_000);
      const many = Array.from({ length: 240 }, (_, n) =>
        otlpOf(`e${n.toString(16)}0`, epochMs(first + n * 250), [{ id: '1', service: 'busy', ms: 5 }])
      );
      await send({ resourceSpans: many.flatMap(({ resourceSpans }) => resourceSpans) });
      const ofBusy = { query: '{ resource.service.name = "busy" }', limit: 300 };
      await eventually('all traces are found', WITHIN_MS, async () =>
        (await search(ofBusy)).items.length === many.length ? true : undefined
      );
      const { items } = await search({ ...ofBusy, limit: 20 });
      const starts = items.map(({ startedAt }) => startedAt - first).toSorted((one, other) => one - other);
      expect(starts).toEqual(Array.from({ length: 20 }, (_, n) => (220 + n) * 250));
      const source = createSources({
        ...{ clock: systemClock, log: pino({ level: 'silent' }), secrets: createSecrets('x'.repeat(32)) },
        config: { tempoUrl: store.url },
        store: { read: { sources: { listAll: () => Promise.resolve([]) } } },
      }).tempo('default');
      const newest = await source?.newestByService(AbortSignal.timeout(10_000));
      expect(newest?.get('busy')).toBe(first + 239 * 250 + 5);
    });
  });
}
