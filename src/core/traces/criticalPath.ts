import { cell } from './column.ts';
import { asyncReason } from './blocking.ts';
import type { Trace } from './trace.ts';

/** A stretch of time, in nanoseconds of the trace, in which only this span's own work held up the root. */
export interface PathSection {
  readonly span: number;
  readonly startNs: number;
  readonly endNs: number;
}

export interface CriticalPath {
  /** The span whose path it is. */
  readonly root: number;
  /** From start to end; they touch, and add up to the root's duration exactly. */
  readonly sections: readonly PathSection[];
}

interface Frame {
  readonly span: number;
  /** Where the span begins within what surrounds it. */
  readonly from: number;
  /** Everything after this has its owner. */
  open: number;
  /** Blocking children, the latest end first. */
  readonly children: readonly number[];
  next: number;
}

/**
 * The critical path of a span (by default of the earliest root): going back from its end, the child that ended last held it up, until
 * that child began, then the one that ended last before, and so on within each.
 *
 * ```
 * parent |--------------------------|      sections: parent 0–10, A 10–50, B 50–90, parent 90–100
 * A          |------------|
 * B                    |--------|          (10–60 and 50–90 in a parent of 0–100: B was still awaited when A ended)
 * ```
 *
 * Only children that the parent waited for count (see `asyncReason`), each clipped to its parent. A child qualifies while it started
 * strictly before the point reached; of several with the same end the earlier start goes first, then the smaller id. O(n log n), no
 * recursion: a pointer into the sorted children is enough, since one that started too late for this point is too late for all earlier.
 */
export function criticalPath(trace: Trace, root: number = trace.roots[0] ?? -1): CriticalPath {
  const backwards: PathSection[] = [];
  const stack: Frame[] =
    root === -1 ? [] : [enter(trace, root, { from: cell(trace.startNs, root), to: cell(trace.endNs, root) })];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = nextChild(trace, frame);
    if (child === undefined) {
      addSection(backwards, { span: frame.span, startNs: frame.from, endNs: frame.open });
      stack.pop();
      continue;
    }
    const to = Math.min(cell(trace.endNs, child), frame.open);
    const from = Math.max(cell(trace.startNs, child), frame.from);
    addSection(backwards, { span: frame.span, startNs: to, endNs: frame.open });
    frame.open = from;
    stack.push(enter(trace, child, { from, to }));
  }
  return { root, sections: backwards.reverse() };
}

function enter(trace: Trace, span: number, { from, to }: { from: number; to: number }): Frame {
  return { span, from, open: to, children: blockingChildren(trace, span), next: 0 };
}

/** The child that ended last among those that began before the open point and ended within the span. */
function nextChild(trace: Trace, frame: Frame): number | undefined {
  while (frame.open > frame.from && frame.next < frame.children.length) {
    const child = cell(frame.children, frame.next);
    if (cell(trace.endNs, child) <= frame.from) {
      // All that follow ended even earlier.
      return undefined;
    }
    frame.next += 1;
    if (cell(trace.startNs, child) < frame.open) {
      return child;
    }
  }
  return undefined;
}

function blockingChildren(trace: Trace, span: number): readonly number[] {
  const children: number[] = [];
  const last = cell(trace.subtreeEnd, span);
  for (let child = span + 1; child < last; child = trace.subtreeEnd[child] ?? last) {
    if (asyncReason(trace, child) === null) {
      children.push(child);
    }
  }
  // They come by start, and so mostly by end: from the back they are nearly sorted already.
  return children.reverse().sort(byEndLatestFirst(trace));
}

const byEndLatestFirst =
  ({ startNs, endNs, spanIds }: Trace) =>
  (a: number, b: number): number =>
    cell(endNs, b) - cell(endNs, a) ||
    cell(startNs, a) - cell(startNs, b) ||
    compareIds(spanIds[a], spanIds[b]) ||
    // Two spans of one id: the one that came first is the one with the children.
    a - b;

function compareIds(a = '', b = ''): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Sections come from the end to the start; one that touches the section before it of the same span becomes part of it. */
function addSection(backwards: PathSection[], section: PathSection): void {
  if (section.startNs >= section.endNs) {
    return;
  }
  const later = backwards.at(-1);
  if (later?.span === section.span && later.startNs === section.endNs) {
    backwards[backwards.length - 1] = { ...later, startNs: section.startNs };
  } else {
    backwards.push(section);
  }
}
