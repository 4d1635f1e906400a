import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import type { NarrowedGraph } from '../../../core/traces/graph/narrowGraph.ts';
import type { GraphEdge, GraphNode, GraphNodes } from '../../../core/traces/graph/traceGraph.ts';
import { counted } from '../words.ts';

export const nameOfNode = ({ service, operation }: Pick<GraphNode, 'service' | 'operation'>): string =>
  operation === null ? service : `${service}: ${operation}`;

/** The second line of a node: `12 spans, self 340 ms`, `2 of 12 failed, self 340 ms`. */
export const describeNode = ({ spans, errors, selfNs }: GraphNode): string =>
  `${errors === 0 ? counted(spans, 'span') : `${errors.toLocaleString('en-US')} of ${spans.toLocaleString('en-US')} failed`}, self ${formatNanoseconds(selfNs)}`;

/** Beside an edge: `12× 340 ms`. */
export const labelOfEdge = ({ calls, totalNs }: GraphEdge): string =>
  `${calls.toLocaleString('en-US')}× ${formatNanoseconds(totalNs)}`;

/** On hover over an edge. */
export function describeEdge({ calls, errors, totalNs, linked }: GraphEdge, from: string, to: string): string {
  return [
    `${from} → ${to}: ${counted(calls, 'call')}, ${formatNanoseconds(totalNs)} in all`,
    ...(errors === 0 ? [] : [`${errors.toLocaleString('en-US')} failed`]),
    ...(linked === 0 ? [] : [`${linked.toLocaleString('en-US')} tied by a link only`]),
  ].join(', ');
}

/** What the graph shows, and what it does not. */
export function describeGraph({ nodes, edges, leftOut }: NarrowedGraph, by: GraphNodes): string {
  const kind = by === 'service' ? 'service' : 'operation';
  const calls = edges.reduce((sum, edge) => sum + edge.calls, 0);
  const failed = nodes.filter(({ errors }) => errors > 0).length;
  const rest = leftOut === 0 ? '' : ` ${counted(leftOut, kind)} with the least time of their own left out.`;
  const failures = failed === 0 ? 'none of them failed' : `failures in ${failed.toLocaleString('en-US')}`;
  return `${counted(nodes.length, kind)}, ${counted(calls, 'call')} between them, ${failures}.${rest}`;
}
