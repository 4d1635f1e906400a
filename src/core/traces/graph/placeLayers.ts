import type { Layered } from './orderLayers.ts';
import { meanOf, neighboursOf } from './orderLayers.ts';

export interface Placing extends Layered {
  readonly layers: ReadonlyArray<readonly number[]>;
  /** By node, how much room it needs across the layers' direction. */
  readonly breadth: ArrayLike<number>;
  readonly gap: number;
}

const ROUNDS = 12;

/** By node, the middle of it across the direction of the layers: near the middle of its neighbours, in the given order, apart. */
export function placeLayers({ layer, arrows, layers, breadth, gap }: Placing): Float64Array {
  const middle = new Float64Array(layer.length);
  const before = neighboursOf(layer.length, arrows, 'to');
  const after = neighboursOf(layer.length, arrows, 'from');
  for (const nodes of layers) {
    settle(nodes, { middle, breadth, gap, wanted: () => undefined });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const down = round % 2 === 0;
    const neighbours = down ? before : after;
    for (const nodes of down ? layers : layers.toReversed()) {
      settle(nodes, { middle, breadth, gap, wanted: (node) => meanOf(neighbours[node] ?? [], middle) });
    }
  }
  return middle;
}

interface Settling {
  readonly middle: Float64Array;
  readonly breadth: ArrayLike<number>;
  readonly gap: number;
  readonly wanted: (node: number) => number | undefined;
}

interface Block {
  sum: number;
  count: number;
}

/**
 * Puts nodes where they want to be as nearly as their order and room allow: the least sum of squares, by pooling neighbours that
 * would overlap (isotonic regression, "pool adjacent violators").
 */
function settle(nodes: readonly number[], { middle, breadth, gap, wanted }: Settling): void {
  const offsets: number[] = [];
  let offset = 0;
  nodes.forEach((node, index) => {
    const half = (breadth[node] ?? 0) / 2;
    offset += index === 0 ? 0 : gap + half;
    offsets.push(offset);
    offset += half;
  });
  const blocks: Block[] = [];
  nodes.forEach((node, index) => {
    const at = (wanted(node) ?? middle[node] ?? 0) - (offsets[index] ?? 0);
    blocks.push({ sum: at, count: 1 });
    pool(blocks);
  });
  let index = 0;
  for (const { sum, count } of blocks) {
    for (const end = index + count; index < end; index += 1) {
      middle[nodes[index] ?? 0] = sum / count + (offsets[index] ?? 0);
    }
  }
}

function pool(blocks: Block[]): void {
  for (let last = blocks.at(-1), before = blocks.at(-2); last && before; last = blocks.at(-1), before = blocks.at(-2)) {
    if (before.sum / before.count <= last.sum / last.count) {
      return;
    }
    blocks.pop();
    before.sum += last.sum;
    before.count += last.count;
  }
}
