import { normalTails } from './normalTails.ts';

// Two-sided tails from tables, and from R's 2 * pnorm(-z).
it.each([
  [0, 1],
  [0.5, 0.6170750774519738],
  [1, 0.31731050786291415],
  [1.959963984540054, 0.05],
  [2.5758293035489004, 0.01],
  [2.828, 0.004683987562],
  [2.829, 0.004669377535],
  [5, 5.733031437583869e-7],
  [10, 1.523970604832e-23],
  [30, 9.81341e-198],
])('beyond %s lies %s', (z, p) => {
  expect(normalTails(z) / p).toBeCloseTo(1, 5);
  expect(normalTails(-z)).toBe(normalTails(z));
});

it('has no step where its two halves meet', () => {
  const seam = 2 * Math.SQRT2;
  expect(normalTails(seam - 1e-9) / normalTails(seam)).toBeCloseTo(1, 8);
});
