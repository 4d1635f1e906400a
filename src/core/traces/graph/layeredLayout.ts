import { backwardArrows, layersOf, type Arrow } from './layers.ts';
import { orderLayers } from './orderLayers.ts';
import { placeLayers } from './placeLayers.ts';

export interface LayoutInput {
  /** Number of nodes. */
  readonly size: number;
  readonly arrows: readonly Arrow[];
  /** Px of one node along the direction of the layers, and across. */
  readonly node: { readonly along: number; readonly across: number };
  /** Px between layers, and between nodes of one. */
  readonly gap: { readonly along: number; readonly across: number };
}

export interface Point {
  readonly along: number;
  readonly across: number;
}

export interface LayeredLayout {
  /** By node, its middle. */
  readonly nodes: readonly Point[];
  /** By edge, from its node to its node, through the gaps between others. */
  readonly arrows: ReadonlyArray<readonly Point[]>;
  readonly along: number;
  readonly across: number;
}

/** Long edges get room of their own between nodes, so long as they are not too many. */
const MOST_BENDS = 4_000;
/** Of the room of a node. */
const BEND_ROOM = 0.35;

/**
 * Nodes in layers, each behind all that lead to it, in the manner of Sugiyama, Tagawa and Toda (1981): cycles are broken, the
 * longest way gives the layer, the mean of neighbours the order and the place. The same input gives the same layout.
 */
export function layeredLayout({ size, arrows, node, gap }: LayoutInput): LayeredLayout {
  const backward = backwardArrows(size, arrows);
  const forward = arrows.map((arrow, index) => (backward[index] === true ? turned(arrow) : arrow));
  const split = splitLong(forward, layersOf(size, forward));
  const layers = orderLayers(split);
  const breadth = Array.from(split.layer, (_, at) => (at < size ? node.across : node.across * BEND_ROOM));
  const middle = placeLayers({ ...split, layers, breadth, gap: gap.across });
  const least = middle.reduce((low, at, index) => Math.min(low, at - (breadth[index] ?? 0) / 2), Infinity);
  const most = middle.reduce((high, at, index) => Math.max(high, at + (breadth[index] ?? 0) / 2), -Infinity);
  const points = Array.from(split.layer, (layer, at) => ({
    along: layer * (node.along + gap.along) + node.along / 2,
    across: (middle[at] ?? 0) - least,
  }));
  return {
    nodes: points.slice(0, size),
    arrows: split.ways.map((way, index) => pointsOf(backward[index] === true ? way.toReversed() : way, points)),
    along: Math.max(0, layers.length * (node.along + gap.along) - gap.along),
    across: size === 0 ? 0 : most - least,
  };
}

const turned = ({ from, to }: Arrow): Arrow => ({ from: to, to: from });

const pointsOf = (way: readonly number[], points: readonly Point[]): readonly Point[] =>
  way.map((at) => points[at]).filter((point) => point !== undefined);

/** Puts a bend into each layer that an edge passes. */
function splitLong(arrows: readonly Arrow[], layerOf: Uint32Array) {
  const layer = [...layerOf];
  const steps = ({ from, to }: Arrow): number => (layerOf[to] ?? 0) - (layerOf[from] ?? 0);
  const bends = arrows.reduce((sum, arrow) => sum + Math.max(0, steps(arrow) - 1), 0);
  const short: Arrow[] = [];
  const ways = arrows.map((arrow) => {
    const way = [arrow.from];
    for (let step = 1; bends <= MOST_BENDS && step < steps(arrow); step += 1) {
      way.push(layer.push((layerOf[arrow.from] ?? 0) + step) - 1);
    }
    way.push(arrow.to);
    way.slice(1).forEach((to, index) => short.push({ from: way[index] ?? to, to }));
    return way;
  });
  return { layer, arrows: short, ways };
}
