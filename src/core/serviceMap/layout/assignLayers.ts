import { cell } from '../../traces/column.ts';
import { neighboursOf, type Graph } from './graph.ts';

/**
 * The column of each place, counted from 0, so that calls point to the right: the longest way to it. Edges that close a circle are
 * left out of that (those that lead back to a place whose calls are still being followed), so they point to the left.
 */
export function assignLayers({ size, edges }: Graph): Int32Array {
  const out = neighboursOf(size, edges, 'out');
  const { order, back } = follow(size, out, firstPlaces({ size, edges }));
  const layers = new Int32Array(size);
  for (const place of order) {
    for (const to of out[place] ?? []) {
      if (!back.has(place * size + to)) {
        layers[to] = Math.max(layers[to] ?? 0, (layers[place] ?? 0) + 1);
      }
    }
  }
  pullSources({ size, edges }, layers);
  return layers;
}

/** Places that nobody calls first: from there the walk finds the fewest circles. */
function firstPlaces({ size, edges }: Graph): readonly number[] {
  const calledBy = new Int32Array(size);
  const calls = new Int32Array(size);
  for (const [from, to] of edges) {
    calledBy[to] = (calledBy[to] ?? 0) + 1;
    calls[from] = (calls[from] ?? 0) + 1;
  }
  const surplus = (place: number): number => (calls[place] ?? 0) - (calledBy[place] ?? 0);
  return Array.from({ length: size }, (_, place) => place).toSorted(
    (a, b) => Number((calledBy[a] ?? 0) > 0) - Number((calledBy[b] ?? 0) > 0) || surplus(b) - surplus(a) || a - b
  );
}

const NEW = 0;
const OPEN = 1;
const DONE = 2;

interface Walk {
  readonly out: readonly number[][];
  readonly state: Uint8Array;
  /** Which of its calls comes next. */
  readonly next: Int32Array;
  /** Places whose calls have all been followed, in that order. */
  readonly finished: number[];
  /** Edges to a place whose calls are still being followed, as `from * size + to`. */
  readonly back: Set<number>;
}

/** Walks in depth. @returns places in topological order, and the edges against it as `from * size + to` */
function follow(size: number, out: readonly number[][], starts: readonly number[]) {
  const walk: Walk = { out, state: new Uint8Array(size), next: new Int32Array(size), finished: [], back: new Set() };
  for (const start of starts) {
    if (walk.state[start] === NEW) {
      followFrom(start, walk);
    }
  }
  return { order: walk.finished.toReversed(), back: walk.back };
}

/** Without recursion: a chain may be as long as there are services. */
function followFrom(start: number, { out, state, next, finished, back }: Walk): void {
  const path = [start];
  state[start] = OPEN;
  for (let place = path.at(-1); place !== undefined; place = path.at(-1)) {
    const step = cell(next, place);
    const to = out[place]?.[step];
    next[place] = step + 1;
    if (to === undefined) {
      state[place] = DONE;
      finished.push(place);
      path.pop();
    } else if (state[to] === OPEN) {
      back.add(place * state.length + to);
    } else if (state[to] === NEW) {
      state[to] = OPEN;
      path.push(to);
    }
  }
}

/** Who is called by nobody stands beside what it calls, not at the far left. */
function pullSources({ size, edges }: Graph, layers: Int32Array): void {
  const called = new Uint8Array(size);
  for (const [, to] of edges) {
    called[to] = 1;
  }
  const out = neighboursOf(size, edges, 'out');
  out.forEach((targets, place) => {
    if (called[place] === 0 && targets.length > 0) {
      layers[place] = Math.max(0, Math.min(...targets.map((to) => layers[to] ?? 0)) - 1);
    }
  });
}
