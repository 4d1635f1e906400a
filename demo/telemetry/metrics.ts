import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, type OpenMetricsContentType } from 'prom-client';
import { NetworkBytes } from './networkBytes.ts';

/** Upper bounds in seconds, as OpenTelemetry advises for HTTP durations, with 1 s and 2.5 s among them. */
export const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10];

/** OpenMetrics, which alone has exemplars. */
export type MetricsRegistry = Registry<OpenMetricsContentType>;

export interface ServiceMetrics {
  readonly registry: MetricsRegistry;
  readonly network: NetworkBytes;
  /** Its exemplars have the last two labels, which prom-client types like those of the series. */
  readonly serverDuration: Histogram<
    'http_route' | 'http_request_method' | 'http_response_status_code' | 'trace_id' | 'span_id'
  >;
  readonly clientDuration: Histogram<
    'peer' | 'server_address' | 'http_request_method' | 'http_response_status_code' | 'error_type'
  >;
}

/** The metrics that every service has, under OpenTelemetry's semantic names; every series carries name and version. */
export function createMetrics(service: string, version: string): ServiceMetrics {
  const registry: MetricsRegistry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  registry.setDefaultLabels({ service_name: service, version });
  // The event loop's delay is sampled by a timer: at its default of 10 ms it would be most of the work at rest.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  // Its label `version` is Node's, where every other series has the service's.
  registry.removeSingleMetric('nodejs_version_info');
  const network = new NetworkBytes();
  addNetworkCounters(registry, network);
  new Gauge({
    name: 'build_info',
    help: 'Always 1; its labels say which version of which service runs.',
    registers: [registry],
  }).set(1);
  return {
    registry,
    network,
    serverDuration: new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Duration of HTTP requests that were served.',
      labelNames: ['http_route', 'http_request_method', 'http_response_status_code'],
      buckets: durationBuckets,
      enableExemplars: true,
      registers: [registry],
    }),
    clientDuration: new Histogram({
      name: 'http_client_request_duration_seconds',
      help: 'Duration of HTTP requests to other services; those without an answer have error_type and no status.',
      labelNames: ['peer', 'server_address', 'http_request_method', 'http_response_status_code', 'error_type'],
      buckets: durationBuckets,
      registers: [registry],
    }),
  };
}

function addNetworkCounters(registry: MetricsRegistry, network: NetworkBytes): void {
  for (const direction of ['received', 'transmitted'] as const) {
    let counted = 0;
    new Counter({
      name: `process_network_${direction === 'received' ? 'receive' : 'transmit'}_bytes_total`,
      help: `Bytes ${direction} by this process over its sockets.`,
      registers: [registry],
      collect() {
        const total = network.getTotals()[direction];
        this.inc(total - counted);
        counted = total;
      },
    });
  }
}

/** What a queue looks like from one of its two ends, read at each scrape. */
export function addQueueMetrics(
  registry: MetricsRegistry,
  queue: { name: string; getDepth: () => number; getOldestAgeSeconds: () => number }
): void {
  new Gauge({
    name: 'queue_depth',
    help: 'Jobs that wait in the queue.',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      this.set({ queue: queue.name }, queue.getDepth());
    },
  });
  new Gauge({
    name: 'queue_oldest_age_seconds',
    help: 'How long the oldest waiting job has waited; 0 when none waits.',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      this.set({ queue: queue.name }, queue.getOldestAgeSeconds());
    },
  });
}

export interface JobMetrics {
  readonly duration: Histogram<'queue' | 'status'>;
  readonly total: Counter<'queue' | 'status'>;
}

export function createJobMetrics(registry: MetricsRegistry): JobMetrics {
  return {
    duration: new Histogram({
      name: 'job_duration_seconds',
      help: 'Duration of attempts at a job.',
      labelNames: ['queue', 'status'],
      buckets: durationBuckets,
      registers: [registry],
    }),
    total: new Counter({
      name: 'jobs_total',
      help: 'Attempts at a job by their end.',
      labelNames: ['queue', 'status'],
      registers: [registry],
    }),
  };
}

export type DatabaseDuration = Histogram<'db_system_name' | 'db_operation_name' | 'db_collection_name' | 'error_type'>;

export function createDatabaseMetrics(registry: MetricsRegistry): DatabaseDuration {
  return new Histogram({
    name: 'db_client_operation_duration_seconds',
    help: 'Duration of database operations as their caller sees it.',
    labelNames: ['db_system_name', 'db_operation_name', 'db_collection_name', 'error_type'],
    buckets: [0.001, ...durationBuckets],
    registers: [registry],
  });
}
