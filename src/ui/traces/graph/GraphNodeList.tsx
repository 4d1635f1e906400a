import { useMemo, useState } from 'react';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import type { GraphNode, TraceGraph } from '../../../core/traces/graph/traceGraph.ts';
import { t } from '../../../i18n/t.ts';
import type { GridColumn, GridOrder } from '../grid/gridColumn.ts';
import { VirtualGrid } from '../grid/VirtualGrid.tsx';
import { SpanName } from '../SpanName.tsx';
import { nameOfNode } from './graphWords.ts';

interface GraphNodeListProps {
  readonly graph: TraceGraph;
  readonly chosen: number | null;
  readonly onChoose: (node: number) => void;
}

interface NodeRow extends GraphNode {
  /** Its place in the graph. */
  readonly at: number;
  readonly callers: readonly string[];
  readonly callees: readonly string[];
}

/** The nodes of a graph as a list, which says the same as the picture. */
export function GraphNodeList({ graph, chosen, onChoose }: GraphNodeListProps) {
  const [order, setOrder] = useState<GridOrder>({ by: 'self', descending: true });
  const rows = useMemo(() => rowsOf(graph), [graph]);
  const sorted = useMemo(() => sortRows(rows, order), [rows, order]);
  const columns = useMemo(() => columnsOf(), []);
  const shownIndex = chosen === null ? -1 : sorted.findIndex(({ at }) => at === chosen);
  return (
    <VirtualGrid
      label={t('ui.graph-node-list.nodes', 'Nodes of the graph')}
      columns={columns}
      rows={sorted}
      order={order}
      onOrder={setOrder}
      shownIndex={shownIndex}
      isSelected={({ at }) => at === chosen}
      onOpen={({ at }) => onChoose(at)}
    />
  );
}

function rowsOf({ nodes, edges }: TraceGraph): readonly NodeRow[] {
  const callers: string[][] = nodes.map(() => []);
  const callees: string[][] = nodes.map(() => []);
  for (const { from, to } of edges) {
    const [caller, callee] = [nodes[from], nodes[to]];
    if (caller !== undefined && callee !== undefined) {
      callers[to]?.push(nameOfNode(caller));
      callees[from]?.push(nameOfNode(callee));
    }
  }
  return nodes.map((node, at) => ({ ...node, at, callers: callers[at] ?? [], callees: callees[at] ?? [] }));
}

const FIGURES: Readonly<Record<string, (row: NodeRow) => number>> = {
  spans: ({ spans }) => spans,
  errors: ({ errors }) => errors,
  self: ({ selfNs }) => selfNs,
  critical: ({ criticalNs }) => criticalNs,
};

function sortRows(rows: readonly NodeRow[], { by, descending }: GridOrder): readonly NodeRow[] {
  const figure = FIGURES[by];
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) =>
    figure === undefined
      ? sign * (nameOfNode(a) < nameOfNode(b) ? -1 : 1)
      : sign * (figure(a) - figure(b)) || a.at - b.at
  );
}

const figure = (id: string, header: string, cell: (row: NodeRow) => string): GridColumn<NodeRow> => ({
  id,
  header,
  width: '10ch',
  align: 'right',
  sortable: true,
  cell,
});

const names = (texts: readonly string[]) => <span title={texts.join('\n')}>{texts.join(', ') || '–'}</span>;

const columnsOf = (): ReadonlyArray<GridColumn<NodeRow>> => [
  {
    id: 'name',
    header: t('ui.graph-node-list.node', 'Node'),
    width: 'minmax(16ch, 1.5fr)',
    sortable: true,
    onCard: 'title',
    cell: ({ service, operation }) => <SpanName service={service} operation={operation} />,
  },
  figure('spans', t('ui.graph-node-list.spans', 'Spans'), ({ spans }) => spans.toLocaleString('en-US')),
  figure('errors', t('ui.graph-node-list.failed', 'Failed'), ({ errors }) => errors.toLocaleString('en-US')),
  figure('self', t('ui.graph-node-list.self', 'Self'), ({ selfNs }) => formatNanoseconds(selfNs)),
  figure('critical', t('ui.graph-node-list.critical', 'Critical'), ({ criticalNs }) => formatNanoseconds(criticalNs)),
  {
    id: 'callers',
    header: t('ui.graph-node-list.called-by', 'Called by'),
    width: 'minmax(12ch, 1fr)',
    cell: ({ callers }) => names(callers),
  },
  {
    id: 'callees',
    header: t('ui.graph-node-list.calls', 'Calls'),
    width: 'minmax(12ch, 1fr)',
    cell: ({ callees }) => names(callees),
  },
];
