import { cell } from '../column.ts';
import type { Flame } from './flame.ts';

/** How many rows there are down to the deepest node with a width, within what is zoomed to (-1: all). */
export function flameRows(flame: Flame, widths: Float64Array, zoom: number): number {
  const [from, to] = zoom === -1 ? [0, flame.size] : [zoom, cell(flame.subtreeEnd, zoom)];
  let deepest = -1;
  for (let node = from; node < to; node += 1) {
    if (cell(widths, node) > 0) {
      deepest = Math.max(deepest, cell(flame.depth, node));
    }
  }
  return deepest + 1;
}
