import { epochMs } from '../units.ts';
import type { Labels } from '../labels.ts';
import type { Sample } from '../series.ts';
import { buildServiceMap, type ServiceGraphRates } from './buildServiceMap.ts';

const sample = (value: number, labels: Labels): Sample => ({ labels, value, at: epochMs(0) });
const NONE: ServiceGraphRates = {
  windowSeconds: 100,
  calls: [],
  failed: [],
  clientBuckets: [],
  serverBuckets: [],
  servedBuckets: [],
  known: [],
};
const build = (rates: Partial<ServiceGraphRates>) => buildServiceMap({ ...NONE, ...rates });
const buckets = (labels: Labels, counts: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(counts).map(([le, value]) => sample(value, { ...labels, le }));
const ids = (map: ReturnType<typeof build>) => ({
  nodes: map.nodes.map(({ id, kind }) => `${kind} ${id}`),
  edges: map.edges.map(({ id, kind }) => `${kind} ${id}`),
});

const toPayments = { client: 'checkout', server: 'payments', connection_type: '' };

it('counts an edge as the caller saw it, and the node as it saw itself', () => {
  const { nodes, edges } = build({
    calls: [sample(2, toPayments)],
    failed: [sample(0.5, toPayments)],
    clientBuckets: buckets(toPayments, { '0.1': 0, '0.2': 2, '+Inf': 2 }),
    servedBuckets: buckets({ server: 'payments', connection_type: '' }, { '0.1': 2, '0.2': 2, '+Inf': 2 }),
  });
  expect(edges).toMatchObject([
    { id: 'checkout → payments', figures: { calls: 200, failed: 50, rate: 2, errorRatio: 0.25 } },
  ]);
  expect(edges[0]?.figures.p95).toBeCloseTo(0.195);
  expect(nodes.map(({ id }) => id)).toEqual(['checkout', 'payments']);
  expect(nodes[0]?.received).toBeNull();
  expect(nodes[1]?.received).toMatchObject({ rate: 2, errorRatio: 0.25 });
  expect(nodes[1]?.received?.p95).toBeCloseTo(0.095);
});

it('joins series that differ in what is not drawn', () => {
  const { edges, nodes } = build({
    calls: [
      sample(2, { ...toPayments, client_service_namespace: 'shop' }),
      sample(1, { ...toPayments, server_k8s_namespace_name: 'eu' }),
    ],
  });
  expect(edges.map(({ figures }) => figures.rate)).toEqual([3]);
  expect(nodes.map(({ namespace }) => namespace)).toEqual(['shop', 'eu']);
});

it('tells databases, hosts outside and users from services', () => {
  const map = build({
    calls: [
      sample(1, { client: 'user', server: 'web', connection_type: 'virtual_node' }),
      sample(1, { client: 'browser', server: 'web', connection_type: 'virtual_node', virtual_node: 'client' }),
      sample(1, { client: 'web', server: 'orders-db', connection_type: 'database' }),
      sample(1, { client: 'web', server: 'bank.example', connection_type: 'virtual_node', virtual_node: 'server' }),
      sample(1, { client: 'web', server: 'mail.example', connection_type: 'virtual_node' }),
    ],
  });
  expect(ids(map)).toEqual({
    nodes: [
      ...['database database:orders-db', 'external external:bank.example', 'external external:mail.example'],
      ...['user user:browser', 'user user:user', 'service web'],
    ],
    edges: [
      ...['outside user:browser → web', 'outside user:user → web', 'database web → database:orders-db'],
      ...['outside web → external:bank.example', 'outside web → external:mail.example'],
    ],
  });
});

it('draws who takes work without a parent at its queue, not as called by users', () => {
  const labels = {
    ...{ client: 'user', server: 'mailer', connection_type: 'virtual_node' },
    server_messaging_destination_name: 'mails',
  };
  const { nodes, edges } = build({
    calls: [sample(2, labels)],
    serverBuckets: buckets(labels, { '0.1': 2, '+Inf': 2 }),
  });
  expect(nodes.map(({ id }) => id)).toEqual(['mailer', 'queue:mails']);
  expect(edges).toMatchObject([
    { id: 'queue:mails → mailer', kind: 'messaging', figures: { rate: 2, p95: expect.closeTo(0.095) } },
  ]);
});

it('takes a service called user for what it is', () => {
  const map = build({
    calls: [
      sample(1, { client: 'user', server: 'mail', connection_type: 'virtual_node', virtual_node: 'server' }),
      sample(1, { client: 'web', server: 'user', connection_type: '' }),
    ],
  });
  expect(ids(map).nodes).toEqual(['external external:mail', 'service user', 'service web']);
});

it('does not make a second node of a service whose half of a call was lost', () => {
  const lost = { client: 'web', server: 'payments', connection_type: 'virtual_node', virtual_node: 'server' };
  const map = build({ calls: [sample(1, lost), sample(2, toPayments)] });
  expect(ids(map).nodes).toEqual(['service checkout', 'service payments', 'service web']);
  expect(map.nodes[1]?.received?.rate).toBe(3);
});

it('puts the queue that the labels name between who sends and who reads', () => {
  const labels = {
    ...{ client: 'checkout', server: 'worker', connection_type: 'messaging_system' },
    client_messaging_destination_name: 'payments',
  };
  const map = build({
    calls: [sample(1, labels)],
    failed: [sample(0.5, labels)],
    clientBuckets: buckets(labels, { '0.1': 1, '+Inf': 1 }),
    serverBuckets: buckets(labels, { '0.1': 0, '0.2': 1, '+Inf': 1 }),
  });
  expect(ids(map)).toEqual({
    nodes: ['service checkout', 'queue queue:payments', 'service worker'],
    edges: ['messaging checkout → queue:payments', 'messaging queue:payments → worker'],
  });
  expect(map.edges.map(({ figures }) => figures.p95?.toFixed(3))).toEqual(['0.095', '0.195']);
  // It was sent well, and taken badly.
  expect(map.edges.map(({ figures }) => figures.errorRatio)).toEqual([0, 0.5]);
  const unnamed = build({ calls: [sample(1, { client: 'a', server: 'b', connection_type: 'messaging_system' })] });
  expect(ids(unnamed).edges).toEqual(['messaging a → b']);
});

it('has what its callers measured stand for a host that sends no spans', () => {
  const labels = { client: 'web', server: 'bank', connection_type: 'virtual_node', virtual_node: 'server' };
  const map = build({
    calls: [sample(1, labels)],
    clientBuckets: buckets(labels, { '0.1': 0, '0.2': 1, '+Inf': 1 }),
    // Tempo observes 0 s for the half that it never saw.
    servedBuckets: [],
  });
  expect(map.nodes.find(({ name }) => name === 'bank')?.received?.p95).toBeCloseTo(0.195);
});

it('keeps services that nobody calls, with what their own spans count', () => {
  const { nodes } = build({
    calls: [sample(1, toPayments)],
    known: [
      { name: 'lonely', namespace: 'shop', served: { calls: 3, failed: 0.3 }, runs: 9 },
      { name: 'silent', namespace: '', served: null, runs: 0.5 },
      { name: 'payments', namespace: 'shop', served: { calls: 99, failed: 0 }, runs: 200 },
    ],
  });
  expect(nodes.map(({ id, received, seen }) => [id, received?.rate, seen])).toEqual([
    ...[
      ['checkout', undefined, 0],
      ['lonely', 3, 300],
      ['payments', 1, 9900],
      ['silent', undefined, 50],
    ],
  ]);
});

it('leaves out what is no number', () => {
  expect(build({ calls: [sample(Number.NaN, toPayments)] }).edges).toEqual([]);
});
