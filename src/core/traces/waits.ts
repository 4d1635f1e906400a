import { asyncReason } from './blocking.ts';
import { childrenOf } from './children.ts';
import { cell } from './column.ts';
import type { Trace } from './trace.ts';

/** A child begins or ends, in the course of its parent. */
export interface WaitStep {
  readonly child: number;
  readonly ends: boolean;
  /**
   * Of a beginning: nanoseconds after what it waited for (before it, where the child began earlier than its parent). Of an end: how long
   * the child went on after its parent, for which nobody waited.
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
 * parent |--------------------------------|
 * A        |-----|                            begins 2 after the parent
 * B            |---------|                    begins 6 after the parent: nothing had ended
 * C                 |----|                    begins 3 after A: A is all that had ended
 * D                         |----|            begins 2 after the last of A, B, C
 *                                 '-----------  the parent ends 1 after D
 * ```
 *
 * A child begins when the last of those siblings has ended that had ended when it began, and the parent has done its own work in
 * between, which takes as long as it did. If there was none, it begins as long after the parent as it did. The parent ends when the last
 * of its children has, and its own work after that. Who did not begin before another ended does not wait for it, though it may have:
 * a trace does not say. Only children that count are waited for: those without an `asyncReason` that ran within the parent at least for
 * a moment. Of those that went on after the parent's end (clocks differ) only the part up to there counts.
 */
export function waitsOf(trace: Trace, span: number): Waits {
  const { startNs, endNs } = trace;
  const end = cell(endNs, span);
  // Up to where everything that a next child has to wait for is done.
  let base = cell(startNs, span);
  const steps = momentsOf(trace, span).map(({ child, ends, at }): WaitStep => {
    if (!ends) {
      return { child, ends, lagNs: at - base };
    }
    base = Math.max(base, Math.min(at, end));
    return { child, ends, lagNs: Math.max(0, at - end) };
  });
  return { steps, tailNs: end - base };
}

interface Moment {
  readonly child: number;
  readonly ends: boolean;
  readonly at: number;
  readonly phase: number;
}

// What happens at one moment happens in this order, so that a child of no length neither waits for itself nor for who waits for it.
const SPAN_ENDS = 0;
const POINT = 1;
const SPAN_BEGINS = 2;

function momentsOf(trace: Trace, span: number): readonly Moment[] {
  const moments: Moment[] = [];
  for (const child of childrenOf(trace, span)) {
    const from = cell(trace.startNs, child);
    const to = cell(trace.endNs, child);
    const isPoint = from === to;
    moments.push({ child, ends: false, at: from, phase: isPoint ? POINT : SPAN_BEGINS });
    if (isWaitedFor(trace, child)) {
      moments.push({ child, ends: true, at: to, phase: isPoint ? POINT : SPAN_ENDS });
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
