/** A graph by places in an array, as layout works on it. */
export interface Graph {
  readonly size: number;
  /** Pairs of places, without loops. */
  readonly edges: ReadonlyArray<readonly [from: number, to: number]>;
}

/** For each place the places at the other ends of its edges. */
export function neighboursOf(size: number, edges: Graph['edges'], end: 'out' | 'in'): readonly number[][] {
  const beside: number[][] = Array.from({ length: size }, () => []);
  for (const [from, to] of edges) {
    beside[end === 'out' ? from : to]?.push(end === 'out' ? to : from);
  }
  return beside;
}

/** Groups of places that hang together, the largest first, each in ascending order. */
export function componentsOf({ size, edges }: Graph): readonly number[][] {
  const leader = Int32Array.from({ length: size }, (_, place) => place);
  const leaderOf = (place: number): number => {
    let at = place;
    while ((leader[at] ?? at) !== at) {
      // Halves the way for those who come after.
      leader[at] = leader[leader[at] ?? at] ?? at;
      at = leader[at] ?? at;
    }
    return at;
  };
  for (const [from, to] of edges) {
    leader[leaderOf(from)] = leaderOf(to);
  }
  const groups = new Map<number, number[]>();
  for (let place = 0; place < size; place += 1) {
    const members = groups.get(leaderOf(place)) ?? [];
    members.push(place);
    groups.set(leaderOf(place), members);
  }
  return [...groups.values()].toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}
