import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createSelfMetrics, type SelfMetrics } from './selfMetrics.ts';

/** The engine's own figures in Prometheus' text format. No namespace labels: `/metrics` may be read without identity. */
export interface Metrics extends SelfMetrics {
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
  readonly openAlerts: Gauge<'severity'>;
  readonly queue: Gauge<'state'>;
}

const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
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
  };
}
