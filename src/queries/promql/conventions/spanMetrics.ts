import type { Matcher } from '../../../core/matchers.ts';
import { COMMON_SERVICE_LABELS, type Convention } from '../convention.ts';
import { counterSources, latencySources, type ErrorSelections } from '../requestSources.ts';

/** Spans that answer somebody: the others are work inside a request that is counted already. */
const SERVING: readonly Matcher[] = [{ name: 'span_kind', op: '=~', value: 'SPAN_KIND_(SERVER|CONSUMER)' }];
const FAILED: ErrorSelections = [[{ name: 'status_code', op: '=', value: 'STATUS_CODE_ERROR' }]];

/** Made from traces by Tempo's metrics generator. */
export const tempoSpanMetrics: Convention = {
  name: 'Tempo span metrics',
  serviceLabels: ['service'],
  sources: [
    ...counterSources('traces_spanmetrics_calls_total', FAILED, SERVING),
    ...latencySources({ metric: 'traces_spanmetrics_latency', only: SERVING }),
  ],
};

/** Made from traces by the OpenTelemetry Collector's span metrics connector. */
export const collectorSpanMetrics: Convention = {
  name: 'OpenTelemetry Collector span metrics',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    ...counterSources('traces_span_metrics_calls_total', FAILED, SERVING),
    ...latencySources({ metric: 'traces_span_metrics_duration_seconds', only: SERVING }),
    ...latencySources({ metric: 'traces_span_metrics_duration_milliseconds', scale: 0.001, only: SERVING }),
  ],
};
