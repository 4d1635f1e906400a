import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { previewThreshold, type ThresholdInput, type ThresholdView } from '../../api/thresholds.ts';
import { overridesOf } from '../../core/thresholds/overridesOf.ts';
import { useHost } from '../../host/HostContext.ts';
import { createQueue } from './createQueue.ts';
import { TABLE_RANGE, type Preview } from './firedWords.ts';

/** What six hours held changes little in a few minutes, and each preview is a range query. */
const FRESH_MS = 5 * 60_000;
const inTurn = createQueue(2);

/** The part of a threshold that decides when it fires. */
function firingPart({ service, signal, direction, warning, critical, unit, for: hold }: ThresholdView): ThresholdInput {
  return { service, signal, direction, warning, critical, unit, for: hold };
}

const namespaced = (threshold: ThresholdView) => ({ ...threshold, namespace: '' });

export type Previews = ReadonlyMap<string, UseQueryResult<Preview>>;

/** What each wanted threshold would have done, by id: asked once, two at a time, and kept. */
export function usePreviews(thresholds: readonly ThresholdView[], wanted: ReadonlySet<string>): Previews {
  const { client } = useHost();
  const results = useQueries({
    queries: thresholds.map((threshold) => {
      const input = { ...firingPart(threshold), range: TABLE_RANGE };
      // A default leaves overridden services alone: another override, another answer.
      const overridden = overridesOf(thresholds.map(namespaced), threshold);
      return {
        queryKey: ['threshold-preview', input, overridden],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          inTurn(() => client.call(previewThreshold, input, { signal, tries: 1 }), signal),
        enabled: wanted.has(threshold.id),
        staleTime: FRESH_MS,
      };
    }),
  });
  return new Map(
    thresholds.flatMap(({ id }, index) => {
      const result = results[index];
      return result === undefined ? [] : [[id, result] as const];
    })
  );
}
