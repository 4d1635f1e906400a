import type { MapEnd } from '../../core/serviceMap/serviceMap.ts';
import { epochMs, minutes, type DurationMs } from '../../core/units.ts';
import { useGrafanaUrl } from '../../host/useGrafanaUrl.ts';
import { buildCallRatesQuery } from '../../queries/promql/serviceMapQueries.ts';
import { CallsInExplore } from '../../ui/CallsInExplore.tsx';
import type { MapOutput } from './useServiceMap.ts';

/** Each point is of no more than this. */
const LONGEST_RATE = minutes(5);

export interface MetricsInExploreProps {
  readonly ends: { readonly from?: MapEnd; readonly to?: MapEnd };
  readonly map: Pick<MapOutput, 'at' | 'window' | 'source'>;
}

/** Leads to the calls over the window of the map, where they were counted and there is a Grafana. */
export function MetricsInExplore({ ends, map: { at, window, source } }: MetricsInExploreProps) {
  const grafana = useGrafanaUrl();
  if (grafana === undefined || source !== 'metrics') {
    return null;
  }
  const each: DurationMs = window < LONGEST_RATE ? window : LONGEST_RATE;
  const metrics = buildCallRatesQuery(ends, each);
  return <CallsInExplore grafana={grafana} metrics={metrics} window={{ from: epochMs(at - window), to: at }} />;
}
