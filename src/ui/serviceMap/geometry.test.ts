import { boundsOf, columnsOf, cornerOf, curveBetween, freeRow, NODE } from './geometry.ts';
import { fitView, reveal, zoomAt } from './useViewport.ts';

const cell = (column: number, row: number) => ({ column, row });

it('leads a line around the nodes between', () => {
  expect(freeRow(0, [0, 1])).toBe(-0.5);
  expect(freeRow(0.9, [0, 1])).toBe(0.5);
  expect(freeRow(5, [0, 1])).toBe(5);
  const straight = curveBetween(cell(0, 0), cell(2, 0)).path;
  const around = curveBetween(cell(0, 0), cell(2, 0), columnsOf([cell(0, 0), cell(1, 0), cell(2, 0)])).path;
  const under = cornerOf(cell(1, 0)).y - NODE.height;
  expect(straight).not.toContain('C');
  // Half a row above the middle of the node in between.
  expect(around).toContain(`,${under + NODE.height / 2 + (NODE.height - 50)}`);
});

it('swings out on the way back', () => {
  const { path, middle } = curveBetween(cell(2, 0), cell(0, 0));
  expect(path).toMatch(/^M676,36C766,/);
  expect(middle.y).toBeLessThan(0);
});

it('knows the bounds of what is drawn', () => {
  expect(boundsOf([])).toBeUndefined();
  expect(boundsOf([cell(0, 0), cell(1, 2)])).toEqual({
    x: 0,
    y: 0,
    width: 250 + NODE.width,
    height: 200 + NODE.height,
  });
});

it('shows all of it, no larger than life, in the middle', () => {
  const size = { width: 1048, height: 548 };
  expect(fitView({ x: 0, y: 0, width: 2000, height: 100 }, size)).toEqual({ zoom: 0.5, left: 24, top: 249 });
  expect(fitView({ x: 10, y: 10, width: 100, height: 100 }, size).zoom).toBe(1);
  // On a phone, from its beginning rather than too small to read.
  expect(fitView({ x: 5, y: 0, width: 2000, height: 100 }, size, 0.8)).toEqual({ zoom: 0.8, left: 20, top: 234 });
});

it('moves no more than is needed for something to be in sight', () => {
  const size = { width: 400, height: 300 };
  const view = { left: 0, top: 0, zoom: 1 };
  const at = (x: number, y: number) => ({ x, y, width: 100, height: 50 });
  expect(reveal(view, at(100, 100), size)).toBe(view);
  expect(reveal(view, at(500, 100), size)).toEqual({ left: -224, top: 0, zoom: 1 });
  expect(reveal(view, at(-50, -50), size)).toEqual({ left: 74, top: 74, zoom: 1 });
  // What is larger than the frame shows its beginning.
  expect(reveal(view, { x: 30, y: 100, width: 900, height: 50 }, size)).toEqual({ left: -6, top: 0, zoom: 1 });
});

it('zooms around a point', () => {
  const before = { left: 10, top: 20, zoom: 1 };
  const after = zoomAt(before, 2, { x: 110, y: 120 });
  expect([(110 - after.left) / after.zoom, (120 - after.top) / after.zoom]).toEqual([100, 100]);
  expect(zoomAt(before, 1e9, { x: 0, y: 0 }).zoom).toBe(2);
  expect(zoomAt(before, 1e-9, { x: 0, y: 0 }).zoom).toBe(0.04);
});
