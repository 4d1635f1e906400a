import { isSameTrace } from './isSameTrace.ts';
import { EPOCH_NS, traceOf, type GivenSpan } from './testTrace.fixture.ts';

const root: GivenSpan = { id: '1', from: 0, to: 100, attributes: [['route', ['a', { b: 1 }]]] };
const child: GivenSpan = {
  id: '2',
  parent: '1',
  from: 10,
  to: 20,
  events: [{ name: 'retry', at: EPOCH_NS, attributes: [] }],
};
const TRACE = traceOf([root, child]);

it('finds a trace the same that was read twice', () => {
  expect(isSameTrace(traceOf([root, child]), TRACE)).toBe(true);
});

it.each<[string, readonly GivenSpan[]]>([
  ['a span more', [root, child, { id: '3', parent: '1', from: 30, to: 40 }]],
  ['a span less', [root]],
  ['another end', [root, { ...child, to: 21 }]],
  ['another status', [root, { ...child, status: 'error' }]],
  ['another name', [root, { ...child, name: 'other' }]],
  ['another value in a list', [{ ...root, attributes: [['route', ['a', { b: 2 }]]] }, child]],
  ['another event', [root, { ...child, events: [{ name: 'retry', at: EPOCH_NS + 1n, attributes: [] }] }]],
  ['another message', [root, { ...child, statusMessage: 'no funds' }]],
])('tells %s', (_, spans) => {
  expect(isSameTrace(traceOf(spans), TRACE)).toBe(false);
  expect(isSameTrace(TRACE, traceOf(spans))).toBe(false);
});
