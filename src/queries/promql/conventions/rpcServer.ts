import { COMMON_SERVICE_LABELS, type Convention } from '../convention.ts';
import { counterSources, histogramSources, latencySources, serverErrorsIn } from '../requestSources.ts';

/**
 * Codes that are the server's fault, by number and by name: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE,
 * DATA_LOSS (OpenTelemetry semantic conventions for gRPC, span status on servers).
 */
const BY_NUMBER = '2|4|12|13|14|15';
const BY_NAME = '(?i:unknown|deadline_?exceeded|unimplemented|internal|unavailable|data_?loss)';

export const grpcServer: Convention = {
  name: 'gRPC server',
  serviceLabels: COMMON_SERVICE_LABELS,
  sources: [
    ...histogramSources({ metric: 'rpc_server_call_duration_seconds' }, [
      [{ name: 'rpc_response_status_code', op: '=~', value: `${BY_NUMBER}|${BY_NAME}` }],
    ]),
    ...histogramSources({ metric: 'rpc_server_duration_seconds' }, serverErrorsIn(['rpc_grpc_status_code'], BY_NUMBER)),
    ...histogramSources(
      { metric: 'rpc_server_duration_milliseconds', scale: 0.001 },
      serverErrorsIn(['rpc_grpc_status_code'], BY_NUMBER)
    ),
    ...counterSources('grpc_server_handled_total', serverErrorsIn(['grpc_code'], BY_NAME)),
    ...latencySources({ metric: 'grpc_server_handling_seconds' }),
  ],
};
