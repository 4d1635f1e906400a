import { childrenByStart } from './children.ts';
import { cell } from './column.ts';
import type { Trace } from './trace.ts';

/**
 * By span, the nanoseconds in which none of its children ran: its duration without the union of its children, each clipped to it.
 * Children that were not waited for count too: what ran elsewhere meanwhile is not the span's own work. O(n log n).
 */
export function selfTimes(trace: Trace): Float64Array {
  const times = new Float64Array(trace.size);
  for (let span = 0; span < trace.size; span += 1) {
    times[span] = cell(trace.endNs, span) - cell(trace.startNs, span) - coveredNs(trace, span);
  }
  return times;
}

function coveredNs(trace: Trace, span: number): number {
  const end = cell(trace.endNs, span);
  let reached = cell(trace.startNs, span);
  let covered = 0;
  for (const child of childrenByStart(trace, span)) {
    const from = Math.max(cell(trace.startNs, child), reached);
    const to = Math.min(cell(trace.endNs, child), end);
    if (to > from) {
      covered += to - from;
      reached = to;
    }
  }
  return covered;
}
