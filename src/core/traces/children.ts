import { cell } from './column.ts';
import type { Trace } from './trace.ts';

/** The children of a span in the order of the trace. */
export function childrenOf({ subtreeEnd }: Pick<Trace, 'subtreeEnd'>, span: number): number[] {
  const children: number[] = [];
  const last = cell(subtreeEnd, span);
  for (let child = span + 1; child < last; child = subtreeEnd[child] ?? last) {
    children.push(child);
  }
  return children;
}

/** The children of a span by start. That is the order of the trace already, unless its times were adjusted. */
export function childrenByStart(trace: Trace, span: number): number[] {
  const { startNs } = trace;
  const children = childrenOf(trace, span);
  const inOrder = children.every((child, i) => i === 0 || cell(startNs, children[i - 1] ?? 0) <= cell(startNs, child));
  return inOrder ? children : children.sort((a, b) => cell(startNs, a) - cell(startNs, b) || a - b);
}
