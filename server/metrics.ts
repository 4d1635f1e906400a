import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ALERT_SOURCES } from '../src/core/alerts/alert.ts';
import { RECEIVER_KINDS } from '../src/api/routing.ts';
import { createSelfMetrics, type SelfMetrics } from './selfMetrics.ts';
import { createServiceMapMetrics, type ServiceMapMetrics } from './serviceMapMetrics.ts';
import { createTraceMetrics, type TraceMetrics } from './traceMetrics.ts';

/** The engine's own figures in Prometheus' text format. No namespace labels: `/metrics` may be read without identity. */
export interface Metrics extends SelfMetrics, TraceMetrics, ServiceMapMetrics {
  readonly registry: Registry;
  readonly contentType: string;
  render(): Promise<string>;
  observeRequest(request: { route: string; method: string; status: number; seconds: number }): void;
  readonly ingested: Counter<'source'>;
  readonly rejected: Counter;
  readonly notifications: Counter<'kind' | 'outcome'>;
  readonly deliverySeconds: Histogram<'kind'>;
  readonly eventToNotification: Histogram;
  readonly evaluationSeconds: Histogram;
  readonly evaluations: Counter<'outcome'>;
  readonly evaluationsLate: Counter;
  readonly evaluationsMissed: Counter;
  readonly rules: Gauge;
  readonly openAlerts: Gauge<'severity'>;
  readonly queue: Gauge<'state'>;
  readonly queueOldestAge: Gauge;
  readonly sourceUp: Gauge<'source' | 'kind'>;
  readonly sourceStale: Gauge<'source' | 'kind'>;
  readonly storeWriteSeconds: Histogram;
  readonly storeBytes: Gauge;
}

const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const metrics = createSeries();
  // A ratio and an increase need their series from the start, not from the first failure.
  for (const kind of RECEIVER_KINDS) {
    metrics.notifications.inc({ kind, outcome: 'delivered' }, 0);
    metrics.notifications.inc({ kind, outcome: 'failed' }, 0);
  }
  for (const source of ALERT_SOURCES) {
    metrics.ingested.inc({ source }, 0);
  }
  metrics.evaluations.inc({ outcome: 'done' }, 0);
  metrics.evaluations.inc({ outcome: 'failed' }, 0);
  return metrics;
}

function createSeries(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests answered by the engine.',
    labelNames: ['http_route', 'http_request_method', 'http_response_status_code'],
    buckets: LATENCY_BUCKETS,
    registers,
  });
  return {
    ...createSelfMetrics(registry),
    ...createTraceMetrics(registry),
    ...createServiceMapMetrics(registry),
    registry,
    contentType: registry.contentType,
    render: () => registry.metrics(),
    observeRequest: ({ route, method, status, seconds }) =>
      requests.observe(
        { http_route: route, http_request_method: method, http_response_status_code: String(status) },
        seconds
      ),
    ingested: new Counter({
      name: 'pharos_ingested_alerts_total',
      help: 'Alerts taken in and committed.',
      labelNames: ['source'],
      registers,
    }),
    rejected: new Counter({
      name: 'pharos_rejected_alerts_total',
      help: 'Alerts refused at intake.',
      registers,
    }),
    notifications: new Counter({
      name: 'pharos_notifications_total',
      help: 'Deliveries to receivers.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'pharos_delivery_duration_seconds',
      help: 'Time of one delivery attempt.',
      labelNames: ['kind'],
      buckets: LATENCY_BUCKETS,
      registers,
    }),
    eventToNotification: new Histogram({
      name: 'pharos_event_to_notification_seconds',
      help: 'From the transition to its delivery.',
      buckets: [0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 300],
      registers,
    }),
    evaluationSeconds: new Histogram({
      name: 'pharos_evaluation_duration_seconds',
      help: 'Time of one round of rule evaluations.',
      buckets: LATENCY_BUCKETS,
      registers,
    }),
    evaluations: new Counter({
      name: 'pharos_evaluations_total',
      help: 'Rule evaluations.',
      labelNames: ['outcome'],
      registers,
    }),
    openAlerts: new Gauge({ name: 'pharos_open_alerts', help: 'Open alerts.', labelNames: ['severity'], registers }),
    queue: new Gauge({ name: 'pharos_queue_jobs', help: 'Notification jobs.', labelNames: ['state'], registers }),
    ...createHealthMetrics(registers),
  };
}

type HealthMetrics = Pick<
  Metrics,
  | 'evaluationsLate'
  | 'evaluationsMissed'
  | 'rules'
  | 'queueOldestAge'
  | 'sourceUp'
  | 'sourceStale'
  | 'storeWriteSeconds'
  | 'storeBytes'
>;

/** What tells whether the engine keeps up; the rules in stack/config/rules/pharos.yml watch it. */
function createHealthMetrics(registers: Registry[]): HealthMetrics {
  return {
    evaluationsLate: new Counter({
      name: 'pharos_evaluations_late_total',
      help: 'Evaluations that began more than half an interval after their time.',
      registers,
    }),
    evaluationsMissed: new Counter({
      name: 'pharos_evaluations_missed_total',
      help: 'Evaluations that never began, because the one before was still running or the process slept.',
      registers,
    }),
    rules: new Gauge({ name: 'pharos_rules', help: 'Rules that are evaluated.', registers }),
    queueOldestAge: new Gauge({
      name: 'pharos_queue_oldest_age_seconds',
      help: 'How long the oldest waiting notification has waited; 0 when none waits.',
      registers,
    }),
    sourceUp: new Gauge({
      name: 'pharos_source_up',
      help: '1 while a source answers what the engine itself asks, 0 while it is down; absent until it was first asked. Of several of one name the worst.',
      labelNames: ['source', 'kind'],
      registers,
    }),
    sourceStale: new Gauge({
      name: 'pharos_source_stale_seconds',
      help: 'For how long a source has not answered, over restarts; 0 while it does, absent until it first did. Of several of one name the worst.',
      labelNames: ['source', 'kind'],
      registers,
    }),
    storeWriteSeconds: new Histogram({
      name: 'pharos_store_write_duration_seconds',
      help: 'Time of one transaction, its wait for those before it included.',
      buckets: [0.001, 0.0025, ...LATENCY_BUCKETS],
      registers,
    }),
    storeBytes: new Gauge({ name: 'pharos_store_size_bytes', help: 'Size of the store on disk.', registers }),
  };
}
