import { binEdges, rangeOf } from './bins.ts';

it('parts values at their shares, each edge once and none below which nothing lies', () => {
  const values = Array.from({ length: 101 }, (_, n) => n);
  expect(binEdges(values, [0.25, 0.5, 0.9])).toEqual([25, 50, 90]);
  expect(binEdges([1, 1, 1, 1, 9], [0.25, 0.5, 0.75, 0.9])).toEqual([5.8]);
  expect(binEdges([4, 4], [0.5])).toEqual([]);
  expect(binEdges([Number.NaN, Infinity], [0.5])).toEqual([]);
});

it('writes edges as a reader sees them', () => {
  expect(binEdges([0, 12.3456, 24.6912], [0.5])).toEqual([12.3]);
});

it('leaves the first and last range open', () => {
  expect([0, 1, 2].map((at) => rangeOf([3, 7], at))).toEqual([
    { from: null, to: 3 },
    { from: 3, to: 7 },
    { from: 7, to: null },
  ]);
});
