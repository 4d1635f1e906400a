import { COMMON_SERVICE_LABELS, type Convention } from '../convention.ts';
import { counterSources, histogramSources, serverErrorsIn } from '../requestSources.ts';

/** Names that the OpenTelemetry HTTP server conventions had over time, stable ones first. */
export const otelHttpServer: Convention = {
  name: 'OpenTelemetry HTTP server',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    ...histogramSources(
      { metric: 'http_server_request_duration_seconds' },
      serverErrorsIn(['http_response_status_code', 'http_status_code'])
    ),
    ...histogramSources(
      { metric: 'http_server_duration_milliseconds', scale: 0.001 },
      serverErrorsIn(['http_status_code', 'http_response_status_code'])
    ),
  ],
};

/** prom-client with express-prom-bundle, promhttp, Micrometer and the many who followed them. */
export const httpRequests: Convention = {
  name: 'Prometheus client libraries',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    ...histogramSources({ metric: 'http_request_duration_seconds' }, serverErrorsIn(['status_code', 'status', 'code'])),
    ...histogramSources({ metric: 'http_server_requests_seconds' }, serverErrorsIn(['status'])),
    ...counterSources('http_requests_total', serverErrorsIn(['status_code', 'status', 'code'])),
  ],
};
