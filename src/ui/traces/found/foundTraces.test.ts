import { describeFound, nameOfTrace, spansOf, type FoundTrace } from './foundTraces.ts';

const trace = (durationMs: number, besides: Partial<FoundTrace> = {}): FoundTrace => ({
  ...{ traceId: String(durationMs), rootService: 'shop', rootName: 'GET /', startedAt: 0, durationMs },
  ...{ failedIn: [], services: [] },
  ...besides,
});

it.each<[readonly FoundTrace[], boolean, string]>([
  [[], false, 'No trace was found.'],
  [[trace(210)], false, '1 trace, none failed; p50 210 ms, p95 210 ms; the slowest is shop: GET / with 210 ms.'],
  [
    [trace(10), trace(2500, { failedIn: ['pay'], rootName: 'POST /' }), trace(20)],
    true,
    '3 or more traces, 1 failed; p50 20 ms, p95 2.25 s; the slowest is shop: POST / with 2.5 s.',
  ],
])('says what was found: %#', (traces, more, sentence) => {
  expect(describeFound(traces, more)).toBe(sentence);
});

it('names a trace by what is known of its root', () => {
  expect(nameOfTrace({ rootService: 'shop', rootName: '' })).toBe('shop');
  expect(nameOfTrace({ rootService: '', rootName: '' })).toBe('root not yet received');
});

it('counts spans over services', () => {
  const services = [
    { service: 'a', spans: 3, errors: 0 },
    { service: 'b', spans: 4, errors: 1 },
  ];
  expect(spansOf({ services })).toBe(7);
});
