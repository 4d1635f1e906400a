import { formatDuration } from '../../core/units.ts';
import { comparePath } from '../../host/comparePath.ts';
import { tracesPath, type TracesParams } from '../../host/tracesPath.ts';
import { buildTraceFilterQuery } from '../../queries/traceql/traceFilterQuery.ts';
import type { MapParams } from './mapParams.ts';

/** Place of a search for traces, or of what they have in common, in the window that the map shows. */
export const tracesOfMap = (search: TracesParams, { at, window }: Pick<MapParams, 'at' | 'window'>): string =>
  tracesPath({
    ...search,
    ...(at === undefined
      ? { from: `now-${formatDuration(window)}`, to: 'now' }
      : { from: String(at - window), to: String(at) }),
  });

/** Place where the traces of a service in the baseline are compared with those in the window of the map; undefined without a baseline. */
export function comparisonOfMap(
  service: string,
  { at, window, baseline }: Pick<MapParams, 'at' | 'window' | 'baseline'>
): string | undefined {
  if (baseline === undefined) {
    return undefined;
  }
  const q = buildTraceFilterQuery({ service });
  if ('at' in baseline) {
    return comparePath({ kind: 'time', q, at: String(baseline.at), each: formatDuration(window) });
  }
  const back = (ms: number): string => (at === undefined ? `now-${ms / 1000}s` : String(at - ms));
  return comparePath({
    ...{ kind: 'queries', a: q, b: q, afrom: back(baseline.ago + window), ato: back(baseline.ago) },
    ...{ from: back(window), to: at === undefined ? 'now' : String(at) },
  });
}
