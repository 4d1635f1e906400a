import { epochMs } from '../../units.ts';
import { traceOfTest, type SpanOfTest } from '../otlpTrace.fixture.ts';
import { describeCall } from './describeCall.ts';
import type { Trace } from '../trace.ts';
import { createServiceCalls } from './serviceCalls.ts';

const serviceCalls = (traces: readonly Trace[], service: string) => {
  const tally = createServiceCalls(service);
  traces.forEach((trace) => tally.add(trace));
  return tally.result();
};

const AT = epochMs(1_700_000_000_000);
const CLIENT = 3;
const PRODUCER = 4;

const called = (span: Partial<SpanOfTest>, child: readonly SpanOfTest[] = []) => {
  const trace = traceOfTest('a', AT, [
    { id: '1' },
    { id: '2', parent: '1', kind: CLIENT, name: 'call', ...span },
    ...child,
  ]);
  const { kind, system, target, name } = describeCall(trace, 1) ?? { kind: null, system: '', target: '', name: '' };
  return [kind, system, target, name];
};

it.each<[string, Partial<SpanOfTest>, Array<string | null>]>([
  [
    'a statement',
    { attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT 1', 'db.namespace': 'shop' } },
    ['database', 'postgresql', 'shop', 'SELECT ?'],
  ],
  [
    'a statement of older conventions, in a span that is no client',
    { kind: 1, attributes: { 'db.system': 'redis', 'db.statement': 'GET user:1', 'net.peer.name': 'cache' } },
    ['database', 'redis', 'cache', 'GET ?'],
  ],
  [
    'a database without its statement',
    { attributes: { 'db.system.name': 'mongodb', 'db.operation.name': 'find', 'db.collection.name': 'users' } },
    ['database', 'mongodb', '', 'find users'],
  ],
  [
    'HTTP with a template',
    { attributes: { 'http.request.method': 'GET', 'url.template': '/carts/{id}', 'server.address': 'cart.local' } },
    ['http', '', 'cart.local', 'GET /carts/{id}'],
  ],
  [
    'HTTP with an address, whose ids are left out',
    {
      attributes: {
        'http.method': 'GET',
        'http.url': 'https://api.example.org:8443/v1/orders/4711/items/550e8400-e29b-41d4-a716-446655440000?x=1#y',
        'peer.service': 'orders',
      },
    },
    ['http', '', 'orders', 'GET /v1/orders/{id}/items/{id}'],
  ],
  ['HTTP of the root', { attributes: { 'http.method': 'GET', 'http.url': 'http://a' } }, ['http', '', '', 'GET /']],
  [
    'a procedure',
    { attributes: { 'rpc.system': 'grpc', 'rpc.service': 'shop.Cart', 'rpc.method': 'Get' } },
    ['rpc', 'grpc', '', 'shop.Cart/Get'],
  ],
  [
    'a message',
    { kind: PRODUCER, attributes: { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' } },
    ['messaging', 'kafka', 'orders', 'call'],
  ],
  ['nothing', {}, ['other', '', '', 'call']],
  ['work of its own', { kind: 1 }, [null, '', '', '']],
  ['a request', { kind: 2, attributes: { 'db.system': 'sqlite' } }, [null, '', '', '']],
])('reads a call that says %s', (_, span, description) => {
  expect(called(span)).toEqual(description);
});

it('names the service that answered where the span does not', () => {
  const attributes = { 'http.request.method': 'GET', 'url.path': '/carts/7', 'server.address': '10.0.0.7' };
  expect(called({ attributes }, [{ id: '3', parent: '2', service: 'cart' }])).toEqual([
    'http',
    '',
    'cart',
    'GET /carts/{id}',
  ]);
});

const statement = (
  id: string,
  { ms, from = 0, failed }: { ms: number; from?: number; failed?: string }
): SpanOfTest => ({
  ...{ id, parent: '1', kind: CLIENT, name: 'SELECT', ms, from },
  attributes: { 'db.system.name': 'postgresql', 'db.query.text': `SELECT * FROM t WHERE id = ${id}` },
  ...(failed === undefined ? {} : { failed }),
});

it('adds up calls that are the same but for their values, the costliest first', () => {
  const traces = [
    traceOfTest('a', AT, [
      { id: '1', ms: 100 },
      statement('2', { ms: 10 }),
      statement('3', { ms: 30, from: 20, failed: 'late' }),
      {
        id: '4',
        parent: '1',
        kind: CLIENT,
        name: 'GET',
        ms: 60,
        from: 40,
        attributes: { 'http.method': 'GET', 'http.target': '/a' },
      },
    ]),
    traceOfTest('b', AT, [{ id: '1', ms: 100 }, statement('5', { ms: 20 })]),
    traceOfTest('c', AT, [{ id: '1', ms: 500, service: 'cart' }]),
  ];
  const { calls, requests, requestsNs } = serviceCalls(traces, 'checkout');
  expect([requests, requestsNs]).toEqual([2, 200e6]);
  const [first, second] = calls;
  expect([first?.kind, first?.totalNs, calls.length]).toEqual(['database', 60e6, 2]);
  expect(first).toMatchObject({
    ...{ name: 'SELECT * FROM t WHERE id = ?', count: 3, traces: 2, errors: 1, p50Ns: 20e6, p95Ns: 29e6, share: 0.3 },
    example: { traceId: 'a'.padStart(32, '0'), spanId: '3'.padStart(16, '0') },
  });
  expect(second).toMatchObject({ kind: 'http', name: 'GET /a', count: 1, share: 0.3 });
});

it('has no share where no request was seen, and nothing of a service that is not there', () => {
  const traces = [traceOfTest('a', AT, [{ id: '1', kind: CLIENT, name: 'probe' }])];
  expect(serviceCalls(traces, 'checkout').calls).toMatchObject([{ kind: 'other', share: null }]);
  expect(serviceCalls(traces, 'cart')).toEqual({ calls: [], requests: 0, requestsNs: 0 });
});
