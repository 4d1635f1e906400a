import { cell } from './column.ts';
import type { MergedPath } from './mergePaths.ts';

export interface CutPaths {
  /** In preorder, as before. */
  readonly paths: readonly MergedPath[];
  readonly leftOut: number;
}

/**
 * The paths with the most time, at most so many, each with all that is above it. A path counts for no more than the one above it, so
 * that a long child of a short parent (one that was not waited for) does not tear the tree.
 */
export function cutPaths(paths: readonly MergedPath[], most: number): CutPaths {
  if (paths.length <= most) {
    return { paths, leftOut: 0 };
  }
  const weight = new Float64Array(paths.length);
  paths.forEach(({ parent, total }, at) => {
    weight[at] = parent === -1 ? total.sumNs : Math.min(total.sumNs, cell(weight, parent));
  });
  // Of equal weight the earlier goes first: a parent stands before its children.
  const heaviest = Uint32Array.from(paths.keys()).sort((a, b) => cell(weight, b) - cell(weight, a) || a - b);
  const kept = heaviest.subarray(0, most).sort();
  return { paths: renumbered(paths, kept), leftOut: paths.length - kept.length };
}

function renumbered(paths: readonly MergedPath[], kept: Uint32Array): readonly MergedPath[] {
  const places = new Map(Array.from(kept, (from, to): [number, number] => [from, to]));
  return Array.from(kept).flatMap((from, to) => {
    const path = paths[from];
    if (path === undefined) {
      return [];
    }
    let end = to + 1;
    while (end < kept.length && cell(kept, end) < path.subtreeEnd) {
      end += 1;
    }
    return [{ ...path, parent: places.get(path.parent) ?? -1, subtreeEnd: end }];
  });
}
