import {
  addToBucket,
  bucketsOfDurations,
  quantileOfBuckets,
  toBuckets,
  type Bucket,
  type BucketSums,
} from './latencyBuckets.ts';
import { edgeId, nodeId, type CallFigures, type CallKind, type MapNode, type ServiceMap } from './serviceMap.ts';

/** A node as a source names it. */
export type NodeRef = Pick<MapNode, 'kind' | 'name' | 'namespace'>;

/** Calls while they are being counted: `buckets` from histograms, `durations` (seconds) where each is known. */
export interface Tally {
  calls: number;
  failed: number;
  readonly buckets: BucketSums;
  readonly durations: number[];
}

const newTally = (): Tally => ({ calls: 0, failed: 0, buckets: new Map(), durations: [] });

export function addCalls(tally: Tally, { calls, failed }: Pick<Tally, 'calls' | 'failed'>): void {
  tally.calls += calls;
  tally.failed += failed;
}

export function addBuckets(tally: Tally, buckets: readonly Bucket[]): void {
  for (const { le, count } of buckets) {
    addToBucket(tally.buckets, le, count);
  }
}

interface NodeDraft extends NodeRef {
  readonly received: Tally;
}

interface EdgeDraft {
  readonly from: string;
  readonly to: string;
  readonly kind: CallKind;
  readonly tally: Tally;
}

/** A map while it is put together; the same node or edge named twice is one. */
export interface MapDraft {
  /** @returns what it received */
  node(ref: NodeRef): Tally;
  /** Counts a service that was at work, whoever called it. */
  see(service: string, times: number): void;
  edge(ends: { readonly from: NodeRef; readonly to: NodeRef; readonly kind: CallKind }): Tally;
  finish(map: Pick<ServiceMap, 'windowSeconds' | 'sampled'>): ServiceMap;
}

export function createMapDraft(): MapDraft {
  const nodes = new Map<string, NodeDraft>();
  const edges = new Map<string, EdgeDraft>();
  const seen = new Map<string, number>();
  const draft: MapDraft = {
    node(ref) {
      const id = nodeId(ref);
      const known = nodes.get(id);
      // Not every edge says of its ends which namespace they are in.
      if (known === undefined || (known.namespace === '' && ref.namespace !== '')) {
        nodes.set(id, { ...ref, received: known?.received ?? newTally() });
      }
      return nodes.get(id)?.received ?? newTally();
    },
    see: (service, times) => void seen.set(service, (seen.get(service) ?? 0) + times),
    edge({ from, to, kind }) {
      draft.node(from);
      draft.node(to);
      const ends = { from: nodeId(from), to: nodeId(to) };
      const id = edgeId(ends.from, ends.to);
      const edge = edges.get(id) ?? { ...ends, kind, tally: newTally() };
      edges.set(id, edge);
      return edge.tally;
    },
    finish: (map) => ({
      ...map,
      nodes: sortedById(
        [...nodes].map(([id, { received, ...ref }]) => ({
          ...{ id, kind: ref.kind, name: ref.name, namespace: ref.namespace },
          received: received.calls > 0 ? figuresOf(received, map) : null,
          seen: ref.kind === 'service' ? (seen.get(id) ?? 0) : 0,
        }))
      ),
      edges: sortedById(
        [...edges].map(([id, { tally, ...ends }]) => ({ id, ...ends, figures: figuresOf(tally, map) }))
      ),
    }),
  };
  return draft;
}

const sortedById = <T extends { readonly id: string }>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const TOLD_QUANTILE = 0.95;

function figuresOf(
  tally: Tally,
  { windowSeconds, sampled }: Pick<ServiceMap, 'windowSeconds' | 'sampled'>
): CallFigures {
  const { calls, failed, durations } = tally;
  const exact = durations.length > 0;
  const latency = exact ? bucketsOfDurations(durations) : toBuckets(tally.buckets);
  return {
    ...{ calls, failed, latency },
    rate: sampled ? null : calls / windowSeconds,
    errorRatio: calls > 0 ? Math.min(1, failed / calls) : null,
    p95: exact ? nearestRank(durations) : quantileOfBuckets(TOLD_QUANTILE, latency),
  };
}

function nearestRank(durations: readonly number[]): number | null {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.ceil(TOLD_QUANTILE * sorted.length) - 1] ?? null;
}
