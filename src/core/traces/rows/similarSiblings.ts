import { cell } from '../column.ts';
import { durationOf } from '../spanFields.ts';
import { SPAN_STATUSES, type Trace } from '../trace.ts';

/** Siblings of one service and operation; at least two. */
export interface SiblingGroup {
  readonly first: number;
  /** By start, the first included. */
  readonly members: Uint32Array;
}

export interface GroupFigures {
  readonly count: number;
  readonly errors: number;
  readonly totalNs: number;
  readonly minNs: number;
  readonly maxNs: number;
  /** From the earliest start to the latest end. */
  readonly startNs: number;
  readonly endNs: number;
}

const ERROR = SPAN_STATUSES.indexOf('error');

/** A span and its later siblings, of those that lie in `from … to - 1`. */
export function siblingsFrom(trace: Trace, from: number, to: number): number[] {
  const siblings: number[] = [];
  for (let span = from; span < to; span = Math.max(span + 1, cell(trace.subtreeEnd, span))) {
    siblings.push(span);
  }
  return siblings;
}

/**
 * Siblings in their order, those of the same service and operation as one group at the place of its first.
 * @param kept 1 for each span that may be shown; default: all
 */
export function groupSiblings(
  trace: Trace,
  siblings: readonly number[],
  kept: Uint8Array | undefined
): ReadonlyArray<number | SiblingGroup> {
  const byKey = new Map<number, number[]>();
  for (const span of siblings) {
    if (kept === undefined || kept[span] === 1) {
      const key = cell(trace.service, span) * trace.names.length + cell(trace.name, span);
      const members = byKey.get(key);
      if (members === undefined) {
        byKey.set(key, [span]);
      } else {
        members.push(span);
      }
    }
  }
  return Array.from(byKey.values(), (members) => {
    const first = members[0] ?? 0;
    return members.length === 1 ? first : { first, members: Uint32Array.from(members) };
  });
}

/** What a group of spans comes to. */
export function groupFigures(trace: Trace, members: Uint32Array): GroupFigures {
  let [errors, totalNs, minNs, maxNs, startNs, endNs] = [0, 0, Infinity, 0, Infinity, 0];
  for (const span of members) {
    const duration = durationOf(trace, span);
    errors += trace.status[span] === ERROR ? 1 : 0;
    totalNs += duration;
    minNs = Math.min(minNs, duration);
    maxNs = Math.max(maxNs, duration);
    startNs = Math.min(startNs, cell(trace.startNs, span));
    endNs = Math.max(endNs, cell(trace.endNs, span));
  }
  return { count: members.length, errors, totalNs, minNs, maxNs, startNs, endNs };
}
