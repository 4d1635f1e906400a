import { cell } from '../column.ts';

/** A directed edge between places of nodes. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
}

/**
 * By edge, whether it leads back to where a walk from the entries came from; turned round, such edges leave no cycle.
 * Depth-first without recursion, from nodes that nothing leads to, then in order.
 */
export function backwardArrows(size: number, arrows: readonly Arrow[]): readonly boolean[] {
  const outgoing = listsOf(size, arrows, 'from');
  const incoming = listsOf(size, arrows, 'to');
  const backward = arrows.map(() => false);
  const state = new Uint8Array(size);
  const next = new Uint32Array(size);
  const starts = [...state.keys()].sort((a, b) => Number(hasAny(incoming[a])) - Number(hasAny(incoming[b])) || a - b);
  for (const start of starts) {
    const way = state[start] === UNSEEN ? [start] : [];
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      state[at] = ON_THE_WAY;
      const arrow = outgoing[at]?.[cell(next, at)];
      if (arrow === undefined) {
        state[at] = DONE;
        way.pop();
        continue;
      }
      next[at] = cell(next, at) + 1;
      const to = arrows[arrow]?.to ?? at;
      if (state[to] === ON_THE_WAY) {
        backward[arrow] = true;
      } else if (state[to] === UNSEEN) {
        way.push(to);
      }
    }
  }
  return backward;
}

const UNSEEN = 0;
const ON_THE_WAY = 1;
const DONE = 2;

const hasAny = (list: readonly number[] | undefined): boolean => list !== undefined && list.length > 0;

function listsOf(size: number, arrows: readonly Arrow[], end: keyof Arrow): number[][] {
  const lists: number[][] = Array.from({ length: size }, () => []);
  arrows.forEach((arrow, index) => lists[arrow[end]]?.push(index));
  return lists;
}

/** By node, how many edges the longest way to it has. Without cycles only. */
export function layersOf(size: number, arrows: readonly Arrow[]): Uint32Array {
  const outgoing = listsOf(size, arrows, 'from');
  const waiting = new Uint32Array(size);
  for (const { to } of arrows) {
    waiting[to] = cell(waiting, to) + 1;
  }
  const layer = new Uint32Array(size);
  const ready = [...layer.keys()].filter((node) => waiting[node] === 0);
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const arrow of outgoing[node] ?? []) {
      const to = arrows[arrow]?.to ?? 0;
      layer[to] = Math.max(cell(layer, to), cell(layer, node) + 1);
      waiting[to] = cell(waiting, to) - 1;
      if (waiting[to] === 0) {
        ready.push(to);
      }
    }
  }
  return layer;
}
