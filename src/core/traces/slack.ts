import { cell } from './column.ts';
import { durationOf } from './spanFields.ts';
import type { Trace } from './trace.ts';
import { createWaits, type WaitStep } from './waits.ts';

interface Frame {
  readonly span: number;
  readonly steps: readonly WaitStep[];
  /** How many steps are left; they are taken from the last to the first. */
  left: number;
  /** By when all that the steps taken so far waited for has to be done. */
  lateNs: number;
}

/**
 * By span, how many nanoseconds it may grow before the earliest root grows; one more and it does. Null for what nobody waits for, and
 * all below it: asynchronous children, those outside of their parent, and other roots.
 *
 * The backward pass of the critical path method (Kelley and Walker 1959) over the model of `createWaits`: the latest end of each span that
 * does not move the root's, less its end. O(n log n), no recursion.
 */
export function slackOf(trace: Trace): ReadonlyArray<number | null> {
  const slack: Array<number | null> = Array.from({ length: trace.size }, () => null);
  const latestStart = new Float64Array(trace.size);
  const waitsOf = createWaits(trace);
  const stack: Frame[] = [];

  const enter = (span: number, latestEnd: number): void => {
    slack[span] = latestEnd - cell(trace.endNs, span);
    if (trace.subtreeEnd[span] === span + 1) {
      // Most spans of a trace have nothing below them: no need to look.
      latestStart[span] = latestEnd - durationOf(trace, span);
      return;
    }
    const { steps, tailNs } = waitsOf(span);
    stack.push({ span, steps, left: steps.length, lateNs: latestEnd - tailNs });
  };

  const root = trace.roots[0];
  if (root !== undefined) {
    enter(root, cell(trace.endNs, root));
  }
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    frame.left -= 1;
    const step = frame.steps[frame.left];
    if (step === undefined) {
      latestStart[frame.span] = frame.lateNs;
      stack.pop();
    } else if (step.ends) {
      enter(step.child, frame.lateNs + step.lagNs);
    } else if (slack[step.child] !== null) {
      frame.lateNs = Math.min(frame.lateNs, cell(latestStart, step.child) - step.lagNs);
    }
  }
  return slack;
}
