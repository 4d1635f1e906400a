import fc from 'fast-check';
import { cell } from '../column.ts';
import { layeredLayout } from './layeredLayout.ts';
import { backwardArrows, layersOf } from './layers.ts';

const NODE = { along: 100, across: 40 };
const GAP = { along: 60, across: 10 };
const layout = (size: number, arrows: ReadonlyArray<readonly [number, number]>) =>
  layeredLayout({ size, arrows: arrows.map(([from, to]) => ({ from, to })), node: NODE, gap: GAP });

const anyGraph = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    arrows: fc
      .uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60, selector: ([a, b]) => `${a} ${b}` })
      .map((pairs) => pairs.filter(([a, b]) => a !== b)),
  })
);

it('puts a chain in a row, each behind the one before', () => {
  const { nodes, along, across } = layout(3, [
    [0, 1],
    [1, 2],
  ]);
  expect(nodes).toEqual([
    { along: 50, across: 20 },
    { along: 210, across: 20 },
    { along: 370, across: 20 },
  ]);
  expect([along, across]).toEqual([420, 40]);
});

it('puts children beside each other, their parent in the middle', () => {
  const { nodes } = layout(3, [
    [0, 1],
    [0, 2],
  ]);
  expect(nodes.map(({ across }) => across)).toEqual([45, 20, 70]);
});

it('leads a long edge past the nodes in between', () => {
  const { arrows } = layout(3, [
    [0, 1],
    [1, 2],
    [0, 2],
  ]);
  expect(arrows.map((points) => points.length)).toEqual([2, 2, 3]);
});

it('turns an edge of a cycle round and draws it as it is', () => {
  const { nodes, arrows } = layout(2, [
    [0, 1],
    [1, 0],
  ]);
  expect(nodes.map(({ along }) => along)).toEqual([50, 210]);
  expect(arrows[1]?.map(({ along }) => along)).toEqual([210, 50]);
});

it('keeps what is not connected, and draws nothing of nothing', () => {
  expect(layout(2, []).nodes).toEqual([
    { along: 50, across: 20 },
    { along: 50, across: 70 },
  ]);
  expect(layout(0, [])).toEqual({ nodes: [], arrows: [], along: 0, across: 0 });
});

it('overlaps no nodes, lets no edge lead back but those of cycles, and is the same each time', () => {
  fc.assert(
    fc.property(anyGraph, ({ size, arrows }) => {
      const placed = layout(size, arrows);
      expect(layout(size, arrows)).toEqual(placed);
      placed.nodes.forEach((a, at) => {
        for (const b of placed.nodes.slice(at + 1)) {
          const apart =
            Math.abs(a.along - b.along) >= NODE.along || Math.abs(a.across - b.across) >= NODE.across - 1e-6;
          expect(apart).toBe(true);
        }
        expect(a.across).toBeGreaterThanOrEqual(NODE.across / 2 - 1e-6);
        expect(a.across).toBeLessThanOrEqual(placed.across - NODE.across / 2 + 1e-6);
      });
    })
  );
});

it('breaks every cycle', () => {
  fc.assert(
    fc.property(anyGraph, ({ size, arrows }) => {
      const all = arrows.map(([from, to]) => ({ from, to }));
      const backward = backwardArrows(size, all);
      const forward = all.map(({ from, to }, at) => (backward[at] === true ? { from: to, to: from } : { from, to }));
      const layer = layersOf(size, forward);
      for (const { from, to } of forward) {
        expect(cell(layer, to)).toBeGreaterThan(cell(layer, from));
      }
    })
  );
});

it('takes a chain of 20,000 and 300 nodes with 3,000 edges', () => {
  const chain = Array.from({ length: 19_999 }, (_, at) => [at, at + 1] as const);
  expect(layout(20_000, chain).along).toBe(20_000 * 160 - 60);
  const dense = Array.from({ length: 3000 }, (_, at) => [(at * 7) % 300, (at * 13 + 1) % 300] as const).filter(
    ([a, b]) => a !== b
  );
  expect(layout(300, dense).nodes).toHaveLength(300);
});
