import { cell } from '../column.ts';
import type { SpanMeasures } from '../spanMeasures.ts';
import { SPAN_KINDS, SPAN_STATUSES, type Trace } from '../trace.ts';

/** What a node of the graph of a trace stands for. */
export const GRAPH_NODES = ['service', 'operation'] as const;
export type GraphNodes = (typeof GRAPH_NODES)[number];

export interface GraphNode {
  readonly service: string;
  /** Null where nodes are services. */
  readonly operation: string | null;
  readonly spans: number;
  readonly errors: number;
  readonly selfNs: number;
  readonly criticalNs: number;
  /** The span that took longest. */
  readonly slowest: number;
  /** The first span that failed. */
  readonly failed: number | null;
  /** Calls of a node by itself; they have no edge. */
  readonly ownCalls: number;
  /** A root of the trace is among its spans. */
  readonly isEntry: boolean;
}

/** Spans of one node that have a parent in another. */
export interface GraphEdge {
  /** Places in `nodes`. */
  readonly from: number;
  readonly to: number;
  readonly calls: number;
  /** That failed for the caller or for the called: one of both may not say so. */
  readonly errors: number;
  /** From start to end, of all the calls. */
  readonly totalNs: number;
  readonly slowest: number;
  /** Calls that are tied by a link only. */
  readonly linked: number;
}

export interface TraceGraph {
  /** In the order in which they first appear in the trace. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

type Grown<T> = { -readonly [K in keyof T]: T[K] };

const ERROR = SPAN_STATUSES.indexOf('error');

/** Who called whom in a trace, summed up by service, or by service and operation. O(n). */
export function traceGraph(trace: Trace, measures: SpanMeasures, by: GraphNodes): TraceGraph {
  const places = new Map<number, number>();
  const nodes: Array<Grown<GraphNode>> = [];
  const edges = new Map<number, Grown<GraphEdge>>();
  const nodeOf = new Uint32Array(trace.size);
  for (let span = 0; span < trace.size; span += 1) {
    const key = by === 'service' ? cell(trace.service, span) : pairOf(trace, span);
    const place = places.get(key) ?? nodes.push(emptyNode(trace, span, by)) - 1;
    places.set(key, place);
    nodeOf[span] = place;
    const node = nodes[place];
    if (node !== undefined) {
      addSpan(node, span, { trace, measures });
    }
    addCall({ trace, nodes, edges, nodeOf }, span);
  }
  return { nodes, edges: [...edges.values()] };
}

const pairOf = (trace: Trace, span: number): number =>
  cell(trace.service, span) * trace.names.length + cell(trace.name, span);

const emptyNode = (trace: Trace, span: number, by: GraphNodes): Grown<GraphNode> => ({
  service: trace.services[cell(trace.service, span)] ?? '',
  operation: by === 'service' ? null : (trace.names[cell(trace.name, span)] ?? ''),
  spans: 0,
  errors: 0,
  selfNs: 0,
  criticalNs: 0,
  slowest: span,
  failed: null,
  ownCalls: 0,
  isEntry: false,
});

const lengthOf = ({ startNs, endNs }: Trace, span: number): number => cell(endNs, span) - cell(startNs, span);

function addSpan(
  node: Grown<GraphNode>,
  span: number,
  { trace, measures }: { trace: Trace; measures: SpanMeasures }
): void {
  node.spans += 1;
  node.selfNs += cell(measures.selfNs, span);
  node.criticalNs += cell(measures.criticalNs, span);
  node.isEntry ||= cell(trace.parent, span) === -1;
  if (lengthOf(trace, span) > lengthOf(trace, node.slowest)) {
    node.slowest = span;
  }
  if (trace.status[span] === ERROR) {
    node.errors += 1;
    node.failed ??= span;
  }
}

interface Growing {
  readonly trace: Trace;
  readonly nodes: ReadonlyArray<Grown<GraphNode>>;
  readonly edges: Map<number, Grown<GraphEdge>>;
  readonly nodeOf: Uint32Array;
}

const CLIENT = SPAN_KINDS.indexOf('client');
const PRODUCER = SPAN_KINDS.indexOf('producer');

/** A span that makes a call is about that call alone; any other may have failed by something else. */
function callFailed({ status, kind }: Trace, caller: number, called: number): boolean {
  const isCall = kind[caller] === CLIENT || kind[caller] === PRODUCER;
  return status[called] === ERROR || (isCall && status[caller] === ERROR);
}

function addCall({ trace, nodes, edges, nodeOf }: Growing, span: number): void {
  const parent = cell(trace.parent, span);
  if (parent === -1) {
    return;
  }
  const from = cell(nodeOf, parent);
  const to = cell(nodeOf, span);
  const node = nodes[to];
  if (from === to && node !== undefined) {
    node.ownCalls += 1;
    return;
  }
  // No trace has so many nodes that this is not exact.
  const key = from * trace.size + to;
  const edge = edges.get(key) ?? { from, to, calls: 0, errors: 0, totalNs: 0, slowest: span, linked: 0 };
  edge.calls += 1;
  edge.errors += callFailed(trace, parent, span) ? 1 : 0;
  edge.totalNs += lengthOf(trace, span);
  edge.linked += cell(trace.tiedByLink, span);
  if (lengthOf(trace, span) > lengthOf(trace, edge.slowest)) {
    edge.slowest = span;
  }
  edges.set(key, edge);
}
