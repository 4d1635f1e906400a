import * as contract from '../../../src/api/traceComparison.ts';
import { createTraceSetComparer } from '../../../src/core/traces/compare/compareTraceSets.ts';
import type { PathDifference } from '../../../src/core/traces/compare/comparison.ts';
import type { TraceSet, TraceSetUsed } from '../../../src/api/traces.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import type { Deps } from '../../deps.ts';
import { query, type Call } from '../operation.ts';
import { inTurns } from './inTurns.ts';
import { loadTracePair, loadTraceSet, type LoadedTraceSet } from './loadTraceSet.ts';
import { requireWindow } from './requireWindow.ts';
import { sidesOf, type Parted } from './sidesOf.ts';

/** More rows than anyone reads, so that the answer has a bound whatever the traces are. */
const MOST_PATHS = 500;

export const compareTraces = query(contract.compareTraces, async (deps, call, { sides }) => {
  const { a, b, parted } = await readSides(deps, call, sides);
  const comparer = createTraceSetComparer();
  await inTurns(parted.a, call.signal, (trace) => comparer.add('a', trace));
  await inTurns(parted.b, call.signal, (trace) => comparer.add('b', trace));
  const { paths, ...comparison } = comparer.finish();
  const shown = withAncestors(paths, MOST_PATHS);
  return {
    ...{ a, b, slowerThanNs: parted.slowerThanNs },
    comparison: { ...comparison, ...withoutCircle(parted), paths: shown },
    pathsLeftOut: paths.length - shown.length,
  };
});

/** That traces differ by what they were parted by is no finding. */
const withoutCircle = ({ slowerThanNs }: Parted) => (slowerThanNs === null ? {} : { durationP: null });

interface ReadSides {
  readonly a: contract.AskedSet;
  readonly b: contract.AskedSet;
  readonly parted: Parted;
}

async function readSides(deps: Deps, call: Call, sides: contract.TraceSides): Promise<ReadSides> {
  const plan = sidesOf(sides);
  if ('both' in plan) {
    requireWindowOf(plan.both, 'sides.to');
    const loaded = await loadTraceSet(deps, call, plan.both);
    const parted = plan.part(loaded.traces);
    return { a: askedOf(loaded, parted.a), b: askedOf(loaded, parted.b), parted };
  }
  requireWindowOf(plan.a, sides.kind === 'sets' ? 'sides.a.to' : 'sides.to');
  requireWindowOf(plan.b, sides.kind === 'sets' ? 'sides.b.to' : 'sides.to');
  const [first, second] = await loadTracePair(deps, call, [plan.a, plan.b]);
  const parted = plan.part?.(first.traces, second.traces) ?? {
    ...{ a: first.traces, b: second.traces },
    slowerThanNs: null,
  };
  return { a: askedOf(first, parted.a), b: askedOf(second, parted.b), parted };
}

export function requireWindowOf(set: TraceSet, path: string): void {
  if ('query' in set) {
    requireWindow(set, path);
  }
}

/** What was asked, and how many of the traces that came are on this side. */
export function askedOf({ used, query: asked, window }: LoadedTraceSet, traces: readonly Trace[]): contract.AskedSet {
  const side: TraceSetUsed = {
    ...used,
    traces: traces.length,
    spans: traces.reduce((sum, { size }) => sum + size, 0),
  };
  return { used: side, query: asked, window, traceIds: traces.map(({ traceId }) => traceId) };
}

/** The first paths, each with all above it: without those a tree of them has no roots. One for which there is no room is left out. */
function withAncestors(paths: readonly PathDifference[], most: number): PathDifference[] {
  const byPath = new Map(paths.map((one) => [one.path, one]));
  const kept = new Set<number>();
  for (const one of paths) {
    const missing: number[] = [];
    for (let at: PathDifference | undefined = one; at !== undefined && !kept.has(at.path);) {
      missing.push(at.path);
      at = at.parent === null ? undefined : byPath.get(at.parent);
    }
    if (kept.size + missing.length <= most) {
      missing.forEach((path) => kept.add(path));
    }
    if (kept.size >= most) {
      break;
    }
  }
  return paths.filter(({ path }) => kept.has(path));
}
