import fc from 'fast-check';
import { takeEvenly } from './takeEvenly.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

it('takes all where they are few, and else from the first to the last', () => {
  expect(takeEvenly([], 3)).toEqual([]);
  expect(takeEvenly(upTo(3), 3)).toEqual([0, 1, 2]);
  expect(takeEvenly(upTo(9), 3)).toEqual([0, 3, 6]);
  expect(takeEvenly(upTo(5), 3)).toEqual([0, 2, 4]);
});

it('takes as many as are asked for, at distances that differ by one at most', () => {
  const counts = fc.record({ count: fc.integer({ min: 1, max: 1000 }), most: fc.integer({ min: 1, max: 500 }) });
  fc.assert(
    fc.property(counts, ({ count, most }) => {
      const taken = takeEvenly(upTo(count), most);
      expect(taken).toHaveLength(Math.min(count, most));
      const gaps = taken.slice(1).map((at, index) => at - (taken[index] ?? 0));
      expect(gaps.length < 2 ? 0 : Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    })
  );
});
