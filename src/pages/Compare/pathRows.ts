import type { PathDifference, Tested } from '../../core/traces/compare/comparison.ts';

/** What a reader would search by. */
const textOf = (path: PathDifference): string => nameOf(path).toLowerCase();

/** Every word of the filter stands somewhere in the service or operation. */
export function matches(path: PathDifference, filter: string): boolean {
  const text = textOf(path);
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export const isSignificant = ({ duration, p95, count, errors }: PathDifference): boolean =>
  [duration, p95, count, errors].some((test: Tested | null) => test?.isSignificant === true);

/** What a path is, besides longer or shorter. */
export type Presence = 'both' | 'new' | 'gone';

export function presenceOf({ a, b }: PathDifference): Presence {
  if (a.traces === 0) {
    return 'new';
  }
  return b.traces === 0 ? 'gone' : 'both';
}

/** More names would be longer than the row they explain; what they do not tell apart the tree does. */
const MOST_ABOVE = 3;

/**
 * What is above the paths whose name stands at several places, up to where that tells them apart: in a list the name alone would not say
 * which one is meant. By path; those that are there once are not in it.
 */
export function placesOf(paths: readonly PathDifference[]): ReadonlyMap<number, string> {
  const byPath = new Map(paths.map((path) => [path.path, path]));
  const places = new Map<number, string>();
  let unclear = severalOf(paths, textOf);
  for (let up = 1; up <= MOST_ABOVE && unclear.length > 0; up += 1) {
    unclear.flat().forEach((path) => places.set(path.path, ancestors(path, byPath, up).map(nameOf).join(' ‹ ')));
    unclear = unclear.flatMap((group) => severalOf(group, ({ path }) => places.get(path) ?? ''));
  }
  return places;
}

const nameOf = ({ service, operation }: PathDifference): string => `${service}: ${operation}`;

/** Groups of those that share a key. */
function severalOf(
  paths: readonly PathDifference[],
  keyOf: (path: PathDifference) => string
): ReadonlyArray<readonly PathDifference[]> {
  const groups = new Map<string, PathDifference[]>();
  paths.forEach((path) => groups.set(keyOf(path), [...(groups.get(keyOf(path)) ?? []), path]));
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The nearest first, at most so many. */
function ancestors(
  path: PathDifference,
  byPath: ReadonlyMap<number, PathDifference>,
  most: number
): readonly PathDifference[] {
  const above: PathDifference[] = [];
  let at = path.parent === null ? undefined : byPath.get(path.parent);
  while (at !== undefined && above.length < most) {
    above.push(at);
    at = at.parent === null ? undefined : byPath.get(at.parent);
  }
  return above;
}

export interface TreeRow {
  readonly path: PathDifference;
  readonly hasChildren: boolean;
  /** Of it and all below. */
  readonly totalNs: number;
}

/**
 * Paths as a tree from the top down, the child with the largest difference of it and all below it first. With a filter those that match
 * and everything above them.
 * @param isFolded hides what is below a path
 */
export function treeRows(
  paths: readonly PathDifference[],
  filter: string,
  isFolded: (path: number) => boolean
): readonly TreeRow[] {
  const byParentFirst = paths.toSorted((one, other) => one.path - other.path);
  const kept = keptBy(byParentFirst, filter);
  const totals = totalsOf(byParentFirst);
  const children = new Map<number | null, PathDifference[]>();
  byParentFirst
    .filter(({ path }) => kept.has(path))
    .forEach((path) => children.set(path.parent, [...(children.get(path.parent) ?? []), path]));
  const totalOf = ({ path }: PathDifference): number => totals.get(path) ?? 0;
  const ordered = (parent: number | null): readonly PathDifference[] =>
    (children.get(parent) ?? []).toSorted((one, other) => Math.abs(totalOf(other)) - Math.abs(totalOf(one)));

  const rows: TreeRow[] = [];
  // A stack and not recursion: a path may be as deep as a trace.
  const open = [...ordered(null)].reverse();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const below = ordered(path.path);
    rows.push({ path, hasChildren: below.length > 0, totalNs: totalOf(path) });
    if (!isFolded(path.path)) {
      open.push(...below.toReversed());
    }
  }
  return rows;
}

function keptBy(byParentFirst: readonly PathDifference[], filter: string): ReadonlySet<number> {
  const kept = new Set<number>();
  byParentFirst.toReversed().forEach((path) => {
    if (kept.has(path.path) || matches(path, filter)) {
      kept.add(path.path);
      if (path.parent !== null) {
        kept.add(path.parent);
      }
    }
  });
  return kept;
}

function totalsOf(byParentFirst: readonly PathDifference[]): ReadonlyMap<number, number> {
  const totals = new Map(byParentFirst.map(({ path, contributionNs }) => [path, contributionNs]));
  byParentFirst.toReversed().forEach(({ path, parent }) => {
    if (parent !== null) {
      totals.set(parent, (totals.get(parent) ?? 0) + (totals.get(path) ?? 0));
    }
  });
  return totals;
}
