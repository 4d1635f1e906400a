import fc from 'fast-check';
import { addToBucket, bucketsOfDurations, quantileOfBuckets, toBuckets, type BucketSums } from './latencyBuckets.ts';

const INF = Number.POSITIVE_INFINITY;
const bucketsOf = (...pairs: ReadonlyArray<readonly [number, number]>) => pairs.map(([le, count]) => ({ le, count }));

describe('quantileOfBuckets', () => {
  // By hand from PromQL's rule; tests/stack/serviceMap.stack.test.ts asks Prometheus itself.
  it.each([
    [0.5, bucketsOf([0.1, 0], [0.2, 10], [0.4, 10], [INF, 10]), 0.15],
    [0.95, bucketsOf([0.1, 10], [INF, 10]), 0.095],
    [0.9, bucketsOf([0.1, 10], [0.2, 15], [0.5, 20], [INF, 20]), 0.38],
    [0.99, bucketsOf([0.1, 10], [0.2, 15], [INF, 20]), 0.2],
    [0.5, bucketsOf([-1, 5], [0, 10], [INF, 10]), -1],
  ])('takes the %f quantile of %j as PromQL does', (share, buckets, expected) => {
    expect(quantileOfBuckets(share, buckets)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['no buckets', []],
    ['no infinite bucket', bucketsOf([0.1, 3], [0.2, 4])],
    ['only the infinite bucket', bucketsOf([INF, 4])],
    ['no calls', bucketsOf([0.1, 0], [INF, 0])],
  ])('says nothing with %s', (_what, buckets) => {
    expect(quantileOfBuckets(0.95, buckets)).toBeNull();
  });
});

it('adds buckets up by bound and never lets them fall', () => {
  const sums: BucketSums = new Map();
  addToBucket(sums, INF, 2);
  addToBucket(sums, 0.1, 1);
  addToBucket(sums, 0.2, 3.0000000001);
  addToBucket(sums, INF, 1);
  expect(toBuckets(sums)).toEqual(bucketsOf([0.1, 1], [0.2, 3.0000000001], [INF, 3.0000000001]));
});

it('puts each duration into the first bucket that holds it', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { maxLength: 50 }), (durations) => {
      for (const { le, count } of bucketsOfDurations(durations)) {
        expect(count).toBe(durations.filter((duration) => duration <= le).length);
      }
    })
  );
});
