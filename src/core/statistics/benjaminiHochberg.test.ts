import fc from 'fast-check';
import { benjaminiHochberg } from './benjaminiHochberg.ts';

/** Benjamini and Hochberg 1995, section 4.1: thrombolysis in myocardial infarction. */
const PAPER = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];

it('finds the four of the paper, whose p is at most 0.013', () => {
  const corrected = benjaminiHochberg(PAPER);
  expect(corrected.filter((p) => p !== null && p <= 0.05)).toHaveLength(4);
  expect(corrected[3]).toBeCloseTo(0.0095 * (15 / 4), 12);
  expect(corrected[4]).toBeCloseTo(0.0201 * (15 / 5), 12);
  // Lowered by the one after it, so that the order stays.
  expect(corrected[5]).toBeCloseTo(0.0298 * (15 / 7), 12);
});

it('answers in the order given, and leaves out what was not tested', () => {
  expect(benjaminiHochberg([0.5, null, 0.01])).toEqual([0.5, null, 0.02]);
  expect(benjaminiHochberg([])).toEqual([]);
});

it('rejects as the step-up procedure does, never lowers a p and keeps the order', () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(ps, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (given, level) => {
      const corrected = benjaminiHochberg(given).map((p) => p ?? 2);
      const sorted = given.toSorted((a, b) => a - b);
      const last = sorted.findLastIndex((p, at) => p * (given.length / (at + 1)) <= level);
      given.forEach((p, at) => {
        expect((corrected[at] ?? 2) <= level).toBe(last >= 0 && p <= (sorted[last] ?? -1));
        expect(corrected[at]).toBeGreaterThanOrEqual(p);
        expect(corrected[at]).toBeLessThanOrEqual(1);
      });
    })
  );
});
