import type { Series } from '../../../src/core/series.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { PrometheusSource, SizeLimits } from '../../sources/source.ts';
import type { TimeRange } from './rangeOf.ts';

/** @throws EngineError `unavailable` */
export function requirePrometheus(deps: Deps, namespace: string): PrometheusSource {
  const prometheus = deps.sources.prometheus(namespace);
  if (prometheus === undefined) {
    throw new EngineError(
      'unavailable',
      'No Prometheus is configured for this namespace; an admin can add one under Settings, Sources.'
    );
  }
  return prometheus;
}

interface RangeQuestion {
  readonly range: TimeRange;
  readonly signal: AbortSignal;
  readonly limits?: SizeLimits | undefined;
}

/**
 * Asks for one expression over a range. A signal without metrics has no expression and no series, which is no error.
 * @throws EngineError `source_failed`
 */
export async function askRange(
  prometheus: PrometheusSource,
  expr: string | undefined,
  { range, signal, limits }: RangeQuestion
): Promise<readonly Series[]> {
  return expr === undefined ? [] : prometheus.range(expr, { ...range, signal, limits });
}

/** When the first sample of all series was; undefined where there is none. */
export const firstTime = (series: readonly Series[]): EpochMs | undefined =>
  series.flatMap(({ times }) => times.slice(0, 1)).toSorted((a, b) => a - b)[0];
