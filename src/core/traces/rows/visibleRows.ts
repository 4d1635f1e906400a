import { cell } from '../column.ts';
import { createGrowingColumn } from '../growingColumn.ts';
import type { Trace } from '../trace.ts';
import { closedSpans, groupId, hasChildren, type Folding } from './folding.ts';
import { groupSiblings, siblingsFrom, type SiblingGroup } from './similarSiblings.ts';

/** Of a row: it has nothing below it, or that is hidden, or shown. */
export const ROW_STATES = ['leaf', 'closed', 'open'] as const;
export type RowState = (typeof ROW_STATES)[number];
const LEAF = 0;
const CLOSED = 1;
const OPEN = 2;

/** The rows that a waterfall shows, in columns. */
export interface TraceRows {
  readonly length: number;
  /** The span of a row; of a group of similar siblings the first. */
  readonly span: Uint32Array;
  /** From 1 on. */
  readonly level: Uint32Array;
  /** Index in `ROW_STATES`. */
  readonly state: Uint8Array;
  /** Spans that a group stands for are `members[memberFrom[row] … memberTo[row] - 1]`; a span's own row has none. */
  readonly memberFrom: Uint32Array;
  readonly memberTo: Uint32Array;
  readonly members: Uint32Array;
}

export const isGroup = (rows: TraceRows, row: number): boolean => cell(rows.memberTo, row) > cell(rows.memberFrom, row);

/** Stays the same while rows above it come and go. */
export const rowId = (rows: TraceRows, row: number): number =>
  isGroup(rows, row) ? groupId(cell(rows.span, row)) : cell(rows.span, row);

export const stateOf = (rows: TraceRows, row: number): RowState => ROW_STATES[cell(rows.state, row)] ?? 'leaf';

export const membersOf = (rows: TraceRows, row: number): Uint32Array =>
  rows.members.subarray(cell(rows.memberFrom, row), cell(rows.memberTo, row));

interface RowWriter {
  readonly add: (row: { span: number; level: number; state: number; members?: Uint32Array }) => void;
  readonly finish: () => TraceRows;
}

/**
 * The rows to show, from the first to the last. O(n), any depth and width.
 * @param kept 1 for each span that may be shown, with all above it (see `withAncestors`); default: all
 */
export function visibleRows(trace: Trace, folding: Folding, kept?: Uint8Array): TraceRows {
  const writer = createWriter();
  if (folding.mode === 'similar') {
    addGrouped(writer, { trace, folding, kept });
  } else {
    addPlain(writer, { trace, folding, kept });
  }
  return writer.finish();
}

interface Shown {
  readonly trace: Trace;
  readonly folding: Folding;
  readonly kept: Uint8Array | undefined;
}

function addPlain(writer: RowWriter, { trace, folding, kept }: Shown): void {
  const isClosed = closedSpans(trace, folding);
  for (let span = 0; span < trace.size;) {
    const isKept = kept === undefined || kept[span] === 1;
    const closed = isClosed(span);
    if (isKept) {
      writer.add({ span, level: cell(trace.depth, span) + 1, state: stateFor(trace, span, closed) });
    }
    span = isKept && !closed ? span + 1 : cell(trace.subtreeEnd, span);
  }
}

const stateFor = (trace: Trace, span: number, closed: boolean): number =>
  hasChildren(trace, span) ? (closed ? CLOSED : OPEN) : LEAF;

interface Frame {
  readonly items: ReadonlyArray<number | SiblingGroup> | Uint32Array;
  readonly level: number;
  next: number;
}

/** Groups of siblings stand where their first would; an open one has its members below it. */
function addGrouped(writer: RowWriter, { trace, folding, kept }: Shown): void {
  const isClosed = closedSpans(trace, folding);
  const roots = siblingsFrom(trace, 0, trace.size);
  const stack: Frame[] = [{ items: groupSiblings(trace, roots, kept), level: 1, next: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const item = frame.items[frame.next];
    frame.next += 1;
    if (item === undefined) {
      stack.pop();
    } else if (typeof item === 'number') {
      const closed = isClosed(item);
      writer.add({ span: item, level: frame.level, state: stateFor(trace, item, closed) });
      if (hasChildren(trace, item) && !closed) {
        const children = siblingsFrom(trace, item + 1, cell(trace.subtreeEnd, item));
        stack.push({ items: groupSiblings(trace, children, kept), level: frame.level + 1, next: 0 });
      }
    } else {
      const { first, members } = item;
      const open = folding.toggled.has(groupId(first));
      writer.add({ span: first, level: frame.level, state: open ? OPEN : CLOSED, members });
      if (open) {
        stack.push({ items: members, level: frame.level + 1, next: 0 });
      }
    }
  }
}

function createWriter(): RowWriter {
  const spans = createGrowingColumn();
  const levels = createGrowingColumn();
  const states = createGrowingColumn();
  const from = createGrowingColumn();
  const to = createGrowingColumn();
  const all = createGrowingColumn();
  return {
    add({ span, level, state, members }) {
      spans.push(span);
      levels.push(level);
      states.push(state);
      from.push(all.length);
      members?.forEach((member) => all.push(member));
      to.push(all.length);
    },
    finish: () => ({
      length: spans.length,
      span: spans.toArray(),
      level: levels.toArray(),
      state: Uint8Array.from(states.toArray()),
      memberFrom: from.toArray(),
      memberTo: to.toArray(),
      members: all.toArray(),
    }),
  };
}
