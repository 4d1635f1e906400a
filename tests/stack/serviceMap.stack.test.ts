import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { getServiceMap } from '../../src/api/serviceMap.ts';
import { epochMs, minutes, type EpochMs } from '../../src/core/units.ts';
import { eventually } from './support/eventually.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';
import { startRealPrometheus, type StartedPrometheus } from './support/startRealPrometheus.ts';

jest.setTimeout(120_000);

const EDGES = [
  { client: 'user', server: 'web', connection_type: 'virtual_node', virtual_node: 'client' },
  { client: 'web', server: 'checkout', connection_type: '', virtual_node: '' },
  { client: 'cart', server: 'checkout', connection_type: '', virtual_node: '' },
  { client: 'checkout', server: 'orders-db', connection_type: 'database', virtual_node: '' },
  { client: 'checkout', server: 'bank', connection_type: 'virtual_node', virtual_node: 'server' },
] as const;

let exporter: http.Server;
let prometheus: StartedPrometheus;
let engine: RealEngine;

/** A service graph as Tempo writes it: each scrape shows more calls, of differing duration, some failed. */
async function startGraph(): Promise<http.Server> {
  const registry = new Registry();
  const labelNames = ['client', 'server', 'connection_type', 'virtual_node'] as const;
  const base = 'traces_service_graph_request';
  const counter = (name: string) => new Counter({ name, help: name, labelNames, registers: [registry] });
  const histogram = (name: string) =>
    new Histogram({ name, help: name, labelNames, buckets: [0.05, 0.1, 0.25, 0.5, 1], registers: [registry] });
  const [total, failed] = [counter(`${base}_total`), counter(`${base}_failed_total`)];
  const [client, server] = [histogram(`${base}_client_seconds`), histogram(`${base}_server_seconds`)];
  let scrapes = 0;
  const listener = http.createServer((_request, response) => {
    scrapes += 1;
    EDGES.forEach((edge, at) => {
      for (let call = 0; call <= 3 * at + (scrapes % 4); call += 1) {
        const seconds = 0.02 * (at + 1) * (1 + ((call * 7 + scrapes) % 13));
        total.inc(edge);
        failed.inc(edge, (call + at) % 5 === 0 ? 1 : 0);
        client.observe(edge, seconds);
        // Of the half that it never saw, Tempo observes nothing but 0 s.
        server.observe(edge, edge.virtual_node === 'server' ? 0 : seconds * 0.8);
      }
    });
    void registry.metrics().then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return listener;
}

beforeAll(async () => {
  exporter = await startGraph();
  const target = `127.0.0.1:${(exporter.address() as AddressInfo).port}`;
  prometheus = await startRealPrometheus({ targets: [target], scrapeInterval: '1s' });
  engine = await startEngine({ PHAROS_PROMETHEUS_URL: prometheus.url });
});
afterAll(async () => {
  await engine?.dispose();
  await prometheus?.dispose();
  exporter?.closeAllConnections();
  await new Promise((resolve) => exporter?.close(resolve));
});

const answer = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** What a person sees who types the query: values by the labels that are asked for. */
async function typed(expr: string, at: number, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const query = new URLSearchParams({ query: expr, time: String(at / 1000) });
  const { data } = answer.parse(await (await fetch(`${prometheus.url}/api/v1/query?${query.toString()}`)).json());
  return new Map(
    data.result.map(({ metric, value }) => [names.map((name) => metric[name]).join(' '), Number(value[1])])
  );
}

const BASE = 'traces_service_graph_request';
const ENDS = ['client', 'server'];
const p95Of = (side: 'client' | 'server', by: string): string =>
  `histogram_quantile(0.95, sum by (${by}, le) (rate(${BASE}_${side}_seconds_bucket[1m])))`;

/** The map at a moment, once every call was counted often enough, and each edge by the names of its ends. */
async function mapAtSomeMoment() {
  const window = minutes(1);
  await eventually('calls are counted', 30_000, async () => {
    const { edges } = await engine.client.call(getServiceMap, { window });
    return edges.length === EDGES.length && edges.every(({ figures }) => figures.calls > 20) ? true : undefined;
  });
  const at = epochMs(Math.floor(Date.now() / 1000) * 1000 - 1000);
  const map = await engine.client.call(getServiceMap, { at, window });
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  const edges = map.edges.map(({ from, to, figures }) => [`${names.get(from)} ${names.get(to)}`, figures] as const);
  return { at, map, edges };
}

const near = (value: number | undefined): unknown => expect.closeTo(value ?? Number.NaN, 9);

it('shows the figures that the same question has in Prometheus', async () => {
  const { at, map, edges } = await mapAtSomeMoment();
  expect(map).toMatchObject({ source: 'metrics', problems: [] });
  const [rates, errors, sent, entered, served] = await Promise.all([
    typed(`sum by (client, server) (rate(${BASE}_total[1m]))`, at, ENDS),
    typed(
      `sum by (client, server) (rate(${BASE}_failed_total[1m])) / sum by (client, server) (rate(${BASE}_total[1m]))`,
      at,
      ENDS
    ),
    typed(p95Of('client', 'client, server'), at, ENDS),
    typed(p95Of('server', 'client, server'), at, ENDS),
    typed(p95Of('server', 'server'), at, ['server']),
  ]);
  for (const [key, { rate, errorRatio, p95 }] of edges) {
    // Users send no spans: what the service measured stands for them.
    const seen = key.startsWith('user ') ? entered : sent;
    expect([key, rate, errorRatio, p95]).toEqual([
      ...[key, near(rates.get(key)), near(errors.get(key)), near(seen.get(key))],
    ]);
  }
  await expectNodes(map, at, { sent, served });
});

type Typed = Awaited<ReturnType<typeof typed>>;

async function expectNodes(
  map: Awaited<ReturnType<typeof mapAtSomeMoment>>['map'],
  at: EpochMs,
  { sent, served }: { readonly sent: Typed; readonly served: Typed }
): Promise<void> {
  const checkout = map.nodes.find(({ id }) => id === 'checkout')?.received;
  const typedRate = await typed(`sum by (server) (rate(${BASE}_total[1m]))`, at, ['server']);
  expect(checkout?.rate).toEqual(near(typedRate.get('checkout')));
  for (const { name, kind, received } of map.nodes.filter((node) => node.received !== null)) {
    const p95 = kind === 'external' ? sent.get(`checkout ${name}`) : served.get(name);
    expect([name, received?.p95]).toEqual([name, near(p95)]);
  }
}
