import type { Attribute, SpanKind, Trace } from '../traces/trace.ts';
import { createTraceBuilder } from '../traces/traceBuilder.ts';
import { mapFromTraces } from './mapFromTraces.ts';

interface Given {
  readonly id: string;
  readonly parent?: string;
  readonly service: string;
  readonly kind: SpanKind;
  readonly ms?: number;
  readonly failed?: boolean;
  readonly attributes?: readonly Attribute[];
  readonly namespace?: string;
}

function traceOf(...spans: readonly Given[]): Trace {
  const builder = createTraceBuilder('ab'.repeat(16));
  for (const { id, parent = '', service, kind, ms = 10, failed = false, attributes = [], namespace = '' } of spans) {
    builder.add({
      ...{
        spanId: id.padStart(16, '0'),
        parentSpanId: parent === '' ? '' : parent.padStart(16, '0'),
        name: id,
        kind,
        attributes,
      },
      ...{ start: 0n, end: BigInt(ms) * 1_000_000n, status: failed ? 'error' : 'unset' },
      resource: { service, attributes: namespace === '' ? [] : [['service.namespace', namespace]] },
    });
  }
  return builder.build();
}
const mapOf = (traces: readonly Trace[], known: readonly string[] = []) =>
  mapFromTraces(traces, { windowSeconds: 60, known: known.map((name) => ({ name, namespace: '' })) });
const lines = (traces: readonly Trace[]) =>
  mapOf(traces).edges.map(({ id, kind, figures }) => `${kind} ${id} ${figures.calls}/${figures.failed}`);

const web: Given = { id: '1', service: 'web', kind: 'server', ms: 100, namespace: 'shop' };
const client: Given = { id: '2', parent: '1', service: 'web', kind: 'client', ms: 80 };
const served: Given = { id: '3', parent: '2', service: 'cart', kind: 'server', ms: 60 };

it('pairs clients with servers, each with its own duration, and lets users begin', () => {
  const map = mapOf([traceOf(web, client, served), traceOf(web, { ...client, failed: true }, served)]);
  expect(map).toMatchObject({ sampled: true, windowSeconds: 60 });
  expect(map.edges).toMatchObject([
    { id: 'user:user → web', kind: 'outside', figures: { calls: 2, rate: null, p95: 0.1 } },
    { id: 'web → cart', kind: 'call', figures: { calls: 2, failed: 1, rate: null, errorRatio: 0.5, p95: 0.08 } },
  ]);
  expect(map.nodes.map(({ id, namespace, received }) => [id, namespace, received?.p95])).toEqual([
    ...[
      ['cart', '', 0.06],
      ['user:user', '', undefined],
      ['web', 'shop', 0.1],
    ],
  ]);
});

it('puts the queue between who sends and who reads', () => {
  const queue: Attribute = ['messaging.destination.name', 'orders'];
  const sent: Given = { id: '2', parent: '1', service: 'web', kind: 'producer', ms: 2, attributes: [queue] };
  const read: Given = { id: '3', parent: '2', service: 'worker', kind: 'consumer', ms: 50, attributes: [queue] };
  expect(lines([traceOf(web, sent, read)])).toEqual([
    ...['messaging queue:orders → worker 1/0', 'outside user:user → web 1/0', 'messaging web → queue:orders 1/0'],
  ]);
  expect(lines([traceOf(web, sent)])).toContain('messaging web → queue:orders 1/0');
  expect(lines([traceOf(web, sent, { ...read, failed: true })])).toEqual([
    ...['messaging queue:orders → worker 1/1', 'outside user:user → web 1/0', 'messaging web → queue:orders 1/0'],
  ]);
  // Tied by a link only.
  expect(lines([traceOf({ ...read, parent: '' })])).toEqual(['messaging queue:orders → worker 1/0']);
});

it.each([
  [
    'a database by its host',
    [
      ['db.system.name', 'postgresql'],
      ['server.address', 'orders-db'],
    ],
    'database web → database:orders-db',
  ],
  [
    'a database by its name',
    [
      ['db.system', 'mysql'],
      ['db.name', 'orders'],
    ],
    'database web → database:orders',
  ],
  ['a host outside', [['server.address', 'api.bank.example']], 'outside web → external:api.bank.example'],
  [
    'a peer by the name that its caller gave it',
    [
      ['server.address', '10.0.0.1'],
      ['peer.service', 'bank'],
    ],
    'outside web → external:bank',
  ],
] as ReadonlyArray<readonly [string, readonly Attribute[], string]>)('finds %s', (_what, attributes, expected) => {
  expect(lines([traceOf(web, { ...client, attributes, failed: true })])).toContain(`${expected} 1/1`);
});

it('takes a peer that sends spans for that service', () => {
  const lost = traceOf(web, { ...client, attributes: [['peer.service', 'cart']] });
  expect(lines([lost, traceOf(served)])).toContain('outside web → cart 1/0');
});

it('joins services whose spans have no kind', () => {
  const [one, two]: Given[] = [
    { id: '1', service: 'a', kind: 'unspecified' },
    { id: '2', parent: '1', service: 'b', kind: 'unspecified' },
  ];
  expect(lines([traceOf(...[one, two].filter((given) => given !== undefined))])).toEqual(['call a → b 1/0']);
});

it('begins no trace at a span whose parent is missing', () => {
  expect(lines([traceOf(served)])).toEqual([]);
});

it('keeps services that no trace shows, and knows nothing without traces', () => {
  expect(mapOf([], ['lonely']).nodes).toMatchObject([{ id: 'lonely', received: null }]);
  expect(mapOf([])).toMatchObject({ nodes: [], edges: [] });
});
