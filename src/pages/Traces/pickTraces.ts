import type { FoundTrace } from '../../ui/traces/found/foundTraces.ts';

const idsOf = (traces: readonly FoundTrace[]): readonly string[] => traces.map(({ traceId }) => traceId);

/** Ids of those with a failed span. */
export const failedOf = (traces: readonly FoundTrace[]): readonly string[] =>
  idsOf(traces.filter(({ failedIn }) => failedIn.length > 0));

/** Ids of the tenth that took longest, one at least; none where that would leave no rest. */
export function slowestTenth(traces: readonly FoundTrace[]): readonly string[] {
  const count = Math.ceil(traces.length / 10);
  return traces.length < 2 ? [] : idsOf(traces.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, count));
}
