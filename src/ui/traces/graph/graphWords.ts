import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import type { NarrowedGraph } from '../../../core/traces/graph/narrowGraph.ts';
import type { GraphEdge, GraphNode, GraphNodes } from '../../../core/traces/graph/traceGraph.ts';
import { t } from '../../../i18n/t.ts';
import { countedSpans } from '../words.ts';

export const nameOfNode = ({ service, operation }: Pick<GraphNode, 'service' | 'operation'>): string =>
  operation === null ? service : `${service}: ${operation}`;

/** The second line of a node: `12 spans, self 340 ms`, `2 of 12 failed, self 340 ms`. */
export const describeNode = ({ spans, errors, selfNs }: GraphNode): string =>
  [
    errors === 0
      ? countedSpans(spans)
      : t('ui.graph-words.failed-of', '{{errors}} of {{spans}} failed', {
          errors: errors.toLocaleString('en-US'),
          spans: spans.toLocaleString('en-US'),
        }),
    t('ui.graph-words.self', 'self {{time}}', { time: formatNanoseconds(selfNs) }),
  ].join(', ');

/** Beside an edge: `12× 340 ms`. */
export const labelOfEdge = ({ calls, totalNs }: GraphEdge): string =>
  `${calls.toLocaleString('en-US')}× ${formatNanoseconds(totalNs)}`;

const countedCalls = (count: number): string =>
  t('ui.graph-words.calls', '', {
    count,
    number: count.toLocaleString('en-US'),
    defaultValue_one: '{{number}} call',
    defaultValue_other: '{{number}} calls',
  });

function countedNodes(count: number, by: GraphNodes): string {
  const values = { count, number: count.toLocaleString('en-US') };
  return by === 'service'
    ? t('ui.graph-words.services', '', {
        ...values,
        defaultValue_one: '{{number}} service',
        defaultValue_other: '{{number}} services',
      })
    : t('ui.graph-words.operations', '', {
        ...values,
        defaultValue_one: '{{number}} operation',
        defaultValue_other: '{{number}} operations',
      });
}

/** On hover over an edge. */
export function describeEdge({ calls, errors, totalNs, linked }: GraphEdge, from: string, to: string): string {
  return [
    t('ui.graph-words.edge', '{{from}} → {{to}}: {{calls}}, {{time}} in all', {
      from,
      to,
      calls: countedCalls(calls),
      time: formatNanoseconds(totalNs),
    }),
    ...(errors === 0
      ? []
      : [t('ui.graph-words.failed', '{{number}} failed', { number: errors.toLocaleString('en-US') })]),
    ...(linked === 0
      ? []
      : [t('ui.graph-words.tied', '{{number}} connected by a link only', { number: linked.toLocaleString('en-US') })]),
  ].join(', ');
}

/** What the graph shows, and what it does not. */
export function describeGraph({ nodes, edges, leftOut }: NarrowedGraph, by: GraphNodes): string {
  const calls = edges.reduce((sum, edge) => sum + edge.calls, 0);
  const failed = nodes.filter(({ errors }) => errors > 0).length;
  const failures =
    failed === 0
      ? t('ui.graph-words.none-failed', 'none of them failed')
      : t('ui.graph-words.failures-in', 'failures in {{number}}', { number: failed.toLocaleString('en-US') });
  const shown = t('ui.graph-words.graph', '{{nodes}}, {{calls}} between them, {{failures}}.', {
    nodes: countedNodes(nodes.length, by),
    calls: countedCalls(calls),
    failures,
  });
  return leftOut === 0
    ? shown
    : `${shown} ${t('ui.graph-words.left-out', '{{nodes}} with the least self time left out.', { nodes: countedNodes(leftOut, by) })}`;
}
