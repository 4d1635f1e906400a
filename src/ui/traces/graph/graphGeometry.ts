import { layeredLayout, type Point } from '../../../core/traces/graph/layeredLayout.ts';
import type { TraceGraph } from '../../../core/traces/graph/traceGraph.ts';

/** Which way calls lead: to the right where it is wide, else down. */
export type GraphDirection = 'right' | 'down';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface GraphGeometry {
  readonly direction: GraphDirection;
  readonly node: { readonly width: number; readonly height: number };
  /** By node, its middle. */
  readonly nodes: readonly Spot[];
  /** By edge, as an SVG path from border to border, and where its words stand. */
  readonly edges: ReadonlyArray<{ readonly path: string; readonly label: Spot }>;
  readonly width: number;
  readonly height: number;
}

const NODES: Readonly<Record<GraphDirection, GraphGeometry['node']>> = {
  right: { width: 200, height: 48 },
  down: { width: 150, height: 48 },
};
const GAPS: Readonly<Record<GraphDirection, { readonly along: number; readonly across: number }>> = {
  right: { along: 110, across: 22 },
  down: { along: 56, across: 16 },
};

/** Places for the nodes and edges of a graph. */
export function graphGeometry({ nodes, edges }: TraceGraph, direction: GraphDirection): GraphGeometry {
  const isRight = direction === 'right';
  const node = NODES[direction];
  const size = isRight ? { along: node.width, across: node.height } : { along: node.height, across: node.width };
  const layout = layeredLayout({ size: nodes.length, arrows: edges, node: size, gap: GAPS[direction] });
  const spotOf = ({ along, across }: Point): Spot => (isRight ? { x: along, y: across } : { x: across, y: along });
  return {
    direction,
    node,
    nodes: layout.nodes.map(spotOf),
    edges: layout.arrows.map((points) => {
      const way = toBorders(points, size.along / 2);
      return { path: curve(way, spotOf), label: spotOf(nearEnd(way)) };
    }),
    width: isRight ? layout.along : layout.across,
    height: isRight ? layout.across : layout.along,
  };
}

/** So that a call back does not lie on the call that it answers. */
const BACKWARD_ASIDE = 12;

/** From the border of the first node to that of the last, whichever way the edge leads. */
function toBorders(points: readonly Point[], half: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) {
    return points;
  }
  const isForward = last.along >= first.along;
  const out = isForward ? half : -half;
  const way = [{ ...first, along: first.along + out }, ...points.slice(1, -1), { ...last, along: last.along - out }];
  return isForward ? way : way.map(({ along, across }) => ({ along, across: across + BACKWARD_ASIDE }));
}

/** Leaves and meets each point in the direction of the layers. */
function curve(points: readonly Point[], spotOf: (point: Point) => Spot): string {
  const written = (point: Point): string => {
    const { x, y } = spotOf(point);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  return points
    .map((point, at) => {
      const before = points[at - 1];
      if (before === undefined) {
        return `M${written(point)}`;
      }
      const along = (before.along + point.along) / 2;
      return `C${written({ ...before, along })} ${written({ ...point, along })} ${written(point)}`;
    })
    .join('');
}

/** Of the last stretch: beyond where edges of one node part, short of the node. */
const LABEL_AT = 0.62;

function nearEnd(points: readonly Point[]): Point {
  const [from, to] = [points.at(-2), points.at(-1)];
  if (from === undefined || to === undefined) {
    return { along: 0, across: 0 };
  }
  const t = LABEL_AT;
  const middle = (from.along + to.along) / 2;
  const [start, inner, end] = [(1 - t) ** 3, 3 * t * (1 - t), t ** 3];
  // A cubic whose two inner points lie half the way along, as `curve` draws it.
  return {
    along: start * from.along + inner * middle + end * to.along,
    across: from.across + (to.across - from.across) * (3 * t ** 2 - 2 * end),
  };
}
