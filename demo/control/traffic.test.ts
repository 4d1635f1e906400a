import fc from 'fast-check';
import { createRandom } from '../random.ts';
import { chooseVisit } from './loadGenerator.ts';
import { getDailyShape, getRate } from './traffic.ts';

const atHour = (hour: number) => getDailyShape(hour / 24);

describe('getDailyShape', () => {
  it('is quiet at night, has a bump at lunch and its peak in the evening', () => {
    expect(atHour(4)).toBeLessThan(0.25);
    expect(atHour(12.5)).toBeGreaterThan(atHour(10));
    expect(atHour(12.5)).toBeGreaterThan(0.5);
    expect(atHour(20)).toBeGreaterThan(0.95);
    expect(atHour(20)).toBeGreaterThan(atHour(12.5));
  });

  it('stays between 0.2 and 1, is smooth and the same every day', () => {
    fc.assert(
      fc.property(fc.double({ min: -1_000, max: 30_000, noNaN: true }), (day) => {
        const share = getDailyShape(day);
        expect(share).toBeGreaterThanOrEqual(0.2);
        expect(share).toBeLessThanOrEqual(1);
        expect(Math.abs(share - getDailyShape(day + 1))).toBeLessThan(1e-6);
        expect(Math.abs(share - getDailyShape(day + 1 / 1_440))).toBeLessThan(0.01);
      })
    );
  });

  it('fits a whole day into the length it is given', () => {
    const traffic = { trafficDayMs: 600_000, peakRps: 20 };
    expect(getRate(500_000, traffic)).toBeCloseTo(20 * atHour(20), 6);
    expect(getRate(100_000, traffic)).toBeLessThan(5);
  });
});

describe('chooseVisit', () => {
  it('sends 18 % of the visitors to the checkout', () => {
    const random = createRandom(7);
    const visits = Array.from({ length: 10_000 }, () => chooseVisit(random));
    expect(visits.filter(({ page }) => page === '/checkout').length / 10_000).toBeCloseTo(0.18, 1);
    expect(new Set(visits.map(({ page }) => page)).size).toBe(4);
  });
});
