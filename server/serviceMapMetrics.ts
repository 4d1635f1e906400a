import { Counter, Histogram, type Registry } from 'prom-client';

/** What service maps cost the engine. */
export interface ServiceMapMetrics {
  readonly serviceMapSeconds: Histogram<'source'>;
  readonly serviceMapSamples: Counter;
}

export function createServiceMapMetrics(registry: Registry): ServiceMapMetrics {
  const registers = [registry];
  return {
    serviceMapSeconds: new Histogram({
      name: 'pharos_service_map_duration_seconds',
      help: 'Time of one service map, by what it was made from.',
      labelNames: ['source'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    serviceMapSamples: new Counter({
      name: 'pharos_service_map_samples_total',
      help: 'Samples that Prometheus answered for service maps.',
      registers,
    }),
  };
}
