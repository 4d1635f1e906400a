import fc from 'fast-check';
import { ascending, quantile } from './quantile.ts';

it.each([
  [0, 1],
  [0.25, 1.75],
  [0.5, 2.5],
  [0.95, 3.85],
  [1, 4],
])('lies between two values by their distance: %s of 1, 2, 3, 4', (share, value) => {
  expect(quantile(ascending([4, 1, 3, 2]), share)).toBeCloseTo(value, 12);
});

it('is the value itself where there is one, and nothing where there is none', () => {
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

it('never leaves the range of the values, and grows with the share', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(values, share, share, (given, one, other) => {
      const sorted = ascending(given);
      const low = quantile(sorted, Math.min(one, other));
      const high = quantile(sorted, Math.max(one, other));
      expect(low).toBeGreaterThanOrEqual(Math.min(...given) - 1e-9);
      expect(high).toBeLessThanOrEqual(Math.max(...given) + 1e-9);
      expect(low).toBeLessThanOrEqual(high + 1e-9);
    })
  );
});

it('leaves what it was given as it was', () => {
  const given = [3, 1, 2];
  expect([...ascending(given)]).toEqual([1, 2, 3]);
  expect(given).toEqual([3, 1, 2]);
});
