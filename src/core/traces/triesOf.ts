import { childrenByStart } from './children.ts';
import { cell } from './column.ts';
import type { OperationIndex } from './operationIndex.ts';
import type { Trace } from './trace.ts';

/** One operation that a span called again after it had failed. */
export interface Tries {
  /** The tries that failed, by start. */
  readonly failed: readonly number[];
  /** The try that succeeded, or -1. */
  readonly succeeded: number;
}

interface OpenTries {
  readonly failed: number[];
  succeeded: number;
}

/**
 * By failed span, the tries that it is one of: siblings of the same service and operation, each begun when the one before had ended,
 * failed ones and at most one success, which ends them. One failure with nothing after it is no retry. Siblings that ran at the same time
 * are not tries of one thing. (A loop over many things looks the same where one of them fails; a trace does not tell them apart.)
 */
export function triesOf(
  trace: Trace,
  { ofSpan }: Pick<OperationIndex, 'ofSpan'>,
  failed: Uint8Array
): ReadonlyMap<number, Tries> {
  const found = new Map<number, Tries>();
  for (const parent of parentsOfFailed(trace, failed)) {
    for (const tries of triesBelow(childrenByStart(trace, parent), { trace, ofSpan, failed })) {
      tries.failed.forEach((span) => found.set(span, tries));
    }
  }
  return found;
}

function parentsOfFailed({ parent, size }: Trace, failed: Uint8Array): ReadonlySet<number> {
  const parents = new Set<number>();
  for (let span = 0; span < size; span += 1) {
    if (failed[span] === 1 && parent[span] !== -1) {
      parents.add(cell(parent, span));
    }
  }
  return parents;
}

interface Surroundings {
  readonly trace: Trace;
  readonly ofSpan: Uint32Array;
  readonly failed: Uint8Array;
}

function triesBelow(children: readonly number[], { trace, ofSpan, failed }: Surroundings): readonly Tries[] {
  const open = new Map<number, OpenTries>();
  const done: OpenTries[] = [];
  for (const child of children) {
    const operation = cell(ofSpan, child);
    const before = open.get(operation);
    const last = before?.failed.at(-1);
    const follows = last !== undefined && cell(trace.startNs, child) >= cell(trace.endNs, last);
    if (failed[child] === 1 && before !== undefined && follows) {
      before.failed.push(child);
    } else if (failed[child] === 1) {
      const begun = { failed: [child], succeeded: -1 };
      done.push(begun);
      open.set(operation, begun);
    } else if (before !== undefined && follows) {
      before.succeeded = child;
      open.delete(operation);
    }
  }
  return done.filter((tries) => tries.failed.length > 1 || tries.succeeded !== -1);
}
