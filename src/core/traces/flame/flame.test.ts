import fc from 'fast-check';
import { cell } from '../column.ts';
import { criticalPath } from '../criticalPath.ts';
import { drawTrace, type DrawnSpan } from '../drawTrace.fixture.ts';
import { mergePaths } from '../mergePaths.ts';
import { spanMeasures } from '../spanMeasures.ts';
import { FLAME_WIDTHS, flameOfTrace, flameWidths, type Flame } from './flame.ts';
import { ancestors, flameBoxes, totalOf, type FlameBox } from './flameBoxes.ts';
import { flameOfPaths } from './flameOfPaths.ts';
import { flameRows } from './flameRows.ts';
import { searchFlame } from './searchFlame.ts';
import { walkFlame } from './walkFlame.ts';

const flameOf = (spans: readonly DrawnSpan[]): Flame => {
  const trace = drawTrace(spans);
  return flameOfTrace(trace, spanMeasures(trace, criticalPath(trace)));
};

/** `a` of 100 with `b` and `c` beside each other, `d` below `c`. */
const SMALL: readonly DrawnSpan[] = [
  { id: 'a', from: 0, to: 100 },
  { id: 'b', parent: 'a', from: 0, to: 40, failed: true },
  { id: 'c', parent: 'a', from: 40, to: 90, service: 'payments' },
  { id: 'd', parent: 'c', from: 50, to: 60 },
];
const [A, B, C, D] = [0, 1, 2, 3];

const anySpans = fc
  .array(fc.record({ parent: fc.nat(), from: fc.nat(50), length: fc.nat(50) }), { minLength: 1, maxLength: 40 })
  .map((items) =>
    items.map(({ parent, from, length }, at) => ({
      id: `s${at}`,
      ...(at === 0 ? {} : { parent: `s${parent % at}` }),
      from,
      to: from + length,
      service: `service ${parent % 3}`,
    }))
  );

const all = { from: 0, to: 1000 };
const named = (flame: Flame, boxes: readonly FlameBox[]) =>
  boxes.map(({ node, row, left, width, merged }) => [
    merged > 1 ? merged : flame.names[cell(flame.name, node)],
    row,
    Math.round(left),
    Math.round(width),
  ]);

it('gives each node the room of its own time and of all below it', () => {
  const flame = flameOf(SMALL);
  const widths = flameWidths(flame, 'self');
  expect(named(flame, flameBoxes(flame, { widths, zoom: -1, width: 200, rows: all }))).toEqual([
    ['a', 0, 0, 200],
    ['b', 1, 0, 80],
    ['c', 1, 80, 100],
    ['d', 2, 80, 20],
  ]);
});

it('fills the width with what is zoomed to, its ancestors above', () => {
  const flame = flameOf(SMALL);
  const widths = flameWidths(flame, 'self');
  expect(named(flame, flameBoxes(flame, { widths, zoom: C, width: 200, rows: all }))).toEqual([
    ['a', 0, 0, 200],
    ['c', 1, 0, 200],
    ['d', 2, 0, 40],
  ]);
  expect(ancestors(flame, D)).toEqual([A, C]);
});

it('draws only the rows in sight', () => {
  const flame = flameOf(SMALL);
  const boxes = flameBoxes(flame, {
    widths: flameWidths(flame, 'self'),
    zoom: -1,
    width: 200,
    rows: { from: 2, to: 3 },
  });
  expect(named(flame, boxes)).toEqual([['d', 2, 80, 20]]);
});

it('draws neighbours that are too narrow as one', () => {
  const spans = Array.from({ length: 1000 }, (_, at) => ({ id: `n${at}`, parent: 'a', from: at, to: at + 1 }));
  const flame = flameOf([{ id: 'a', from: 0, to: 1000 }, ...spans]);
  const boxes = flameBoxes(flame, { widths: flameWidths(flame, 'self'), zoom: -1, width: 500, rows: all });
  expect(named(flame, boxes)).toEqual([
    ['a', 0, 0, 500],
    [1000, 1, 0, 500],
  ]);
});

it('adds up: the critical width of a trace is the duration of its root, and no box leaves its parent', () => {
  fc.assert(
    fc.property(anySpans, fc.constantFrom(...FLAME_WIDTHS), (spans, width) => {
      const trace = drawTrace(spans);
      const path = criticalPath(trace);
      const flame = flameOfTrace(trace, spanMeasures(trace, path));
      const widths = flameWidths(flame, width);
      if (width === 'critical') {
        expect(totalOf(flame, widths)).toBe(cell(trace.endNs, path.root) - cell(trace.startNs, path.root));
      }
      const boxes = flameBoxes(flame, { widths, zoom: -1, width: 1000, rows: all }).filter(
        ({ merged }) => merged === 1
      );
      const byNode = new Map(boxes.map((box) => [box.node, box]));
      for (const box of boxes) {
        const parent = byNode.get(cell(flame.parent, box.node));
        if (parent !== undefined) {
          expect(box.left).toBeGreaterThanOrEqual(parent.left - 1e-6);
          expect(box.left + box.width).toBeLessThanOrEqual(parent.left + parent.width + 1e-6);
        }
      }
      for (const [at, box] of boxes.entries()) {
        const next = boxes.slice(at + 1).find(({ row }) => row === box.row);
        expect((next?.left ?? Infinity) - (box.left + box.width)).toBeGreaterThan(-1e-6);
      }
    })
  );
});

it('counts the rows that have a width', () => {
  const flame = flameOf(SMALL);
  expect(flameRows(flame, flameWidths(flame, 'self'), -1)).toBe(3);
  expect(flameRows(flame, flameWidths(flame, 'self'), B)).toBe(2);
  expect(flameRows(flame, new Float64Array(4), -1)).toBe(0);
});

it('walks to parents, the widest child, and neighbours', () => {
  const flame = flameOf(SMALL);
  const widths = flameWidths(flame, 'self');
  const walk = (from: number, step: 'up' | 'down' | 'left' | 'right') => walkFlame(flame, widths, { from, step });
  expect([walk(A, 'down'), walk(C, 'down'), walk(D, 'up'), walk(B, 'right'), walk(C, 'left')]).toEqual([C, D, C, C, B]);
  expect([walk(A, 'up'), walk(D, 'down'), walk(B, 'left'), walk(C, 'right'), walk(A, 'right')]).toEqual([
    A,
    D,
    B,
    C,
    A,
  ]);
});

it('finds by service or operation, and counts each part of the width once', () => {
  const flame = flameOf(SMALL);
  const widths = flameWidths(flame, 'self');
  expect(searchFlame(flame, widths, ' PAY')).toEqual({ hits: Uint8Array.from([0, 0, 1, 0]), count: 1, share: 0.5 });
  expect(searchFlame(flame, widths, 'shop')).toMatchObject({ count: 3, share: 1 });
  expect(searchFlame(flame, widths, 'nothing')).toMatchObject({ count: 0, share: 0 });
  expect(searchFlame(flame, widths, '  ')).toBeUndefined();
});

it('draws many traces with the sums of their paths', () => {
  const flame = flameOfPaths(mergePaths([drawTrace(SMALL), drawTrace(SMALL)]));
  expect(Array.from(flame.count)).toEqual([2, 2, 2, 2]);
  expect(Array.from(flame.errors)).toEqual([0, 0, 0, 2]);
  expect(totalOf(flame, flameWidths(flame, 'self'))).toBe(200);
  expect(totalOf(flame, flameWidths(flame, 'critical'))).toBe(200);
});

it('takes 100,000 spans below each other or beside each other', () => {
  const chain = flameOf(
    Array.from({ length: 100_000 }, (_, at) => ({
      id: `c${at}`,
      from: 0,
      to: 200_000 - at,
      ...(at === 0 ? {} : { parent: `c${at - 1}` }),
    }))
  );
  const widths = flameWidths(chain, 'self');
  expect(flameRows(chain, widths, -1)).toBe(100_000);
  expect(flameBoxes(chain, { widths, zoom: -1, width: 1000, rows: { from: 500, to: 525 } })).toHaveLength(25);
});
