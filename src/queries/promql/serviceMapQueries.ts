import type { Matcher } from '../../core/matchers.ts';
import { DESTINATION_LABEL, EDGE_LABELS } from '../../core/serviceMap/buildServiceMap.ts';
import type { MapEnd } from '../../core/serviceMap/serviceMap.ts';
import { formatDuration, type DurationMs } from '../../core/units.ts';
import { selector } from './selector.ts';

/** Rates per second over one window. Each is what a person would type to see the same figure. */
export interface ServiceMapQueries {
  readonly calls: string;
  /** Edges without a failure are absent. */
  readonly failed: string;
  readonly clientBuckets: string;
  readonly serverBuckets: string;
  readonly servedBuckets: string;
  /** By `service` and its namespace, what its spans count: requests served, and those that failed. */
  readonly served: string;
  readonly servedFailed: string;
  /** By the same, who sends spans at all: of those sent in the window, the rate of the rarest name; else 0. */
  readonly senders: string;
}

type Selection = readonly Matcher[];

const is = (name: string, value: string): Matcher => ({ name, op: '=', value });
const isNot = (name: string, value: string): Matcher => ({ name, op: '!=', value });

/** Edges of those who began a trace from outside; generators without the label `virtual_node` name them `user`. */
const FROM_OUTSIDE: readonly Selection[] = [
  [is('connection_type', 'virtual_node'), is('virtual_node', 'client')],
  [is('connection_type', 'virtual_node'), is('virtual_node', ''), is('client', 'user')],
];
const MESSAGES: Selection = [is('connection_type', 'messaging_system')];
const INSTRUMENTED: Selection = [isNot('connection_type', 'virtual_node')];
const SERVING: Selection = [{ name: 'span_kind', op: '=~', value: 'SPAN_KIND_(SERVER|CONSUMER)' }];
const FAILED: Selection = [is('status_code', 'STATUS_CODE_ERROR')];

const OF_EDGE = ['client', 'server', 'connection_type', ...EDGE_LABELS];
const OF_SERVICE = ['service', 'service_namespace'];
const GRAPH = 'traces_service_graph_request';
const SPANS = 'traces_spanmetrics_calls_total';

const sumOver =
  (window: DurationMs) =>
  (labels: readonly string[], metric: string, selections: readonly Selection[] = [[]]): string => {
    const rates = selections.map((matchers) => `rate(${selector(metric, matchers)}[${formatDuration(window)}])`);
    return `sum by (${labels.join(', ')}) (${rates.join(' or ')})`;
  };

/**
 * The spans of one run come together, and would be taken for as many independent runs: the name that occurs least in them occurs about
 * once in each. Names of other times still have series, and count for nothing.
 */
function sendersOver(window: DurationMs): string {
  const sumBy = sumOver(window);
  const by = OF_SERVICE.join(', ');
  return `min by (${by}) (${sumBy([...OF_SERVICE, 'span_name'], SPANS)} > 0) or ${sumBy(OF_SERVICE, SPANS)}`;
}

/** Calls per second from one end to another, or of all to an end or from it, by who calls whom; what passes a queue by both its ends. */
export function buildCallRatesQuery(
  ends: { readonly from?: MapEnd; readonly to?: MapEnd },
  window: DurationMs
): string {
  const named = ({ from, to }: typeof ends): Selection => [
    ...(from === undefined || from.kind === 'queue' ? [] : [is('client', from.name)]),
    ...(to === undefined || to.kind === 'queue' ? [] : [is('server', to.name)]),
  ];
  const queue = [ends.from, ends.to].find((end) => end?.kind === 'queue');
  const selections =
    queue === undefined
      ? [named(ends)]
      : ['client_', 'server_'].map((side) => [...named(ends), is(`${side}${DESTINATION_LABEL}`, queue.name)]);
  return sumOver(window)(['client', 'server'], `${GRAPH}_total`, selections);
}

/** What a service map is made of, from the metrics that Tempo's generator writes. */
export function buildServiceMapQueries(window: DurationMs): ServiceMapQueries {
  const sumBy = sumOver(window);
  return {
    calls: sumBy(OF_EDGE, `${GRAPH}_total`),
    failed: sumBy(OF_EDGE, `${GRAPH}_failed_total`),
    clientBuckets: sumBy([...OF_EDGE, 'le'], `${GRAPH}_client_seconds_bucket`),
    serverBuckets: sumBy([...OF_EDGE, 'le'], `${GRAPH}_server_seconds_bucket`, [MESSAGES, ...FROM_OUTSIDE]),
    servedBuckets: sumBy(['server', 'connection_type', 'le'], `${GRAPH}_server_seconds_bucket`, [
      INSTRUMENTED,
      ...FROM_OUTSIDE,
    ]),
    served: sumBy(OF_SERVICE, SPANS, [SERVING]),
    servedFailed: sumBy(OF_SERVICE, SPANS, [[...SERVING, ...FAILED]]),
    senders: sendersOver(window),
  };
}
