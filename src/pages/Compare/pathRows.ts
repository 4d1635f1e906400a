import type { PathDifference, Tested } from '../../core/traces/compare/comparison.ts';

/** What a reader would search by. */
const textOf = ({ service, operation }: PathDifference): string => `${service}: ${operation}`.toLowerCase();

/** Every word of the filter stands somewhere in the service or operation. */
export function matches(path: PathDifference, filter: string): boolean {
  const text = textOf(path);
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export const isSignificant = ({ duration, count, errors }: PathDifference): boolean =>
  [duration, count, errors].some((test: Tested | null) => test?.isSignificant === true);

/** What a path is, besides longer or shorter. */
export type Presence = 'both' | 'new' | 'gone';

export function presenceOf({ a, b }: PathDifference): Presence {
  if (a.traces === 0) {
    return 'new';
  }
  return b.traces === 0 ? 'gone' : 'both';
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
