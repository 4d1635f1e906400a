import { useMemo, useState } from 'react';
import { cell } from '../../../core/traces/column.ts';
import type { Flame } from '../../../core/traces/flame/flame.ts';
import { flameLabel } from '../../../core/traces/flame/searchFlame.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { t } from '../../../i18n/t.ts';
import type { GridColumn, GridOrder } from '../grid/gridColumn.ts';
import { VirtualGrid } from '../grid/VirtualGrid.tsx';
import { SpanName } from '../SpanName.tsx';
import { formatShare } from '../words.ts';
import type { FlameState } from './useFlame.ts';

interface FlameTableProps {
  readonly state: FlameState;
  readonly selected: number | null;
  readonly onOpen: (node: number) => void;
}

/** The parts of a flame as a table, within what is zoomed to and has what was searched for. */
export function FlameTable({ state, selected, onOpen }: FlameTableProps) {
  const [order, setOrder] = useState<GridOrder>({ by: 'share', descending: true });
  const columns = useMemo(() => columnsOf(state), [state]);
  const nodes = useMemo(() => sorted(state, order), [state, order]);
  return (
    <VirtualGrid
      label={t('ui.flame-table.parts', 'Parts of the flame graph')}
      columns={columns}
      rows={nodes}
      order={order}
      onOrder={setOrder}
      isSelected={(node) => node === selected}
      onOpen={onOpen}
    />
  );
}

function sorted({ flame, widths, zoom, matches }: FlameState, { by, descending }: GridOrder): readonly number[] {
  const [from, to] = zoom === -1 ? [0, flame.size] : [zoom, cell(flame.subtreeEnd, zoom)];
  const nodes: number[] = [];
  for (let node = from; node < to; node += 1) {
    if (cell(widths, node) > 0 && (matches === undefined || matches.hits[node] === 1)) {
      nodes.push(node);
    }
  }
  const sign = descending ? -1 : 1;
  if (by === 'name') {
    const labels = new Map(nodes.map((node) => [node, flameLabel(flame, node)]));
    return nodes.sort((a, b) => sign * ((labels.get(a) ?? '') < (labels.get(b) ?? '') ? -1 : 1));
  }
  const column = figuresBy(flame, widths)[by] ?? widths;
  return nodes.sort((a, b) => sign * (cell(column, a) - cell(column, b)) || a - b);
}

const figuresBy = (flame: Flame, widths: Float64Array): Readonly<Record<string, ArrayLike<number>>> => ({
  share: widths,
  spans: flame.count,
  errors: flame.errors,
  total: flame.totalNs,
  self: flame.selfNs,
  critical: flame.criticalNs,
});

function columnsOf({ flame, widths, wholeNs }: FlameState): ReadonlyArray<GridColumn<number>> {
  const figure = (id: string, header: string, text: (node: number) => string): GridColumn<number> => ({
    id,
    header,
    width: '11ch',
    align: 'right',
    sortable: true,
    cell: text,
  });
  const time = (id: string, header: string, column: Float64Array) =>
    figure(id, header, (node) => formatNanoseconds(cell(column, node)));
  return [
    {
      id: 'name',
      header: t('ui.flame-table.operation', 'Operation'),
      width: 'minmax(16ch, 1fr)',
      sortable: true,
      onCard: 'title',
      cell: (node) => (
        <SpanName
          service={flame.services[cell(flame.service, node)] ?? ''}
          operation={flame.names[cell(flame.name, node)] ?? ''}
        />
      ),
    },
    {
      ...figure('share', t('ui.flame-table.share', 'Share'), (node) => formatShare(cell(widths, node), wholeNs)),
      explained: t('ui.flame-table.of-the-whole', 'Of the whole width: it and all below it'),
    },
    figure('spans', t('ui.flame-table.spans', 'Spans'), (node) => cell(flame.count, node).toLocaleString('en-US')),
    figure('errors', t('ui.flame-table.failed', 'Failed'), (node) => cell(flame.errors, node).toLocaleString('en-US')),
    time('total', t('ui.flame-table.total', 'Total'), flame.totalNs),
    time('self', t('ui.flame-table.self', 'Self'), flame.selfNs),
    time('critical', t('ui.flame-table.critical', 'Critical'), flame.criticalNs),
  ];
}
