import type { Trace } from '../trace.ts';
import { cell } from '../column.ts';
import { operationOf, serviceOf } from '../spanFields.ts';

/** More are no structure but names with ids in them, and would fill the memory. */
const MOST_PATHS = 20_000;

export interface PathNode {
  readonly parent: number;
  readonly depth: number;
  readonly service: string;
  readonly operation: string;
}

/** Paths by service+operation from the root down, over any number of traces. */
export interface PathTree {
  readonly nodes: readonly PathNode[];
  /** Spans that were given the path above their own, there being too many. */
  readonly folded: number;
  /** The path of each span; −1 − path for a span that was folded into that path. */
  place(trace: Trace): Int32Array;
}

export function createPathTree(mostPaths: number = MOST_PATHS): PathTree {
  const nodes: PathNode[] = [];
  const known = new Map<string, number>();
  let folded = 0;

  const child = (parent: number, service: string, operation: string): number | undefined => {
    const key = `${parent}\u0000${service}\u0000${operation}`;
    const found = known.get(key);
    // A root always has its place: there is nothing to fold it into.
    if (found !== undefined || (parent !== -1 && nodes.length >= mostPaths)) {
      return found;
    }
    known.set(key, nodes.length);
    nodes.push({ parent, depth: (nodes[parent]?.depth ?? -1) + 1, service, operation });
    return nodes.length - 1;
  };

  return {
    nodes,
    get folded() {
      return folded;
    },
    place(trace) {
      const places = new Int32Array(trace.size);
      for (let span = 0; span < trace.size; span += 1) {
        const parent = cell(trace.parent, span);
        const above = parent === -1 ? -1 : pathOf(cell(places, parent));
        const own = child(above, serviceOf(trace, span), operationOf(trace, span));
        places[span] = own ?? -1 - above;
        folded += own === undefined ? 1 : 0;
      }
      return places;
    },
  };
}

/** The path that a place stands for, folded or not. */
export const pathOf = (place: number): number => (place < 0 ? -1 - place : place);
