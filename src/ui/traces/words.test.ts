import { countedSpans, formatShare } from './words.ts';

it('writes shares, and says of a small one that it is small', () => {
  expect([formatShare(1, 3), formatShare(0, 5), formatShare(3, 0), formatShare(1, 5000), formatShare(5, 5)]).toEqual([
    '33.3 %',
    '0 %',
    '0 %',
    '< 0.1 %',
    '100 %',
  ]);
});

it('counts', () => {
  expect([countedSpans(1), countedSpans(12_000)]).toEqual(['1 span', '12,000 spans']);
});
