import { quote } from '../promql/selector.ts';

export interface TraceLogsQuery {
  readonly traceId: string;
  /** Only lines of this service. */
  readonly service?: string | undefined;
  /** `label`: the id stands in a label or in the metadata of the line. `text`: it stands in the line itself. */
  readonly where: 'label' | 'text';
}

/** Names that the agents give it. */
const LABELS = ['trace_id', 'traceid', 'traceID', 'traceId'];

/** LogQL for the log lines of one trace. Loki wants one label that is not empty: every stream has a service name, found or given. */
export function buildTraceLogsQuery({ traceId, service, where }: TraceLogsQuery): string {
  const stream = service === undefined ? '{service_name=~".+"}' : `{service_name=${quote(service)}}`;
  return where === 'text'
    ? `${stream} |= ${quote(traceId)}`
    : `${stream} | ${LABELS.map((label) => `${label}=${quote(traceId)}`).join(' or ')}`;
}
