import { addMs, epochMs, seconds } from '../../units.ts';
import { traceOfTest, type SpanOfTest } from '../otlpTrace.fixture.ts';
import type { Trace } from '../trace.ts';
import { createErrorGroups } from './errorGroups.ts';

const groupErrors = (traces: readonly Trace[], concerning?: string) => {
  const found = createErrorGroups(concerning);
  traces.forEach((trace) => found.add(trace));
  return found.groups();
};

const AT = epochMs(1_700_000_000_000);

/** A request of storefront that fails because payments does. */
const failing = (card: number, payments: Partial<SpanOfTest> = {}): readonly SpanOfTest[] => [
  { id: '1', service: 'storefront', name: 'POST /checkout', ms: 100, failed: 'bad gateway' },
  { id: '2', parent: '1', service: 'storefront', name: 'POST', kind: 3, ms: 90, failed: '' },
  {
    ...{ id: '3', parent: '2', service: 'payments', name: 'POST /authorizations', ms: 80, failed: 'declined' },
    ...{ exception: { type: 'CardError', message: `card ${card} declined\n  at somewhere` } },
    resource: { 'service.version': '1.0.0' },
    ...payments,
  },
];

it('counts what began in the same place with the same words, whatever varies in them', () => {
  const traces = [
    traceOfTest('a', AT, failing(4711)),
    traceOfTest('b', addMs(AT, seconds(60)), failing(42, { resource: { 'service.version': '1.1.0' } })),
  ];
  expect(groupErrors(traces)).toEqual([
    {
      ...{ type: 'CardError', template: 'card <*> declined', message: 'card 42 declined' },
      ...{ service: 'payments', operation: 'POST /authorizations', count: 2, traces: 2 },
      ...{ firstSeenAt: AT + 80, lastSeenAt: AT + 60_080, versions: ['1.0.0', '1.1.0'] },
      example: { traceId: 'b'.padStart(32, '0'), spanId: '3'.padStart(16, '0') },
    },
  ]);
});

it('puts the most frequent first, and counts spans and traces apart', () => {
  const traces = [
    traceOfTest('a', AT, [
      { id: '1', failed: 'once' },
      { id: '2', parent: '1', name: 'SELECT', failed: 'gone' },
      { id: '3', parent: '1', name: 'SELECT', failed: 'gone' },
    ]),
    traceOfTest('b', AT, [{ id: '1', name: 'other', failed: 'away' }]),
  ];
  expect(groupErrors(traces).map(({ operation, count, traces: of }) => [operation, count, of])).toEqual([
    ['SELECT', 2, 1],
    ['other', 1, 1],
  ]);
});

it.each<[string, Partial<SpanOfTest>, [string, string]]>([
  ['a message only', { failed: 'no route to host' }, ['error', 'no route to host']],
  ['nothing', { failed: '' }, ['error', '']],
  ['a status code', { failed: '', attributes: { 'http.response.status_code': 503 } }, ['HTTP 503', '']],
  [
    'a status code for its type',
    { failed: '', attributes: { 'error.type': '402', 'http.response.status_code': 402 } },
    ['HTTP 402', ''],
  ],
  ['a code of gRPC', { failed: '', attributes: { 'rpc.grpc.status_code': 14 } }, ['gRPC status 14', '']],
  ['a type and a message', { failed: 'late', attributes: { 'error.type': 'Timeout' } }, ['Timeout', 'late']],
])('names a failure that says %s', (_, span, words) => {
  const [group] = groupErrors([traceOfTest('a', AT, [{ id: '1', ...span }])]);
  expect([group?.type, group?.message]).toEqual(words);
});

describe('of one service', () => {
  const both: readonly SpanOfTest[] = [
    ...failing(1),
    { id: '4', parent: '1', service: 'cart', name: 'GET /cart', failed: 'cart is gone' },
  ];

  it.each([
    ['payments', ['CardError']],
    ['cart', ['error']],
    // It failed because of both.
    ['storefront', ['CardError', 'error']],
    ['nobody', []],
  ])('are what %s failed of', (service, types) => {
    const found = groupErrors([traceOfTest('a', AT, both)], service);
    expect(found.map(({ type }) => type).toSorted()).toEqual(types);
  });
});

it('finds nothing where nothing failed', () => {
  expect(groupErrors([traceOfTest('a', AT, [{ id: '1' }]), traceOfTest('b', AT, [{ id: '2' }])])).toEqual([]);
});
