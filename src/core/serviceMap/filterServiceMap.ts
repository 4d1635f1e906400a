import type { ChangeKind } from './diffServiceMaps.ts';
import type { MapEdge, MapNode } from './serviceMap.ts';

export interface MapFilter {
  /** Ids of nodes: only what is at most `depth` calls away from one of them, in either direction. */
  readonly around?: readonly string[] | undefined;
  readonly depth?: number | undefined;
  /** Only calls that fail, or are gone and failed before, with both their ends, and nodes that hurt. */
  readonly errorsOnly?: boolean | undefined;
  readonly namespace?: string | undefined;
}

type Graph<N extends Pick<MapNode, 'id' | 'namespace'>, E extends Pick<MapEdge, 'from' | 'to'>> = {
  readonly nodes: readonly N[];
  readonly edges: readonly E[];
};

/** Ids of all that is at most `depth` edges away from one of the nodes, whichever way they point. */
export function neighbourhood(
  edges: ReadonlyArray<Pick<MapEdge, 'from' | 'to'>>,
  around: readonly string[],
  depth: number
): ReadonlySet<string> {
  const beside = new Map<string, string[]>();
  const put = (from: string, to: string): void => {
    const known = beside.get(from);
    if (known === undefined) {
      beside.set(from, [to]);
    } else {
      known.push(to);
    }
  };
  for (const { from, to } of edges) {
    put(from, to);
    put(to, from);
  }
  const reached = new Set(around);
  let front = [...reached];
  for (let step = 0; step < depth && front.length > 0; step += 1) {
    front = front.flatMap((id) => beside.get(id) ?? []).filter((id) => !reached.has(id) && reached.add(id));
  }
  return reached;
}

type Failures = Pick<MapEdge['figures'], 'failed'>;

interface FilteredEdge extends Pick<MapEdge, 'from' | 'to'> {
  readonly figures: Failures;
  /** Of the baseline; null where there is none. */
  readonly before: Failures | null;
  readonly changes: ReadonlyArray<{ readonly kind: ChangeKind }>;
}

/** Calls that are gone fail no more: that they did may be why they are. */
const isFailing = ({ figures, before, changes }: FilteredEdge): boolean =>
  figures.failed > 0 || (before !== null && before.failed > 0 && changes.some(({ kind }) => kind === 'gone'));

/**
 * The part of a map that was asked for. A namespace keeps what its services call and what calls them, so that none of their edges
 * ends in nothing.
 * @param isHurting which nodes count as failing by themselves
 */
export function filterServiceMap<N extends Pick<MapNode, 'id' | 'namespace'>, E extends FilteredEdge>(
  { nodes, edges }: Graph<N, E>,
  filter: MapFilter,
  isHurting: (node: N) => boolean = () => false
): Graph<N, E> {
  const { around, depth = 1, errorsOnly = false, namespace } = filter;
  let kept = new Set(nodes.map(({ id }) => id));
  let left = edges;
  if (namespace !== undefined) {
    const inside = new Set(nodes.filter((node) => node.namespace === namespace).map(({ id }) => id));
    left = left.filter(({ from, to }) => inside.has(from) || inside.has(to));
    kept = new Set([...inside, ...left.flatMap(({ from, to }) => [from, to])]);
  }
  if (around !== undefined) {
    const near = neighbourhood(left, around, depth);
    kept = new Set([...kept].filter((id) => near.has(id)));
  }
  if (errorsOnly) {
    left = left.filter((edge) => isFailing(edge) && kept.has(edge.from) && kept.has(edge.to));
    const failing = new Set(left.flatMap(({ from, to }) => [from, to]));
    const hurting = new Set(nodes.filter(isHurting).map(({ id }) => id));
    kept = new Set([...kept].filter((id) => failing.has(id) || hurting.has(id)));
  }
  return {
    nodes: nodes.filter(({ id }) => kept.has(id)),
    edges: left.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}
