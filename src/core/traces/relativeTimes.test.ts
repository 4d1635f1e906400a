import fc from 'fast-check';
import { relativeTimes } from './relativeTimes.ts';

const DAY = 86_400_000_000_000n;

describe('relativeTimes', () => {
  it('counts from the earliest start', () => {
    const times = relativeTimes([30n, 10n], [40n, 15n]);
    expect([times.epochNs, [...times.startNs], [...times.endNs], times.durationNs, times.stepNs]).toEqual([
      10n,
      [20, 0],
      [30, 5],
      30,
      1,
    ]);
    expect(times.relative(12n)).toBe(2);
  });

  it('counts what has no end, or ends before it starts, as 0 long and names it', () => {
    const times = relativeTimes([0n, 10n, 20n], [5n, null, 15n]);
    expect([[...times.endNs], times.noEnd, times.endsBeforeStart]).toEqual([[5, 10, 20], [1], [2]]);
  });

  it('has nothing to say of no spans', () => {
    expect(relativeTimes([], [])).toMatchObject({ epochNs: 0n, durationNs: 0, stepNs: 1 });
  });

  it('is exact up to 104 days, and says how coarse it is beyond', () => {
    expect(relativeTimes([0n], [104n * DAY + 1n])).toMatchObject({ durationNs: Number(104n * DAY + 1n), stepNs: 1 });
    expect(relativeTimes([0n], [2n ** 53n]).stepNs).toBe(1);
    expect(relativeTimes([0n], [2n ** 53n + 1n])).toMatchObject({ durationNs: 2 ** 53, stepNs: 2 });
    expect(relativeTimes([0n], [2n ** 63n]).stepNs).toBe(1024);
  });

  it('keeps sums and differences exact, however far apart times are', () => {
    const time = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    fc.assert(
      fc.property(fc.array(fc.tuple(time, fc.bigInt({ min: 0n, max: 2n ** 60n })), { minLength: 1 }), (spans) => {
        const times = relativeTimes(
          spans.map(([start]) => start),
          spans.map(([start, length]) => start + length)
        );
        const step = times.stepNs;
        const exact = (value: number): bigint => BigInt(value) / BigInt(step);
        spans.forEach(([start, length], i) => {
          const [from, to] = [times.startNs[i] ?? NaN, times.endNs[i] ?? NaN];
          expect(from % step).toBe(0);
          expect(BigInt(to - from) / BigInt(step)).toBe(exact(to) - exact(from));
          expect(start - times.epochNs - BigInt(from) < BigInt(step)).toBe(true);
          expect(start + length - times.epochNs - BigInt(to) < BigInt(step)).toBe(true);
          expect(to).toBeLessThanOrEqual(times.durationNs);
        });
      })
    );
  });
});
