import type { SignalName } from '../../../core/signals/catalogue.ts';
import { COMMON_SERVICE_LABELS, type Convention, type SignalSource } from '../convention.ts';

const busiest = (signal: SignalName, counter: string): SignalSource => ({
  signal,
  metrics: [counter],
  expr: (scope) => scope.by('max', scope.rate(counter)),
});

const largest = (signal: SignalName, gauge: string): SignalSource => ({
  signal,
  metrics: [gauge],
  expr: (scope) => scope.by('max', scope.gauge(gauge)),
});

const total = (signal: SignalName, counter: string): SignalSource => ({
  signal,
  metrics: [counter],
  expr: (scope) => scope.by('sum', scope.rate(counter)),
});

/** What every Prometheus client library and the OpenTelemetry runtime metrics tell about their own process. */
export const processMetrics: Convention = {
  name: 'Process metrics',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    busiest('cpu', 'process_cpu_seconds_total'),
    busiest('cpu', 'process_cpu_time_seconds_total'),
    largest('memory', 'process_resident_memory_bytes'),
    largest('memory', 'process_memory_usage_bytes'),
    largest('saturation', 'nodejs_eventloop_utilization_ratio'),
    {
      // A Node process runs its JavaScript on one thread: a whole core in use is an event loop without a gap.
      signal: 'saturation',
      metrics: ['process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds'],
      expr: (scope) =>
        scope.by(
          'max',
          scope.raw(
            `clamp_max(${scope.rate('process_cpu_seconds_total')} and on (instance, ${scope.labels}) ${scope.gauge('nodejs_eventloop_lag_p99_seconds')}, 1)`
          )
        ),
    },
    total('network_receive', 'process_network_receive_bytes_total'),
    total('network_transmit', 'process_network_transmit_bytes_total'),
  ],
};

/** Prometheus writes `up` itself for every target that it scrapes. */
export const scrapeTargets: Convention = {
  name: 'Scrape targets',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    {
      signal: 'up',
      metrics: ['up'],
      expr: (scope) =>
        scope.of(
          `${scope.by('sum', scope.gauge('up'))} / ${scope.by('sum', scope.raw(`(${scope.gauge('up')} * 0 + 1)`))}`
        ),
    },
  ],
};
