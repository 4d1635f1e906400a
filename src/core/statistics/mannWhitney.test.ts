import fc from 'fast-check';
import { canBeSignificant, mannWhitney } from './mannWhitney.ts';

/** U by its definition. */
function countPairs(a: readonly number[], b: readonly number[]): number {
  return a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0))).reduce<number>((sum, pair) => sum + pair, 0);
}

/** All ways to pick `size` of the values, as bits. */
function picks(of: number, size: number): number[] {
  return Array.from({ length: 2 ** of }, (_, bits) => bits).filter(
    (bits) => bits.toString(2).replaceAll('0', '').length === size
  );
}

/** The share of all ways to deal the values into two such sets that differ at least as much. */
function permutationP(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b];
  const middle = (a.length * b.length) / 2;
  const seen = Math.abs(countPairs(a, b) - middle);
  const ways = picks(all.length, a.length);
  const asFar = ways.filter((bits) => {
    const first = all.filter((_, at) => (bits >> at) % 2 === 1);
    const second = all.filter((_, at) => (bits >> at) % 2 === 0);
    return Math.abs(countPairs(first, second) - middle) >= seen - 1e-9;
  });
  return asFar.length / ways.length;
}

it('gives what Hollander and Wolfe (1973, page 69) print for the permeability of the chorioamnion', () => {
  const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const early = [1.15, 0.88, 0.9, 0.74, 1.21];
  const tested = mannWhitney(atTerm, early);
  expect(tested).toMatchObject({ u: 35, method: 'exact' });
  // One-sided 0.1272.
  expect(tested?.p).toBeCloseTo(0.2544, 4);
});

it('gives what the manual of R prints for ozone in May and August, with ties', () => {
  const may = [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];
  const august = [
    39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
  ];
  const tested = mannWhitney(may, august);
  expect(tested).toMatchObject({ u: 127.5, method: 'normal' });
  expect(tested?.p).toBeCloseTo(0.0001208, 7);
});

it("finds U = 11 in Aesop's race of six tortoises and six hares", () => {
  // Finishing places; the order was T H H H H H T T T T T H.
  expect(mannWhitney([1, 7, 8, 9, 10, 11], [2, 3, 4, 5, 6, 12])?.u).toBe(25);
  expect(mannWhitney([2, 3, 4, 5, 6, 12], [1, 7, 8, 9, 10, 11])?.u).toBe(11);
});

it('equals the count over all ways to deal the values, where none is tied', () => {
  const sets = fc
    .uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 9 })
    .chain((all) => fc.tuple(fc.constant(all), fc.integer({ min: 1, max: all.length - 1 })));
  fc.assert(
    fc.property(sets, ([all, size]) => {
      const [a, b] = [all.slice(0, size), all.slice(size)];
      const tested = mannWhitney(a, b);
      expect(tested?.method).toBe('exact');
      expect(tested?.u).toBe(countPairs(a, b));
      expect(tested?.p).toBeCloseTo(permutationP(a, b), 10);
    }),
    { numRuns: 60 }
  );
});

it('counts pairs also where values are tied, and judges both orders alike', () => {
  const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const tested = mannWhitney(a, b);
      expect(tested?.u).toBeCloseTo(countPairs(a, b), 9);
      expect(mannWhitney(b, a)?.p).toBeCloseTo(tested?.p ?? -1, 9);
      expect(tested?.p).toBeGreaterThanOrEqual(0);
      expect(tested?.p).toBeLessThanOrEqual(1);
    })
  );
});

it('comes to the same with the approximation as by counting, where counting ends', () => {
  const a = Array.from({ length: 20 }, (_, n) => n * 2);
  const b = Array.from({ length: 20 }, (_, n) => n * 2 + 9.5);
  const counted = mannWhitney(a, b);
  const approximated = mannWhitney(a, [...b, 1e6]);
  expect([counted?.method, approximated?.method]).toEqual(['exact', 'normal']);
  expect(counted?.p).toBeCloseTo(approximated?.p ?? 0, 1);
});

it('sees no difference between equal values, and says nothing of an empty set', () => {
  expect(mannWhitney([3, 3, 3], [3, 3])?.p).toBe(1);
  expect(mannWhitney([], [1])).toBeUndefined();
  expect(mannWhitney([1], [])).toBeUndefined();
});

it.each([
  [1, 1, false],
  [3, 3, false],
  [4, 4, true],
  [1, 38, false],
  [1, 40, true],
  [0, 100, false],
  [500, 500, true],
])('knows whether %s against %s values can tell anything', (n, m, can) => {
  expect(canBeSignificant(n, m, 0.05)).toBe(can);
  const apart = mannWhitney(
    Array.from({ length: n }, (_, at) => at),
    Array.from({ length: m }, (_, at) => 1000 + at)
  );
  expect((apart?.p ?? 1) < 0.05).toBe(can);
});
