import { minutes } from '../../core/units.ts';
import { buildCallRatesQuery, buildServiceMapQueries } from './serviceMapQueries.ts';

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
  [
    'senders',
    'min by (service, service_namespace) (sum by (service, service_namespace, span_name) (rate(traces_spanmetrics_calls_total[15m])) > 0) or sum by (service, service_namespace) (rate(traces_spanmetrics_calls_total[15m]))',
  ],
] as const)('asks for %s as a person would type it', (name, expected) => {
  expect(queries[name]).toBe(expected);
});

it('asks for the calls of an end, of both, and of a queue', () => {
  const [checkout, payments] = [
    { kind: 'service', name: 'checkout' } as const,
    { kind: 'service', name: 'pay' } as const,
  ];
  const total = 'traces_service_graph_request_total';
  expect(buildCallRatesQuery({ to: payments }, minutes(5))).toBe(
    `sum by (client, server) (rate(${total}{server="pay"}[5m]))`
  );
  expect(buildCallRatesQuery({ from: checkout, to: payments }, minutes(1))).toBe(
    `sum by (client, server) (rate(${total}{client="checkout",server="pay"}[1m]))`
  );
  expect(buildCallRatesQuery({ from: checkout, to: { kind: 'queue', name: 'mails' } }, minutes(5))).toBe(
    `sum by (client, server) (rate(${total}{client="checkout",client_messaging_destination_name="mails"}[5m]) or rate(${total}{client="checkout",server_messaging_destination_name="mails"}[5m]))`
  );
});
