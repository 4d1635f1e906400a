import { addMs, epochMs, seconds } from '../../units.ts';
import { traceOfTest } from '../otlpTrace.fixture.ts';
import { downstreamLinks, outwardLinks, upstreamLink } from './joinLinks.ts';

const AT = epochMs(1_700_000_000_000);
const id = (end: string): string => end.padStart(32, '0');
const spanId = (end: string): string => end.padStart(16, '0');

/** `a` puts an order into a queue at 5–10 ms; `b` takes it two seconds later. */
const sender = traceOfTest('a', AT, [
  { id: '1', service: 'storefront', name: 'POST /orders', ms: 20 },
  { id: '2', parent: '1', service: 'storefront', name: 'orders publish', kind: 4, from: 5, ms: 5 },
]);
const link = { traceId: id('a'), spanId: spanId('2') };
const taker = traceOfTest('b', addMs(AT, seconds(2)), [
  {
    id: '7',
    service: 'worker',
    name: 'orders process',
    kind: 5,
    ms: 50,
    links: [link, link, { ...link, traceId: id('c') }],
  },
]);

const expected = {
  producer: { traceId: id('a'), spanId: spanId('2'), service: 'storefront', operation: 'orders publish' },
  consumer: { traceId: id('b'), spanId: spanId('7'), service: 'worker', operation: 'orders process' },
  queueWaitNs: 1_990_000_000,
};

it('finds each link to another trace once', () => {
  expect(outwardLinks(taker)).toEqual([
    { span: 0, ...link },
    { span: 0, ...link, traceId: id('c') },
  ]);
  expect(outwardLinks(sender)).toEqual([]);
});

it('joins what was sent with what took it, from either side', () => {
  const [first] = outwardLinks(taker);
  expect(first && upstreamLink(taker, first, sender)).toEqual({
    ...{ direction: 'upstream', traceId: id('a'), ...expected },
    handedOverNs: -1_990_000_000,
  });
  expect(downstreamLinks(sender, taker)).toEqual([
    { direction: 'downstream', traceId: id('b'), ...expected, handedOverNs: 10_000_000 },
  ]);
  expect(downstreamLinks(taker, sender)).toEqual([]);
});

it('keeps a link whose other end cannot be read, without its wait', () => {
  const [first, second] = outwardLinks(taker);
  const lost = { producer: null, queueWaitNs: null, consumer: expected.consumer };
  expect(second && upstreamLink(taker, second, undefined)).toMatchObject({ traceId: id('c'), ...lost });
  const withoutSpan = traceOfTest('a', AT, [{ id: '9' }]);
  expect(first && upstreamLink(taker, first, withoutSpan)).toMatchObject({ traceId: id('a'), ...lost });
});

it('waits for nothing where the work was taken before it was sent to the end', () => {
  const early = traceOfTest('b', AT, [{ id: '7', kind: 5, from: 6, links: [link] }]);
  expect(downstreamLinks(sender, early)).toMatchObject([{ queueWaitNs: 0 }]);
});

it('leaves out links within one trace', () => {
  const inner = traceOfTest('a', AT, [{ id: '1' }, { id: '2', links: [{ traceId: id('a'), spanId: spanId('1') }] }]);
  expect(outwardLinks(inner)).toEqual([]);
});
