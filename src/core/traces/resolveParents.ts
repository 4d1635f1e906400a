/** What is known of each span, by its place in the input, before the tree is made. */
export interface UnlinkedSpans {
  readonly ids: readonly string[];
  /** Empty for none. */
  readonly parentIds: readonly string[];
  readonly isServer: (span: number) => boolean;
  readonly isClient: (span: number) => boolean;
  readonly startNs: Float64Array;
  readonly tiedByLink: Uint8Array;
}

export interface ResolvedParents {
  /** Index of the parent, or -1. */
  readonly parent: Int32Array;
  /** Spans whose parent is named but not there. */
  readonly missing: readonly number[];
  /** Spans that became roots because their parents led back to themselves. */
  readonly cut: readonly number[];
  /** Spans that share their id with an earlier one which they do not continue. */
  readonly ambiguous: readonly number[];
}

/**
 * Finds the parent of each span by id. A server span with the id of a client span is its other half, as in Zipkin: it becomes the
 * client's child, and takes the client's children. Cycles are cut at a tie by link, else at the earliest start.
 */
export function resolveParents(spans: UnlinkedSpans): ResolvedParents {
  const { ids, parentIds } = spans;
  const { owner, clientHalf, ambiguous } = ownersOf(spans);
  const parent = new Int32Array(ids.length).fill(-1);
  const missing: number[] = [];
  for (let i = 0; i < ids.length; i += 1) {
    const half = clientHalf.get(i);
    const id = parentIds[i] ?? '';
    const found = half ?? (id === '' ? undefined : owner.get(id));
    if (found !== undefined) {
      parent[i] = found;
    } else if (id !== '') {
      missing.push(i);
    }
  }
  return { parent, missing, ambiguous, cut: cutCycles(parent, spans) };
}

function ownersOf({ ids, isServer, isClient }: UnlinkedSpans) {
  const owner = new Map<string, number>();
  const clientHalf = new Map<number, number>();
  const ambiguous: number[] = [];
  for (let i = 0; i < ids.length; i += 1) {
    const id = ids[i] ?? '';
    const first = owner.get(id);
    if (first === undefined) {
      owner.set(id, i);
    } else if (isClient(first) && isServer(i)) {
      clientHalf.set(i, first);
      owner.set(id, i);
    } else if (isServer(first) && isClient(i) && !clientHalf.has(first)) {
      clientHalf.set(first, i);
    } else {
      ambiguous.push(i);
    }
  }
  return { owner, clientHalf, ambiguous };
}

const UNSEEN = 0;
const ON_THE_WAY = 1;
const DONE = 2;

function cutCycles(parent: Int32Array, spans: UnlinkedSpans): readonly number[] {
  const state = new Uint8Array(parent.length);
  const cut: number[] = [];
  for (let from = 0; from < parent.length; from += 1) {
    const way: number[] = [];
    let at = from;
    while (at !== -1 && state[at] === UNSEEN) {
      state[at] = ON_THE_WAY;
      way.push(at);
      at = parent[at] ?? -1;
    }
    if (at !== -1 && state[at] === ON_THE_WAY) {
      const chosen = weakest(way.slice(way.indexOf(at)), spans);
      parent[chosen] = -1;
      cut.push(chosen);
    }
    for (const one of way) {
      state[one] = DONE;
    }
  }
  return cut;
}

function weakest(cycle: readonly number[], { tiedByLink, startNs }: UnlinkedSpans): number {
  const rank = (span: number): number => (tiedByLink[span] === 1 ? -1 : (startNs[span] ?? 0));
  return cycle.reduce((best, one) => (rank(one) < rank(best) ? one : best));
}
