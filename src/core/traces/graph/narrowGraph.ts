import type { GraphEdge, GraphNode, TraceGraph } from './traceGraph.ts';

/** A part of a graph. */
export interface NarrowedGraph extends TraceGraph {
  /** For each node its place in the whole graph. */
  readonly places: readonly number[];
  /** Nodes that were left out for want of room. */
  readonly leftOut: number;
}

export interface Narrowing {
  /** Only nodes that failed, and the way to them from an entry. */
  readonly errorsOnly: boolean;
  /** At most so many nodes: those that took the most time by themselves, and entries. */
  readonly most: number;
}

/** What of a graph is shown. */
export function narrowGraph(graph: TraceGraph, { errorsOnly, most }: Narrowing): NarrowedGraph {
  const wanted = errorsOnly ? leadingToErrors(graph) : new Set(graph.nodes.keys());
  const kept = [...wanted].sort(byWeight(graph.nodes)).slice(0, most);
  const places = kept.sort((a, b) => a - b);
  const renamed = new Map(places.map((place, index) => [place, index]));
  return {
    nodes: places.map((place) => graph.nodes[place]).filter((node) => node !== undefined),
    edges: graph.edges.map((edge) => moved(edge, renamed)).filter((edge) => edge !== undefined),
    places,
    leftOut: wanted.size - places.length,
  };
}

/** Entries first, then what failed, then what took time by itself. */
const byWeight =
  (nodes: readonly GraphNode[]) =>
  (a: number, b: number): number => {
    const [one, other] = [nodes[a], nodes[b]];
    return one === undefined || other === undefined
      ? a - b
      : Number(other.isEntry) - Number(one.isEntry) || other.errors - one.errors || other.selfNs - one.selfNs || a - b;
  };

function moved(edge: GraphEdge, renamed: ReadonlyMap<number, number>): GraphEdge | undefined {
  const from = renamed.get(edge.from);
  const to = renamed.get(edge.to);
  return from === undefined || to === undefined ? undefined : { ...edge, from, to };
}

/** Failed nodes and all from which a call leads to one. */
function leadingToErrors({ nodes, edges }: TraceGraph): Set<number> {
  const callers: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) {
    callers[to]?.push(from);
  }
  const found = new Set([...nodes.keys()].filter((place) => (nodes[place]?.errors ?? 0) > 0));
  const open = [...found];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const caller of callers[place] ?? []) {
      if (!found.has(caller)) {
        found.add(caller);
        open.push(caller);
      }
    }
  }
  return found;
}
