import { asyncReason } from './blocking.ts';
import { childrenOf } from './children.ts';
import { cell } from './column.ts';
import { startPrecisions } from './startPrecision.ts';
import type { Trace } from './trace.ts';

/** A child begins or ends, in the course of its parent. */
export interface WaitStep {
  readonly child: number;
  readonly ends: boolean;
  /**
   * Of a beginning: nanoseconds after what it waited for (before it, where clocks are coarse, or the child began earlier than its parent).
   * Of an end: how long the child went on after its parent, for which nobody waited.
   */
  readonly lagNs: number;
}

export interface Waits {
  /** In the order in which they happened. Children that were not waited for begin, but do not end. */
  readonly steps: readonly WaitStep[];
  /** From what the end of the parent waited for to that end. */
  readonly tailNs: number;
}

/**
 * The model behind slack, drag and what-if: what within one span had to wait for what.
 *
 * ```
 * parent |---------------------------------|
 * A        |------|                           begins 2 after the parent
 * B            |----------|                   begins 6 after the parent: nothing had ended
 * C                  |-----|                  begins 3 after A: A is all that had ended
 * D                          |------------|   begins 2 after C, the last of A, B and C; the parent ends 1 after D
 * ```
 *
 * A child begins when the last of those siblings has ended that had ended when it began, and the parent has done its own work in
 * between, which takes as long as it did. If there was none, it begins as long after the parent as it did. The parent ends when the last
 * of its children has, and its own work after that. Who began before another ended does not wait for it, though it may have: a trace does
 * not say. "Had ended" is as exact as the clocks: a sibling that began earlier had ended where its end is not beyond the
 * precision of this start (see `startPrecisions`; the finest of the siblings counts).
 *
 * Only children that count are waited for: those without an `asyncReason` that ran within the parent at least for a moment. Of those
 * that went on after the parent's end (clocks differ) only the part up to there counts.
 *
 * @returns what is to be asked for each span
 */
export function createWaits(trace: Trace): (span: number) => Waits {
  const precisions = startPrecisions(trace);
  return (span) => {
    const end = cell(trace.endNs, span);
    // Up to where everything that a next child has to wait for is done.
    let base = cell(trace.startNs, span);
    const steps = momentsOf(trace, childrenOf(trace, span), precisions).map(({ child, ends }): WaitStep => {
      if (!ends) {
        return { child, ends, lagNs: cell(trace.startNs, child) - base };
      }
      const childEnd = cell(trace.endNs, child);
      base = Math.max(base, Math.min(childEnd, end));
      return { child, ends, lagNs: Math.max(0, childEnd - end) };
    });
    return { steps, tailNs: end - base };
  };
}

interface Moment {
  readonly child: number;
  readonly ends: boolean;
  /** The latest it may have been. */
  readonly at: number;
  readonly phase: number;
}

// What happens at one moment happens in this order, so that nothing waits for itself, or for what waits for it.
const ENDS = 0;
const POINT = 1;
const BEGINS = 2;
const ENDS_WITHIN_PRECISION = 3;

function momentsOf(trace: Trace, children: readonly number[], precisions: Float64Array): readonly Moment[] {
  const moments: Moment[] = [];
  let precision = Infinity;
  for (const child of children) {
    precision = Math.min(precision, cell(precisions, cell(trace.resource, child)));
  }
  for (const child of children) {
    const from = cell(trace.startNs, child);
    const to = cell(trace.endNs, child);
    const begun = from + precision - 1;
    moments.push({ child, ends: false, at: begun, phase: from === to ? POINT : BEGINS });
    if (isWaitedFor(trace, child)) {
      const phase = to > begun ? ENDS : ENDS_WITHIN_PRECISION;
      moments.push({ child, ends: true, at: Math.max(to, begun), phase: from === to ? POINT : phase });
    }
  }
  return moments.sort(
    (a, b) => a.at - b.at || a.phase - b.phase || a.child - b.child || Number(a.ends) - Number(b.ends)
  );
}

/** Whether the end of a child can hold up its parent. */
function isWaitedFor(trace: Trace, child: number): boolean {
  const parent = cell(trace.parent, child);
  const from = cell(trace.startNs, child);
  const to = cell(trace.endNs, child);
  const [parentFrom, parentTo] = [cell(trace.startNs, parent), cell(trace.endNs, parent)];
  const isWithin = from === to ? parentFrom <= from && to <= parentTo : from < parentTo && to > parentFrom;
  return isWithin && asyncReason(trace, child) === null;
}
