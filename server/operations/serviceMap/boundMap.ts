import type { MapViews } from './mapViews.ts';

/** More nobody can read, and more costs browsers too much. */
export const MOST_NODES = 1000;
export const MOST_EDGES = 5000;

export interface BoundedMap extends MapViews {
  readonly omitted: { readonly nodes: number; readonly edges: number };
}

/** The busiest and the hurting part of a map that is too large: what hurts or changed is kept first. */
export function boundMap({ nodes, edges }: MapViews, most = { nodes: MOST_NODES, edges: MOST_EDGES }): BoundedMap {
  const traffic = new Map<string, number>();
  for (const { from, to, figures } of edges) {
    traffic.set(from, (traffic.get(from) ?? 0) + figures.calls);
    traffic.set(to, (traffic.get(to) ?? 0) + figures.calls);
  }
  const weigh = (id: string): number => traffic.get(id) ?? 0;
  // What lost its last call has no traffic at all, and its calls can only be shown between both their ends.
  const changed = new Set(edges.filter(({ changes }) => changes.length > 0).flatMap(({ from, to }) => [from, to]));
  const isTold = ({ id, health: { state }, changes }: MapViews['nodes'][number]): boolean =>
    state === 'critical' || state === 'degraded' || changes.length > 0 || changed.has(id);
  const keptNodes =
    nodes.length <= most.nodes
      ? nodes
      : nodes
          .toSorted((a, b) => Number(isTold(b)) - Number(isTold(a)) || weigh(b.id) - weigh(a.id))
          .slice(0, most.nodes);
  const ids = new Set(keptNodes.map(({ id }) => id));
  const between = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const keptEdges =
    between.length <= most.edges
      ? between
      : between
          .toSorted(
            (a, b) =>
              Number(b.changes.length > 0) - Number(a.changes.length > 0) ||
              b.figures.failed - a.figures.failed ||
              b.figures.calls - a.figures.calls
          )
          .slice(0, most.edges);
  return {
    nodes: keptNodes,
    edges: keptEdges,
    omitted: { nodes: nodes.length - keptNodes.length, edges: edges.length - keptEdges.length },
  };
}
