import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../server/clock.ts';
import { openSource } from '../../server/sources/openSource.ts';
import type { LokiSource, Source, TempoSource } from '../../server/sources/source.ts';
import { readLogLine } from '../../src/core/evidence/readLogLine.ts';
import { epochMs } from '../../src/core/units.ts';
import { buildLogLinesQuery } from '../../src/queries/logql/logLinesQuery.ts';
import { buildBadTracesQuery } from '../../src/queries/traceql/badTracesQuery.ts';
import { getServiceEvidence } from '../../src/api/evidence.ts';
import { loki } from '../../stack/loki.ts';
import { tempo } from '../../stack/tempo.ts';
import { findOnPath } from '../runner/programs.ts';
import { eventually } from './support/eventually.ts';
import { startEngine } from './support/startEngine.ts';
import { startRealPrometheus } from './support/startRealPrometheus.ts';
import { startStore, type StartedStore } from './support/startStore.ts';

jest.setTimeout(120_000);

const WITHIN_MS = 60_000;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const { signal } = new AbortController();

/** What a store must take as text and nothing else. */
const NASTY = ['a"} or {service_name=~".+', 'back\\slash', 'two\nlines', '`tick` # | = {}', 'Ünï 日本 🚀', '$1 %s'];

const isLoki = (source: Source): source is LokiSource => source.kind === 'loki';
const isTempo = (source: Source): source is TempoSource => source.kind === 'tempo';

function open<S extends Source>(kind: 'loki' | 'tempo', url: string, is: (source: Source) => source is S): S {
  const definition = { namespace: 'default', id: kind, kind, name: kind, url, tenant: '', token: '', builtIn: true };
  const { source } = openSource(definition, { clock: systemClock });
  if (!is(source)) {
    throw new Error(`expected a source of ${kind}`);
  }
  return source;
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
}

/** The last minutes, and as far on as clocks and batches may need. */
const lately = (limit: number) => {
  const now = Date.now();
  return { from: epochMs(now - 300_000), to: epochMs(now + 60_000), limit, signal };
};

describe('Loki', () => {
  let store: StartedStore;
  let source: LokiSource;
  beforeAll(async () => {
    store = await startStore(loki);
    source = open('loki', store.url, isLoki);
  });
  afterAll(() => store?.dispose());

  type Line = readonly [nanoseconds: string, line: string, metadata?: Readonly<Record<string, string>>];
  const push = (streams: ReadonlyArray<readonly [labels: Readonly<Record<string, string>>, lines: readonly Line[]]>) =>
    post(`${store.url}/loki/api/v1/push`, {
      streams: streams.map(([stream, values]) => ({ stream, values })),
    });
  const found = (service: string, levels: 'warning' | 'all', count: number) =>
    eventually(`${count} lines of ${service}`, WITHIN_MS, async () => {
      const lines = await source.queryRange(buildLogLinesQuery({ service, levels }), lately(10));
      return lines.length >= count ? lines.map(readLogLine) : undefined;
    });

  it('gives back lines with their trace and level, oldest first, and the warnings among them', async () => {
    const at = Date.now() - 5000;
    const ns = (ms: number): string => `${at + ms}000000`;
    const failed = `{"level":"error","msg":"order 1 failed","trace_id":"${TRACE}"}`;
    await push([
      [
        { service_name: 'checkout', level: 'error' },
        [[ns(30), failed, { trace_id: TRACE, span_id: '00f067aa0ba902b7' }]],
      ],
      [{ service_name: 'checkout', level: 'info' }, [[ns(10), '{"level":"info","msg":"started"}']]],
      // No label tells the level of this one: Loki finds it.
      [{ service_name: 'checkout' }, [[ns(20), 'level=warn msg="slow"']]],
      [{ service_name: 'cart', level: 'error' }, [[ns(15), 'of another service']]],
    ]);
    const all = await found('checkout', 'all', 3);
    expect(all.map(({ message, level, traceId }) => [message, level, traceId])).toEqual([
      ['started', 'info', null],
      ['slow', 'warning', null],
      ['order 1 failed', 'error', TRACE],
    ]);
    expect(all[2]).toMatchObject({ at: at + 30, line: failed, cut: 0 });
    const warnings = await found('checkout', 'warning', 2);
    expect(warnings.map(({ message }) => message)).toEqual(['slow', 'order 1 failed']);
    const [first] = await source.queryRange(buildLogLinesQuery({ service: 'checkout', levels: 'all' }), lately(1));
    expect(first?.line).toBe('{"level":"info","msg":"started"}');
  });

  it.each(NASTY)('finds the lines of a service called %j, and of no other', async (service) => {
    await push([[{ service_name: service, level: 'error' }, [[`${Date.now()}000000`, `of ${service}`]]]]);
    for (const levels of ['all', 'warning'] as const) {
      expect((await found(service, levels, 1)).map(({ line }) => line)).toEqual([`of ${service}`]);
    }
  });

  it('answers through the operation of an engine that knows nothing else', async () => {
    const engine = await startEngine({ PHAROS_LOKI_URL: store.url });
    try {
      await push([[{ service_name: 'shop', level: 'warn' }, [[`${Date.now()}000000`, `slow trace_id=${TRACE}`]]]]);
      await found('shop', 'all', 1);
      const { logs, traces, deploys } = await engine.client.call(getServiceEvidence, { name: 'shop' });
      expect(logs).toMatchObject({ levels: 'warning', problem: null, items: [{ level: 'warning', traceId: TRACE }] });
      expect(traces.problem).toContain('No Tempo is configured');
      expect(deploys.problem).toContain('No Prometheus is configured');
    } finally {
      await engine.dispose();
    }
  });
});

describe('Prometheus', () => {
  it('tells of a new version through the operation, with the one before it', async () => {
    let version = '1.0.0';
    const server = createServer((_, response) => {
      response
        .setHeader('content-type', 'text/plain; version=0.0.4')
        .end(`build_info{service_name="checkout",version="${version}"} 1\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const prometheus = await startRealPrometheus({ targets: [`127.0.0.1:${port}`], scrapeInterval: '1s' });
    const engine = await startEngine({ PHAROS_PROMETHEUS_URL: prometheus.url });
    const deploys = async () => (await engine.client.call(getServiceEvidence, { name: 'checkout' })).deploys;
    try {
      await eventually('the first version', WITHIN_MS, async () => {
        const { versions, items } = await deploys();
        expect(items).toEqual([]);
        return versions.includes('1.0.0') ? true : undefined;
      });
      version = '1.1.0';
      const changedAt = Date.now();
      const [deploy] = await eventually('a deploy', WITHIN_MS, async () => {
        const { items } = await deploys();
        return items.length > 0 ? items : undefined;
      });
      expect(deploy).toMatchObject({ version: '1.1.0', previous: ['1.0.0'] });
      expect(Math.abs((deploy?.at ?? 0) - changedAt)).toBeLessThan(15_000);
    } finally {
      await engine.dispose();
      await prometheus.dispose();
      server.close();
    }
  });
});

/** The runner says when there is none, and why; it is not built here, as the others are. */
if (findOnPath([...tempo.programs]) !== null) {
  describe('Tempo', () => {
    let store: StartedStore;
    let source: TempoSource;
    beforeAll(async () => {
      store = await startStore(tempo);
      source = open('tempo', store.url, isTempo);
    });
    afterAll(() => store?.dispose());

    interface SentSpan {
      readonly service: string;
      readonly traceId: string;
      readonly name: string;
      readonly ms: number;
      readonly failed?: boolean;
      readonly parent?: string;
    }
    let spans = 0;
    const push = ({ service, traceId, name, ms, failed = false, parent }: SentSpan) => {
      const start = BigInt(Date.now() - 10_000) * 1_000_000n;
      const span = {
        ...{ traceId, spanId: String((spans += 1)).padStart(16, '0'), name, kind: 2 },
        ...{ startTimeUnixNano: String(start), endTimeUnixNano: String(start + BigInt(ms) * 1_000_000n) },
        ...(failed ? { status: { code: 2, message: 'it failed' } } : {}),
        ...(parent === undefined ? {} : { parentSpanId: parent }),
      };
      const attributes = [{ key: 'service.name', value: { stringValue: service } }];
      return post(`http://127.0.0.1:${store.ports['otlpHttp']}/v1/traces`, {
        resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: 'test' }, spans: [span] }] }],
      });
    };
    const found = (service: string, slowerThan: number | null, count: number) =>
      eventually(`${count} traces of ${service}`, WITHIN_MS, async () => {
        const traces = await source.search(buildBadTracesQuery({ service, slowerThan }), lately(10));
        return traces.length >= count ? traces : undefined;
      });
    const id = (end: string): string => end.padStart(32, '0');

    it('gives the failed and the slow traces of a service', async () => {
      await push({ service: 'checkout', traceId: id('f1'), name: 'POST /orders', ms: 40, failed: true });
      await push({ service: 'checkout', traceId: id('f2'), name: 'GET /slow', ms: 900 });
      await push({ service: 'checkout', traceId: id('f3'), name: 'GET /fine', ms: 40 });
      await push({ service: 'checkout', traceId: id('f4'), name: 'child', ms: 950, parent: '00000000000000ff' });
      await push({ service: 'cart', traceId: id('f5'), name: 'GET /cart', ms: 5000, failed: true });
      const traces = await found('checkout', 0.8, 3);
      const facts = traces
        .toSorted((a, b) => (a.traceId < b.traceId ? -1 : 1))
        .map(({ traceId, rootService, rootName, durationMs, failedIn }) => [
          ...[traceId, rootService, rootName, durationMs, failedIn],
        ]);
      expect(facts).toEqual([
        [id('f1'), 'checkout', 'POST /orders', 40, ['checkout']],
        [id('f2'), 'checkout', 'GET /slow', 900, []],
        [id('f4'), '', '', 950, []],
      ]);
      expect((await found('checkout', null, 1)).map(({ traceId }) => traceId)).toEqual([id('f1')]);
    });

    it('finds the traces of each service under its own name only, whatever the name', async () => {
      for (const [index, service] of NASTY.entries()) {
        await push({ service, traceId: id(`a${index}`), name: 'GET /', ms: 10, failed: true });
      }
      for (const [index, service] of NASTY.entries()) {
        expect((await found(service, 5, 1)).map(({ traceId }) => traceId)).toEqual([id(`a${index}`)]);
      }
    });
  });
}
