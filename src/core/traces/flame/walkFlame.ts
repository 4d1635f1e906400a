import { cell } from '../column.ts';
import type { Flame } from './flame.ts';

export type FlameStep = 'up' | 'down' | 'left' | 'right';

export interface FlameMove {
  readonly from: number;
  readonly step: FlameStep;
}

/** The node that a key leads to from another; the same where there is none that way. Nodes without width are passed over. */
export function walkFlame(flame: Flame, widths: Float64Array, { from, step }: FlameMove): number {
  switch (step) {
    case 'up':
      return cell(flame.parent, from) === -1 ? from : cell(flame.parent, from);
    case 'down':
      return widestChild(flame, widths, from) ?? from;
    case 'left':
    case 'right':
      return neighbour(flame, widths, { from, step }) ?? from;
  }
}

function widestChild(flame: Flame, widths: Float64Array, node: number): number | undefined {
  let widest: number | undefined;
  const end = cell(flame.subtreeEnd, node);
  for (let child = node + 1; child < end; child = cell(flame.subtreeEnd, child)) {
    if (cell(widths, child) > (widest === undefined ? 0 : cell(widths, widest))) {
      widest = child;
    }
  }
  return widest;
}

/** Roots are siblings of each other. */
function neighbour(
  flame: Flame,
  widths: Float64Array,
  { from, step }: { from: number; step: 'left' | 'right' }
): number | undefined {
  const parent = cell(flame.parent, from);
  const end = parent === -1 ? flame.size : cell(flame.subtreeEnd, parent);
  let before: number | undefined;
  for (let node = parent + 1; node < end; node = cell(flame.subtreeEnd, node)) {
    if (node === from && step === 'left') {
      return before;
    }
    if (cell(widths, node) > 0) {
      if (step === 'right' && node > from) {
        return node;
      }
      before = node;
    }
  }
  return undefined;
}
