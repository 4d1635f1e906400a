import { cell } from '../column.ts';
import type { CriticalPath } from '../criticalPath.ts';
import type { Trace } from '../trace.ts';

/** Which sections of a critical path are of which span. */
export interface PathIndex {
  readonly sections: CriticalPath['sections'];
  /** Sections of a span and all below it are `from[span] … to[span] - 1`: the path goes into a span at most once. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Time of the path that is the span's own, in nanoseconds. */
  readonly ownNs: Float64Array;
}

/** Looks sections up by span. O(n). */
export function indexPath(trace: Trace, { sections }: CriticalPath): PathIndex {
  const from = new Uint32Array(trace.size).fill(sections.length);
  const to = new Uint32Array(trace.size);
  const ownNs = new Float64Array(trace.size);
  sections.forEach(({ span, startNs, endNs }, i) => {
    from[span] = Math.min(cell(from, span), i);
    to[span] = i + 1;
    ownNs[span] = cell(ownNs, span) + endNs - startNs;
  });
  for (let span = trace.size - 1; span >= 0; span -= 1) {
    const parent = cell(trace.parent, span);
    if (parent !== -1 && cell(from, span) < cell(to, span)) {
      from[parent] = Math.min(cell(from, parent), cell(from, span));
      to[parent] = Math.max(cell(to, parent), cell(to, span));
    }
  }
  return { sections, from, to, ownNs };
}

/** Whether a span, or one below it, is on the path. */
export const isOnPath = ({ from, to }: PathIndex, span: number): boolean => cell(from, span) < cell(to, span);

export interface Stretch {
  readonly startNs: number;
  readonly endNs: number;
}

/** Stretches of the path that are a span's own, or with `below` those of all under it too. */
export function pathStretches({ sections, from, to }: PathIndex, span: number, below: boolean): readonly Stretch[] {
  const run = sections.slice(cell(from, span), cell(to, span));
  return below ? run : run.filter((section) => section.span === span);
}
