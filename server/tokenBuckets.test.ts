import fc from 'fast-check';
import { durationMs, epochMs, seconds } from '../src/core/units.ts';
import { createTokenBuckets, MAX_BUCKETS, type BucketLimits } from './tokenBuckets.ts';

const at = epochMs;

/** Takes as early as allowed at each of the wished times; returns when. */
function take(limits: BucketLimits, gaps: readonly number[]): number[] {
  const buckets = createTokenBuckets(limits);
  let now = 0;
  return gaps.map((gap) => {
    now = buckets.freeAt('key', at(now + gap));
    buckets.take('key', at(now));
    return now;
  });
}

it('lets a burst through at once, then one each refill', () => {
  expect(take({ burst: 2, refill: seconds(5) }, [0, 0, 0, 0])).toEqual([0, 0, 5000, 10_000]);
});

it('never lets more through than the burst and what was refilled, and holds nobody for longer than one refill', () => {
  const limits = fc.record({ burst: fc.integer({ min: 1, max: 20 }), refill: fc.integer({ min: 1, max: 1000 }) });
  fc.assert(
    fc.property(limits, fc.array(fc.nat(2000), { maxLength: 80 }), ({ burst, refill }, gaps) => {
      const times = take({ burst, refill: durationMs(refill) }, gaps);
      for (const [index, start] of times.entries()) {
        for (const [further, end] of times.slice(index).entries()) {
          expect(further + 1).toBeLessThanOrEqual(burst + Math.floor((end - start) / refill));
        }
        expect(start - ((times[index - 1] ?? 0) + (gaps[index] ?? 0))).toBeLessThanOrEqual(refill);
      }
    })
  );
});

it('lets the next wait for what a large one took beyond what was left, and no longer', () => {
  const buckets = createTokenBuckets({ burst: 2, refill: seconds(5), largest: 4 });
  buckets.take('key', at(0));
  buckets.take('key', at(0), 4);
  expect(buckets.freeAt('key', at(0))).toBe(20_000);
  buckets.take('key', at(0), 4);
  expect(buckets.freeAt('key', at(1))).toBe(20_001);
});

it('holds nobody for longer than one refill when the clock steps back by a day', () => {
  const buckets = createTokenBuckets({ burst: 2, refill: seconds(5) });
  buckets.take('key', at(86_400_000));
  buckets.take('key', at(86_400_000));
  expect(buckets.freeAt('key', at(1000))).toBe(6000);
});

it('forgets of too many keys the one that was longest quiet', () => {
  const buckets = createTokenBuckets({ burst: 1, refill: seconds(5) });
  buckets.take('quiet', at(0));
  buckets.take('busy', at(0));
  for (let n = 0; n < MAX_BUCKETS - 2; n += 1) {
    buckets.take(`key ${n}`, at(0));
  }
  expect(buckets.freeAt('quiet', at(0))).toBe(5000);
  buckets.take('busy', at(0));
  buckets.take('one more', at(0));
  expect(buckets.freeAt('quiet', at(0))).toBe(0);
  expect(buckets.freeAt('busy', at(0))).toBeGreaterThan(0);
});
