import { asyncReason, type AsyncReason } from '../blocking.ts';
import { coarseOverhangs } from '../coarseClocks.ts';
import { cell } from '../column.ts';
import type { Trace } from '../trace.ts';

/** A span that its parent did not wait for; it and all below it are off the critical path. */
export interface AsyncChild {
  readonly span: number;
  readonly reason: AsyncReason;
  /** Above 0 where a coarse clock may have made it so: by how many nanoseconds it ends after its parent. */
  readonly byClockNs: number;
  /** Spans below it. */
  readonly below: number;
}

/** The topmost of each branch, in the order of the trace, within the subtree of a span. */
export function asyncChildren(trace: Trace, root: number): readonly AsyncChild[] {
  const found: AsyncChild[] = [];
  const { byNs } = coarseOverhangs(trace);
  const last = root === -1 ? 0 : cell(trace.subtreeEnd, root);
  for (let span = root + 1; span < last;) {
    const reason = asyncReason(trace, span);
    const end = cell(trace.subtreeEnd, span);
    if (reason === null) {
      span += 1;
    } else {
      found.push({ span, reason, byClockNs: cell(byNs, span), below: end - span - 1 });
      span = end;
    }
  }
  return found;
}
