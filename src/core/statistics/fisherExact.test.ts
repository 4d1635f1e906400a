import fc from 'fast-check';
import { fisherExact } from './fisherExact.ts';

function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 1; i <= k; i += 1) {
    ways = (ways * BigInt(n - k + i)) / BigInt(i);
  }
  return k < 0 || k > n ? 0n : ways;
}

/** In whole numbers: the ways to all tables with these totals that are no likelier, of all ways. */
function enumerated(a: { of: number; have: number }, b: { of: number; have: number }): number {
  const having = a.have + b.have;
  const ways = (have: number): bigint => choose(a.of, have) * choose(b.of, having - have);
  const all = Array.from({ length: having + 1 }, (_, have) => ways(have));
  const limit = ways(a.have);
  const asUnlikely = all.filter((count) => count <= limit).reduce((sum, count) => sum + count, 0n);
  return Number((asUnlikely * 10n ** 18n) / choose(a.of + b.of, having)) / 1e18;
}

it.each([
  // Fisher 1935: the lady tasting tea.
  [{ have: 3, of: 4 }, { have: 1, of: 4 }, 0.4857],
  // Fisher 1962, in the manual of R: convictions of like-sex twins of criminals.
  [{ have: 2, of: 17 }, { have: 10, of: 13 }, 0.0005367],
  // Wikipedia, Fisher's exact test: who studies, of 12 men and 12 women.
  [{ have: 1, of: 12 }, { have: 9, of: 12 }, 0.002759],
])('gives the published p of %j and %j', (a, b, p) => {
  expect(fisherExact(a, b)).toBeCloseTo(p, p < 0.001 ? 7 : 4);
});

it('equals the count of all tables in whole numbers', () => {
  const counted = fc
    .integer({ min: 0, max: 60 })
    .chain((of) => fc.record({ of: fc.constant(of), have: fc.integer({ min: 0, max: of }) }));
  fc.assert(
    fc.property(counted, counted, (a, b) => {
      expect(fisherExact(a, b)).toBeCloseTo(enumerated(a, b), 9);
      expect(fisherExact(b, a)).toBeCloseTo(fisherExact(a, b), 9);
    })
  );
});

it('holds for large counts', () => {
  expect(fisherExact({ have: 5000, of: 100_000 }, { have: 5000, of: 100_000 })).toBeCloseTo(1, 9);
  // As the normal approximation says: z = 3.27.
  expect(fisherExact({ have: 5000, of: 100_000 }, { have: 5323, of: 100_000 })).toBeCloseTo(0.0011, 3);
  expect(fisherExact({ have: 0, of: 1000 }, { have: 1000, of: 1000 })).toBeLessThan(1e-300);
});

it('needs neither a place nor a step for each of the failures', () => {
  const side = (more: number) => ({ have: 5e9 + more, of: 2e10 });
  // As the normal approximation says: z = 3.27 and 0.
  expect(fisherExact(side(0), side(283_179))).toBeCloseTo(0.00108, 5);
  expect(fisherExact(side(283_179), side(0))).toBeCloseTo(0.00108, 5);
  expect(fisherExact(side(0), side(0))).toBeCloseTo(1, 4);
  expect(fisherExact(side(0), { have: 2e10, of: 2e10 })).toBe(0);
});

it('keeps the digits of what is hardly possible', () => {
  // All of one side and none of the other: one table of all, and the one the other way round.
  const p = fisherExact({ have: 100, of: 100 }, { have: 0, of: 100 });
  expect(p / (2 / Number(choose(200, 100)))).toBeCloseTo(1, 9);
});

it('finds nothing where nothing can differ', () => {
  expect(fisherExact({ have: 0, of: 10 }, { have: 0, of: 7 })).toBe(1);
  expect(fisherExact({ have: 10, of: 10 }, { have: 7, of: 7 })).toBe(1);
  expect(fisherExact({ have: 0, of: 0 }, { have: 3, of: 7 })).toBe(1);
});
