import { cell } from '../column.ts';
import type { Trace } from '../trace.ts';

/**
 * What is folded away to begin with: nothing; what stays within the service of the span above it; siblings of one service and
 * operation, as one row; or all from a depth on.
 */
export const FOLD_MODES = ['none', 'service', 'similar', 'depth'] as const;
export type FoldMode = (typeof FOLD_MODES)[number];

export interface Folding {
  readonly mode: FoldMode;
  /** For mode `depth`: how many levels stand open; at least 1. */
  readonly depth: number;
  /** Ids of the rows that are the other way round than the mode says. */
  readonly toggled: ReadonlySet<number>;
}

/** Id of the row of a group of similar siblings, known by its first; that of a span's own row is the span itself. */
export const groupId = (first: number): number => -1 - first;

export function toggleRow(folding: Folding, id: number): Folding {
  const toggled = new Set(folding.toggled);
  if (!toggled.delete(id)) {
    toggled.add(id);
  }
  return { ...folding, toggled };
}

export const hasChildren = (trace: Trace, span: number): boolean => cell(trace.subtreeEnd, span) > span + 1;

/** For each span whether the row of the span, where it has children, is closed. */
export function closedSpans(trace: Trace, { mode, depth, toggled }: Folding): (span: number) => boolean {
  const within = mode === 'service' ? withinService(trace) : undefined;
  const byMode = (span: number): boolean => {
    if (mode === 'depth') {
      return cell(trace.depth, span) + 1 >= depth;
    }
    return within?.[span] === 1;
  };
  return (span) => hasChildren(trace, span) && byMode(span) !== toggled.has(span);
}

/** 1 where all spans below one are of its service. Children come after their parent, so that one pass from the end is enough. */
function withinService(trace: Trace): Uint8Array {
  const within = new Uint8Array(trace.size).fill(1);
  for (let span = trace.size - 1; span >= 0; span -= 1) {
    const parent = cell(trace.parent, span);
    if (parent !== -1 && (within[span] === 0 || trace.service[span] !== trace.service[parent])) {
      within[parent] = 0;
    }
  }
  return within;
}
