import fc from 'fast-check';
import { epochMs } from '../units.ts';
import { cutPaths } from './cutPaths.ts';
import { mergePaths } from './mergePaths.ts';
import { traceOfTest } from './otlpTrace.fixture.ts';

const AT = epochMs(1_700_000_000_000);

/** Span n+1 hangs below one of those before it. */
const tree = (parents: readonly number[], lengths: readonly number[]) =>
  mergePaths([
    traceOfTest(
      'a',
      AT,
      lengths.map((ms, at) => ({
        ...{ id: `${at + 1}`, name: `span ${at}`, ms },
        ...(at === 0 ? {} : { parent: `${((parents[at] ?? 0) % at) + 1}` }),
      }))
    ),
  ]).paths;

const names = (paths: ReadonlyArray<{ operation: string }>): string[] => paths.map(({ operation }) => operation);

it('keeps all where there are few', () => {
  const paths = tree([0, 0, 0], [10, 5, 3]);
  expect(cutPaths(paths, 3)).toEqual({ paths, leftOut: 0 });
});

it('keeps those with the most time, with all that is above them', () => {
  const paths = tree([0, 0, 0, 1, 2], [100, 60, 30, 20, 25]);
  const cut = cutPaths(paths, 3);
  expect([names(cut.paths), cut.leftOut]).toEqual([['span 0', 'span 1', 'span 2'], 2]);
  expect(cut.paths.map(({ parent, subtreeEnd }) => [parent, subtreeEnd])).toEqual([
    [-1, 3],
    [0, 2],
    [0, 3],
  ]);
});

it('does not tear a long child from a short parent', () => {
  const cut = cutPaths(tree([0, 0, 1, 0], [100, 1, 90, 50]), 2);
  expect(names(cut.paths)).toEqual(['span 0', 'span 3']);
});

it('is a tree in preorder, whatever is cut', () => {
  const shape = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(shape, fc.integer({ min: 1, max: 40 }), (spans, most) => {
      const before = tree(
        spans.map(([parent]) => parent),
        spans.map(([, ms]) => ms)
      );
      const { paths, leftOut } = cutPaths(before, most);
      expect(paths).toHaveLength(Math.min(most, before.length));
      expect(leftOut).toBe(before.length - paths.length);
      paths.forEach(({ parent, depth, subtreeEnd }, at) => {
        const above = paths[parent];
        expect([parent < at, above?.depth ?? -1]).toEqual([true, depth - 1]);
        const below = paths.findIndex((one, place) => place > at && one.depth <= depth);
        expect(subtreeEnd).toBe(below === -1 ? paths.length : below);
      });
    })
  );
});
