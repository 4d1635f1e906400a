import { mapFromTraces } from '../../../src/core/serviceMap/mapFromTraces.ts';
import type { ServiceMap } from '../../../src/core/serviceMap/serviceMap.ts';
import { epochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { loadTraceSet, type SetCall } from '../traces/loadTraceSet.ts';
import type { MapMoment } from './askServiceMap.ts';

/** Enough to see whom each service calls; each is read whole. */
const SAMPLED_TRACES = 100;

export interface SampledMap {
  readonly map: ServiceMap;
  readonly sample: { readonly traces: number; readonly spans: number; readonly more: boolean };
  readonly problem: string | null;
}

/** The map of one window from some of its traces, where no metrics tell. Never throws for a Tempo that is missing or broken. */
export async function sampleServiceMap(
  deps: Deps,
  call: SetCall,
  { moment: { at, window }, known }: { readonly moment: MapMoment; readonly known: readonly string[] }
): Promise<SampledMap> {
  const set = { query: '{}', from: epochMs(at - window), to: at, limit: SAMPLED_TRACES };
  const { traces, used } = await loadTraceSet(deps, call, set);
  const services = known.map((name) => ({ name, namespace: '' }));
  return {
    map: mapFromTraces(traces, { windowSeconds: window / 1000, known: services }),
    sample: { traces: used.traces, spans: used.spans, more: used.more },
    problem: used.problem,
  };
}
