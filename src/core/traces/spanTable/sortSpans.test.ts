import fc from 'fast-check';
import { SPAN_SORTS, sortSpans, type SpanOrder } from './sortSpans.ts';
import { measuredCheckout, namesOf } from './spanTable.fixture.ts';

const measured = measuredCheckout();
const all = Uint32Array.from({ length: measured.trace.size }, (_, span) => span);
const sorted = (by: SpanOrder['by'], descending = false) =>
  namesOf(measured, sortSpans(all, measured, { by, descending }));

it.each([
  ['service', ['send mail', 'POST /pay', 'POST /checkout', 'price order', 'POST /pay']],
  ['operation', ['POST /checkout', 'POST /pay', 'POST /pay', 'price order', 'send mail']],
  ['start', ['POST /checkout', 'price order', 'POST /pay', 'POST /pay', 'send mail']],
  ['duration', ['price order', 'POST /pay', 'send mail', 'POST /pay', 'POST /checkout']],
  ['self', ['POST /checkout', 'POST /pay', 'price order', 'POST /pay', 'send mail']],
  ['critical', ['send mail', 'POST /checkout', 'POST /pay', 'price order', 'POST /pay']],
] as const)('sorts by %s', (by, names) => {
  expect(sorted(by)).toEqual(names);
});

it('puts what failed first', () => {
  expect(sorted('status', true).slice(0, 2)).toEqual(['POST /pay', 'POST /pay']);
});

it('keeps the order of the trace among equals, whichever way, and all spans', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SPAN_SORTS), fc.boolean(), (by, descending) => {
      const order = sortSpans(all, measured, { by, descending });
      expect([...order].sort()).toEqual([...all]);
      const equals = sortSpans(all, { ...measured, selfNs: new Float64Array(5) }, { by: 'self', descending });
      expect(equals).toEqual(all);
    })
  );
});

it('leaves what it is given as it was', () => {
  const given = Uint32Array.from([3, 1, 2]);
  sortSpans(given, measured, { by: 'start', descending: false });
  expect([...given]).toEqual([3, 1, 2]);
});
