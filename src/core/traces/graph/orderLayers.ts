import type { Arrow } from './layers.ts';

export interface Layered {
  /** By node. */
  readonly layer: ArrayLike<number>;
  /** Each from one layer to the next. */
  readonly arrows: readonly Arrow[];
}

/** More make no difference that is seen. */
const SWEEPS = 8;

/** Nodes layer by layer, in an order in which few edges cross: by the mean place of their neighbours, down and up by turns. */
export function orderLayers({ layer, arrows }: Layered): number[][] {
  const layers: number[][] = [];
  for (let node = 0; node < layer.length; node += 1) {
    (layers[layer[node] ?? 0] ??= []).push(node);
  }
  const before = neighboursOf(layer.length, arrows, 'to');
  const after = neighboursOf(layer.length, arrows, 'from');
  const place = new Float64Array(layer.length);
  layers.forEach((nodes) => keepPlaces(nodes, place));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const nodes of down ? layers : layers.toReversed()) {
      sortByMean(nodes, down ? before : after, place);
    }
  }
  return layers;
}

/** By node, those at the other end of the edges that have it at an end. */
export function neighboursOf(size: number, arrows: readonly Arrow[], end: keyof Arrow): number[][] {
  const lists: number[][] = Array.from({ length: size }, () => []);
  for (const arrow of arrows) {
    lists[arrow[end]]?.push(end === 'from' ? arrow.to : arrow.from);
  }
  return lists;
}

function sortByMean(nodes: number[], neighbours: readonly number[][], place: Float64Array): void {
  const mean = new Map(nodes.map((node) => [node, meanOf(neighbours[node] ?? [], place) ?? place[node] ?? 0]));
  nodes.sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0) || (place[a] ?? 0) - (place[b] ?? 0));
  keepPlaces(nodes, place);
}

function keepPlaces(nodes: readonly number[], place: Float64Array): void {
  nodes.forEach((node, index) => {
    place[node] = index;
  });
}

/** Undefined for none. */
export function meanOf(nodes: readonly number[], position: ArrayLike<number>): number | undefined {
  return nodes.length === 0 ? undefined : nodes.reduce((sum, node) => sum + (position[node] ?? 0), 0) / nodes.length;
}
