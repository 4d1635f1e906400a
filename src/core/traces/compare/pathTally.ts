import { ascending, quantile } from '../../statistics/quantile.ts';
import type { PathFigures } from './comparison.ts';

/** What one trace brings to one path. */
export interface PathShare {
  spans: number;
  failed: number;
  durationNs: number;
  longestNs: number;
  selfNs: number;
  criticalNs: number;
}

/** What the traces of one set bring to one path. */
export interface PathTally {
  /** Of each span. */
  readonly durations: number[];
  failed: number;
  selfNs: number;
  criticalNs: number;
  /** One entry for each trace that has the path. */
  readonly means: number[];
  readonly longest: number[];
  readonly counts: number[];
  readonly traceIds: string[];
  failedTraces: number;
}

export const emptyTally = (): PathTally => ({
  durations: [],
  failed: 0,
  selfNs: 0,
  criticalNs: 0,
  means: [],
  longest: [],
  counts: [],
  traceIds: [],
  failedTraces: 0,
});

export function addShare(tally: PathTally, share: PathShare, traceId: string): void {
  tally.failed += share.failed;
  tally.selfNs += share.selfNs;
  tally.criticalNs += share.criticalNs;
  // Spans that were folded into the path bring time, and nothing else.
  if (share.spans > 0) {
    tally.means.push(share.durationNs / share.spans);
    tally.longest.push(share.longestNs);
    tally.counts.push(share.spans);
    tally.traceIds.push(traceId);
    tally.failedTraces += share.failed > 0 ? 1 : 0;
  }
}

/** @param traces in the set, with the path or without */
export function figuresOf(tally: PathTally, traces: number): PathFigures {
  const { durations, means } = tally;
  const sorted = ascending(durations);
  const over = Math.max(1, traces);
  return {
    traces: means.length,
    spans: durations.length,
    perTrace: durations.length / over,
    medianNs: sorted.length === 0 ? null : quantile(sorted, 0.5),
    p95Ns: sorted.length === 0 ? null : quantile(sorted, 0.95),
    selfNs: tally.selfNs / over,
    criticalNs: tally.criticalNs / over,
    errorShare: durations.length === 0 ? null : tally.failed / durations.length,
    example: usual(tally.traceIds, means),
  };
}

/** The one whose value is nearest to the median: a trace to look at, and not the oddest. */
export function usual(traceIds: readonly string[], values: readonly number[]): string | null {
  const median = quantile(ascending(values), 0.5);
  let nearest: number | undefined;
  values.forEach((value, at) => {
    if (nearest === undefined || Math.abs(value - median) < Math.abs((values[nearest] ?? 0) - median)) {
      nearest = at;
    }
  });
  return nearest === undefined ? null : (traceIds[nearest] ?? null);
}
