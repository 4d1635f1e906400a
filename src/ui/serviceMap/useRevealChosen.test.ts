import { NODE } from './geometry.ts';
import type { ShownEdge } from './shownMap.ts';
import { boxOfChosen, roomBeside } from './useRevealChosen.ts';
import { backFrom, reveal, revealForNow, zoomAt } from './useViewport.ts';

const cells = new Map([
  ['a', { column: 0, row: 0 }],
  ['b', { column: 2, row: 1 }],
]);
const figures = { calls: 1, failed: 0, rate: 1, errorRatio: 0, p95: null };
const edges: ShownEdge[] = [
  { ...{ id: 'a → b', from: 'a', to: 'b', kind: 'call', figures, before: null }, changes: [] },
];

it('finds what is chosen on the map', () => {
  expect(boxOfChosen({ chosen: { node: 'b' }, edges, cells })).toEqual({ x: 500, y: 100, ...NODE });
  expect(boxOfChosen({ chosen: { edge: 'a → b' }, edges, cells })).toEqual({
    x: 0,
    y: 0,
    width: 500 + NODE.width,
    height: 100 + NODE.height,
  });
  expect(boxOfChosen({ chosen: { node: 'nobody' }, edges, cells })).toBeUndefined();
  expect(boxOfChosen({ chosen: { edge: 'nothing' }, edges, cells })).toBeUndefined();
  expect(boxOfChosen({ chosen: { node: 'b' }, edges, cells: undefined })).toBeUndefined();
});

it('leaves the room beside what covers the right side, unless nothing would be left', () => {
  expect(roomBeside({ width: 1000, right: 1250 }, 1280 - 384)).toBe(646);
  expect(roomBeside({ width: 500, right: 700 }, 1280 - 384)).toBe(500);
  expect(roomBeside({ width: 350, right: 365 }, 380 - 364)).toBe(350);
});

it('moves a node out from under what covers it, and no other', () => {
  const view = { left: 0, top: 0, zoom: 1 };
  const room = { width: 646, height: 500 };
  const box = { x: 500, y: 100, ...NODE };
  const moved = reveal(view, box, room);
  expect(box.x + moved.left + NODE.width).toBeLessThan(room.width);
  expect(reveal(view, { ...box, x: 100 }, room)).toBe(view);
});

it('moves back to where the reader was, however many were looked at, unless they have moved it themselves', () => {
  const view = { left: 0, top: 0, zoom: 1 };
  const room = { width: 646, height: 500 };
  const first = revealForNow(view, { x: 500, y: 100, ...NODE }, room);
  const second = revealForNow(first, { x: 900, y: 100, ...NODE }, room);
  expect(second.left).toBeLessThan(first.left);
  expect(backFrom(second)).toBe(view);
  expect(backFrom(view)).toBe(view);
  const own = zoomAt(second, 2, { x: 0, y: 0 });
  expect(backFrom(own)).toBe(own);
});
