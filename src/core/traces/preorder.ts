import { cell } from './column.ts';

export interface Preorder {
  /** Input index at each place of the order. */
  readonly order: Uint32Array;
  /** By place, not by input index: place of the parent, or -1. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly subtreeEnd: Uint32Array;
  readonly roots: Uint32Array;
}

interface Siblings {
  readonly parent: Int32Array;
  readonly compare: (a: number, b: number) => number;
}

/** Puts spans in preorder, siblings and roots as `compare` says. Any depth and width: nothing recurses. */
export function preorder({ parent, compare }: Siblings): Preorder {
  const size = parent.length;
  const { from, children, roots: firstRoots } = groupByParent(parent, compare);
  const order = new Uint32Array(size);
  const place = new Uint32Array(size);
  const stack = firstRoots.toReversed();
  let next = 0;
  while (stack.length > 0) {
    const span = stack.pop() ?? 0;
    place[span] = next;
    order[next] = span;
    next += 1;
    for (let i = cell(from, span + 1) - 1; i >= cell(from, span); i -= 1) {
      stack.push(cell(children, i));
    }
  }
  return { order, ...measure(order, place, parent), roots: Uint32Array.from(firstRoots, (root) => cell(place, root)) };
}

/** One sort of all spans, then a counting sort by parent, keeps siblings in order. */
function groupByParent(parent: Int32Array, compare: (a: number, b: number) => number) {
  const size = parent.length;
  // A plain array: its sort is quick over runs that are in order, as spans of one process mostly come, and a typed one's is not.
  const sorted = Array.from(parent.keys()).sort(compare);
  const from = new Uint32Array(size + 2);
  for (const above of parent) {
    if (above !== -1) {
      from[above + 2] = cell(from, above + 2) + 1;
    }
  }
  for (let i = 2; i < from.length; i += 1) {
    from[i] = cell(from, i) + cell(from, i - 1);
  }
  const children = new Uint32Array(size);
  const roots: number[] = [];
  for (const span of sorted) {
    const above = cell(parent, span);
    if (above === -1) {
      roots.push(span);
    } else {
      const slot = cell(from, above + 1);
      children[slot] = span;
      from[above + 1] = slot + 1;
    }
  }
  return { from, children, roots };
}

function measure(order: Uint32Array, place: Uint32Array, parentOf: Int32Array) {
  const size = order.length;
  const parent = new Int32Array(size).fill(-1);
  const depth = new Uint32Array(size);
  const subtreeEnd = new Uint32Array(size);
  for (let i = 0; i < size; i += 1) {
    const above = cell(parentOf, cell(order, i));
    if (above !== -1) {
      const at = cell(place, above);
      parent[i] = at;
      depth[i] = cell(depth, at) + 1;
    }
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    subtreeEnd[i] = Math.max(cell(subtreeEnd, i), i + 1);
    const above = cell(parent, i);
    if (above !== -1) {
      subtreeEnd[above] = Math.max(cell(subtreeEnd, above), cell(subtreeEnd, i));
    }
  }
  return { parent, depth, subtreeEnd };
}
