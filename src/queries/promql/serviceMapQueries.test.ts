import { minutes } from '../../core/units.ts';
import { buildServiceMapQueries } from './serviceMapQueries.ts';

const queries = buildServiceMapQueries(minutes(15));
const EDGE =
  'client, server, connection_type, virtual_node, client_service_namespace, client_k8s_namespace_name, client_messaging_destination_name, server_service_namespace, server_k8s_namespace_name, server_messaging_destination_name';
const USERS =
  'rate(traces_service_graph_request_server_seconds_bucket{connection_type="virtual_node",virtual_node="client"}[15m]) or rate(traces_service_graph_request_server_seconds_bucket{connection_type="virtual_node",virtual_node="",client="user"}[15m])';

it.each([
  ['calls', `sum by (${EDGE}) (rate(traces_service_graph_request_total[15m]))`],
  ['failed', `sum by (${EDGE}) (rate(traces_service_graph_request_failed_total[15m]))`],
  ['clientBuckets', `sum by (${EDGE}, le) (rate(traces_service_graph_request_client_seconds_bucket[15m]))`],
  [
    'serverBuckets',
    `sum by (${EDGE}, le) (rate(traces_service_graph_request_server_seconds_bucket{connection_type="messaging_system"}[15m]) or ${USERS})`,
  ],
  [
    'servedBuckets',
    `sum by (server, connection_type, le) (rate(traces_service_graph_request_server_seconds_bucket{connection_type!="virtual_node"}[15m]) or ${USERS})`,
  ],
  [
    'servedFailed',
    'sum by (service, service_namespace) (rate(traces_spanmetrics_calls_total{span_kind=~"SPAN_KIND_(SERVER|CONSUMER)",status_code="STATUS_CODE_ERROR"}[15m]))',
  ],
] as const)('asks for %s as a person would type it', (name, expected) => {
  expect(queries[name]).toBe(expected);
});
