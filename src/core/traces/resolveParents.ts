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
  /** Spans whose parent is named but not there; a tie by link that leads nowhere names none. */
  readonly missing: readonly number[];
  /** Spans that became roots because their parents led back to themselves; where a tie by link closed the cycle, none. */
  readonly cut: readonly number[];
  /** Spans that share their id with an earlier one which they do not continue. */
  readonly ambiguous: readonly number[];
}

/**
 * Finds the parent of each span by id. A server span with the id of a client span is its other half, as in Zipkin: it becomes the
 * client's child, and takes the client's children. Cycles are cut at a tie by link, else at the earliest start; of several at the smallest id. A tie is no more than
 * a guess at where a root belongs: one that comes to nothing leaves the root, and nothing to say.
 */
export function resolveParents(spans: UnlinkedSpans): ResolvedParents {
  const { ids, parentIds, tiedByLink, startNs } = spans;
  const { owner, clientHalf, ambiguous } = ownersOf(spans);
  const isTie = (span: number): boolean => tiedByLink[span] === 1 && !clientHalf.has(span);
  const parent = new Int32Array(ids.length).fill(-1);
  const missing: number[] = [];
  for (let i = 0; i < ids.length; i += 1) {
    const half = clientHalf.get(i);
    const id = parentIds[i] ?? '';
    const found = half ?? (id === '' ? undefined : owner.get(id));
    if (found !== undefined) {
      parent[i] = found;
    } else if (id !== '' && !isTie(i)) {
      missing.push(i);
    }
  }
  const rank = (span: number): number => (isTie(span) ? -Infinity : (startNs[span] ?? 0));
  // Of equals by id: the order in which spans come says nothing.
  const isCutBefore = (a: number, b: number): boolean =>
    rank(a) < rank(b) || (rank(a) === rank(b) && (ids[a] ?? '') < (ids[b] ?? ''));
  const cut = cutCycles(parent, isCutBefore);
  return { parent, missing, ambiguous, cut: cut.filter((span) => !isTie(span)) };
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

/** @param isCutBefore of a cycle, the one that comes before all others is cut */
function cutCycles(parent: Int32Array, isCutBefore: (a: number, b: number) => boolean): readonly number[] {
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
      const chosen = way.slice(way.indexOf(at)).reduce((best, one) => (isCutBefore(one, best) ? one : best));
      parent[chosen] = -1;
      cut.push(chosen);
    }
    for (const one of way) {
      state[one] = DONE;
    }
  }
  return cut;
}
