import { canBeSignificant } from '../../statistics/mannWhitney.ts';
import { ascending, quantile } from '../../statistics/quantile.ts';
import { cell } from '../column.ts';
import { criticalPath } from '../criticalPath.ts';
import { selfTimes } from '../selfTime.ts';
import { setClocksRight } from '../setClocksRight.ts';
import { durationOf, statusOf } from '../spanFields.ts';
import type { Trace } from '../trace.ts';
import {
  SIGNIFICANCE_LEVEL,
  type PathDifference,
  type SetFigures,
  type Side,
  type TraceComparison,
  type Untested,
} from './comparison.ts';
import { addShare, emptyTally, figuresOf, usual, type PathShare, type PathTally } from './pathTally.ts';
import { correctTogether, testPath, testShares, testValues, type Sides } from './pathTests.ts';
import { createPathTree, pathOf } from './pathTree.ts';

/** Takes traces one by one, so that whoever has many can rest in between. */
export interface TraceSetComparer {
  add(side: Side, trace: Trace): void;
  finish(): TraceComparison;
}

/**
 * Compares two sets of traces, aligned by the path of service+operation from the root down.
 *
 * The work of a span itself that held up its root is the root's duration exactly (see `criticalPath`), so the mean of it per trace, B minus
 * A, summed over all paths, is the difference of the mean durations of the roots: that is what each path contributes. O(n log n).
 *
 * Durations are as recorded; what held up the root is told with clocks set right (see `setClocksRight`).
 */
export function compareTraceSets(a: readonly Trace[], b: readonly Trace[]): TraceComparison {
  const comparer = createTraceSetComparer();
  a.forEach((trace) => comparer.add('a', trace));
  b.forEach((trace) => comparer.add('b', trace));
  return comparer.finish();
}

/** What is known of the roots of one set. */
interface RootTally {
  readonly durations: number[];
  readonly traceIds: string[];
  spans: number;
  failed: number;
}

/** @param mostPaths beyond it, paths are folded into the ones above them */
export function createTraceSetComparer(mostPaths?: number): TraceSetComparer {
  const tree = createPathTree(mostPaths);
  const roots: Sides<RootTally> = { a: emptyRoots(), b: emptyRoots() };
  const tallies: Sides<PathTally[]> = { a: [], b: [] };

  return {
    add(side, trace) {
      addRoot(roots[side], trace);
      const places = tree.place(trace);
      sharesOf(trace, places).forEach((share, path) => addShare(tallyAt(tallies[side], path), share, trace.traceId));
      for (let span = 0; span < trace.size; span += 1) {
        const place = cell(places, span);
        if (place >= 0) {
          tallyAt(tallies[side], place).durations.push(durationOf(trace, span));
        }
      }
    },
    finish() {
      const sizes = { a: roots.a.durations.length, b: roots.b.durations.length };
      const sides = tree.nodes.map((_, path) => ({ a: tallyAt(tallies.a, path), b: tallyAt(tallies.b, path) }));
      const tests = correctTogether(sides.map((one) => testPath(one, sizes)));
      const paths = tree.nodes.map(({ parent, ...node }, path): PathDifference => {
        const both = sides[path] ?? { a: emptyTally(), b: emptyTally() };
        const [a, b] = [figuresOf(both.a, sizes.a), figuresOf(both.b, sizes.b)];
        const { duration = null, p95 = null, count = null, errors = null } = tests[path] ?? {};
        const contributionNs = b.criticalNs - a.criticalNs;
        return {
          ...{ path, parent: parent === -1 ? null : parent, ...node, a, b, contributionNs },
          ...{ duration, p95, count, errors },
        };
      });
      return {
        ...compareRoots(roots),
        paths: paths.toSorted(byContribution),
        tests: tests.flatMap((one) => Object.values(one)).filter((one) => one !== null).length,
        folded: tree.folded,
      };
    },
  };
}

const emptyRoots = (): RootTally => ({ durations: [], traceIds: [], spans: 0, failed: 0 });

function tallyAt(tallies: PathTally[], path: number): PathTally {
  const found = tallies[path] ?? emptyTally();
  tallies[path] = found;
  return found;
}

function addRoot(tally: RootTally, trace: Trace): void {
  const root = trace.roots[0];
  tally.spans += trace.size;
  if (root !== undefined) {
    tally.durations.push(durationOf(trace, root));
    tally.traceIds.push(trace.traceId);
    tally.failed += statusOf(trace, root) === 'error' ? 1 : 0;
  }
}

/** What the trace brings to each path. */
function sharesOf(trace: Trace, places: Int32Array): ReadonlyMap<number, PathShare> {
  const shares = new Map<number, PathShare>();
  const shareOf = (span: number): PathShare => {
    const path = pathOf(cell(places, span));
    const found = shares.get(path) ?? { spans: 0, failed: 0, durationNs: 0, longestNs: 0, selfNs: 0, criticalNs: 0 };
    shares.set(path, found);
    return found;
  };
  const right = setClocksRight(trace).trace;
  const self = selfTimes(right);
  for (let span = 0; span < trace.size; span += 1) {
    const share = shareOf(span);
    share.selfNs += cell(self, span);
    if (cell(places, span) >= 0) {
      share.spans += 1;
      share.durationNs += durationOf(trace, span);
      share.longestNs = Math.max(share.longestNs, durationOf(trace, span));
      share.failed += statusOf(trace, span) === 'error' ? 1 : 0;
    }
  }
  for (const { span, startNs, endNs } of criticalPath(right).sections) {
    shareOf(span).criticalNs += endNs - startNs;
  }
  return shares;
}

function compareRoots({ a, b }: Sides<RootTally>): Omit<TraceComparison, 'paths' | 'tests' | 'folded'> {
  const [first, second] = [setFigures(a), setFigures(b)];
  return {
    a: first,
    b: second,
    differenceNs: second.meanNs - first.meanNs,
    durationP: testValues(a.durations, b.durations),
    errorP: testShares({ have: a.failed, of: first.traces }, { have: b.failed, of: second.traces }),
    untested: untestedBecause(first.traces, second.traces),
  };
}

function untestedBecause(a: number, b: number): Untested | null {
  if (a === 1 && b === 1) {
    return 'one_trace_each';
  }
  return canBeSignificant(a, b, SIGNIFICANCE_LEVEL) ? null : 'too_few';
}

function setFigures({ durations, traceIds, spans, failed }: RootTally): SetFigures {
  const sorted = ascending(durations);
  return {
    traces: durations.length,
    spans,
    meanNs: durations.reduce((sum, duration) => sum + duration, 0) / Math.max(1, durations.length),
    medianNs: durations.length === 0 ? 0 : quantile(sorted, 0.5),
    p95Ns: durations.length === 0 ? 0 : quantile(sorted, 0.95),
    failed,
    example: usual(traceIds, durations),
  };
}

const byContribution = (one: PathDifference, other: PathDifference): number =>
  Math.abs(other.contributionNs) - Math.abs(one.contributionNs) || one.path - other.path;
