import { cell } from '../column.ts';
import type { Trace } from '../trace.ts';
import { closedSpans, groupId, toggleRow, type Folding } from './folding.ts';
import { groupSiblings, siblingsFrom } from './similarSiblings.ts';
import { rowId, type TraceRows } from './visibleRows.ts';

/** Place of the row with an id, or -1. */
export function findRow(rows: TraceRows, id: number): number {
  for (let row = 0; row < rows.length; row += 1) {
    if (rowId(rows, row) === id) {
      return row;
    }
  }
  return -1;
}

/** Place of the row that the row stands below, or -1. */
export function rowAbove(rows: TraceRows, row: number): number {
  const level = cell(rows.level, row);
  for (let above = row - 1; above >= 0; above -= 1) {
    if (cell(rows.level, above) < level) {
      return above;
    }
  }
  return -1;
}

/** Opens all that hides a span. The same object where nothing does. */
export function reveal(trace: Trace, folding: Folding, span: number): Folding {
  const isClosed = closedSpans(trace, folding);
  let opened = folding;
  for (let at = span; at !== -1; at = cell(trace.parent, at)) {
    if (at !== span && isClosed(at)) {
      opened = toggleRow(opened, at);
    }
    const group = folding.mode === 'similar' ? groupAround(trace, at) : undefined;
    if (group !== undefined && !folding.toggled.has(group)) {
      opened = toggleRow(opened, group);
    }
  }
  return opened;
}

/** Id of the group that a span is folded into, where it has similar siblings. */
function groupAround(trace: Trace, span: number): number | undefined {
  const parent = cell(trace.parent, span);
  const siblings =
    parent === -1
      ? siblingsFrom(trace, 0, trace.size)
      : siblingsFrom(trace, parent + 1, cell(trace.subtreeEnd, parent));
  const similar = siblings.filter(
    (other) => trace.service[other] === trace.service[span] && trace.name[other] === trace.name[span]
  );
  const found = groupSiblings(trace, similar, undefined)[0];
  return typeof found === 'object' ? groupId(found.first) : undefined;
}
