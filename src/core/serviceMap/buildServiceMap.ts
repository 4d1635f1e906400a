import type { Labels } from '../labels.ts';
import type { Sample } from '../series.ts';
import type { Bucket } from './latencyBuckets.ts';
import { addBuckets, addCalls, createMapDraft, type NodeRef } from './mapDraft.ts';
import type { CallKind, ServiceMap } from './serviceMap.ts';

/** A service that is known from elsewhere, so that it has a place on the map even when nobody calls it. */
export interface KnownService {
  readonly name: string;
  readonly namespace: string;
  /** What its own span metrics count, per second; used where no edge leads to it. */
  readonly served: { readonly calls: number; readonly failed: number } | null;
  /** How often it is at work per second, by the rarest of the spans that it sends; 0 where nothing counts them. */
  readonly runs: number;
}

/**
 * Rates per second over one window, each series with the labels of its edge: `client`, `server`, `connection_type`, and where the
 * generator writes them `virtual_node`, namespaces and the destination of messages.
 */
export interface ServiceGraphRates {
  readonly windowSeconds: number;
  readonly calls: readonly Sample[];
  readonly failed: readonly Sample[];
  /** Buckets of what the client measured, with `le`. */
  readonly clientBuckets: readonly Sample[];
  /** Buckets of what the server measured, of edges whose client sends no spans or does not wait, with `le`. */
  readonly serverBuckets: readonly Sample[];
  /** Buckets of what each server measured, summed by `server` and `connection_type`, with `le`. */
  readonly servedBuckets: readonly Sample[];
  readonly known: readonly KnownService[];
}

const NAMESPACE_LABELS = ['service_namespace', 'k8s_namespace_name'] as const;
export const DESTINATION_LABEL = 'messaging_destination_name';
/** Labels of an edge beside `client`, `server` and `connection_type`; the two ends of it by the prefix. */
export const EDGE_LABELS: readonly string[] = [
  'virtual_node',
  ...['client_', 'server_'].flatMap((end) => [...NAMESPACE_LABELS, DESTINATION_LABEL].map((label) => end + label)),
];

const finite = ({ value }: Sample): boolean => Number.isFinite(value);
const boundOf = (labels: Labels): number =>
  labels['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels['le'] ?? Number.NaN);
const namespaceOf = (labels: Labels, end: 'client_' | 'server_'): string =>
  NAMESPACE_LABELS.map((label) => labels[end + label] ?? '').find((value) => value !== '') ?? '';

/** Tempo calls whoever began a trace from outside `user`, unless an attribute names them. */
const isFromOutside = (labels: Labels): boolean =>
  labels['connection_type'] === 'virtual_node' &&
  (labels['virtual_node'] === 'client' || (labels['virtual_node'] !== 'server' && labels['client'] === 'user'));
const isToOutside = (labels: Labels): boolean => labels['connection_type'] === 'virtual_node' && !isFromOutside(labels);

/** Names that send spans of their own, whatever else an edge whose other half was lost takes them for. */
function namesOfServices({ calls, known }: ServiceGraphRates): ReadonlySet<string> {
  const names = new Set(known.map(({ name }) => name));
  for (const { labels } of calls) {
    const { client = '', server = '', connection_type: type = '' } = labels;
    if (!isFromOutside(labels)) {
      names.add(client);
    }
    if (type !== 'virtual_node' && type !== 'database') {
      names.add(server);
    }
  }
  return names;
}

interface Ends {
  readonly client: NodeRef;
  readonly server: NodeRef;
  readonly kind: CallKind;
  /** What stands between the two: a queue that the labels name. */
  readonly through: NodeRef | undefined;
}

function kindOf(labels: Labels): CallKind {
  switch (labels['connection_type']) {
    case 'database':
      return 'database';
    case 'messaging_system':
      return 'messaging';
    case 'virtual_node':
      return 'outside';
    default:
      return 'call';
  }
}

/** Work that one trace hands to another, by a link, has no parent: Tempo then takes who took it for called from outside. */
const takenFrom = (labels: Labels): string =>
  isFromOutside(labels) ? labels[`server_${DESTINATION_LABEL}`] || '' : '';

function clientOf(labels: Labels): NodeRef {
  const { client: name = '' } = labels;
  const queue = takenFrom(labels);
  if (queue !== '') {
    return { kind: 'queue', name: queue, namespace: '' };
  }
  return isFromOutside(labels)
    ? { kind: 'user', name, namespace: '' }
    : { kind: 'service', name, namespace: namespaceOf(labels, 'client_') };
}

function serverOf(labels: Labels, services: ReadonlySet<string>): NodeRef {
  const { server: name = '' } = labels;
  const isDatabase = kindOf(labels) === 'database';
  return services.has(name) || (!isDatabase && !isToOutside(labels))
    ? { kind: 'service', name, namespace: namespaceOf(labels, 'server_') }
    : { kind: isDatabase ? 'database' : 'external', name, namespace: '' };
}

function queueOf(labels: Labels): NodeRef | undefined {
  const name = labels[`client_${DESTINATION_LABEL}`] || labels[`server_${DESTINATION_LABEL}`] || '';
  return name !== '' && kindOf(labels) === 'messaging' ? { kind: 'queue', name, namespace: '' } : undefined;
}

const endsOf = (labels: Labels, services: ReadonlySet<string>): Ends => ({
  kind: takenFrom(labels) === '' ? kindOf(labels) : 'messaging',
  client: clientOf(labels),
  server: serverOf(labels, services),
  through: queueOf(labels),
});

const keyOf = (labels: Labels, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => labels[name] ?? ''));
const OF_EDGE = ['client', 'server', 'connection_type', ...EDGE_LABELS];
const OF_SERVER = ['server', 'connection_type'];

function bucketsBy(
  names: readonly string[],
  samples: readonly Sample[],
  windowSeconds: number
): ReadonlyMap<string, readonly Bucket[]> {
  const grouped = new Map<string, Bucket[]>();
  for (const { labels, value } of samples.filter(finite)) {
    const key = keyOf(labels, names);
    const bucket = { le: boundOf(labels), count: value * windowSeconds };
    const own = grouped.get(key);
    if (own === undefined) {
      grouped.set(key, [bucket]);
    } else {
      own.push(bucket);
    }
  }
  return grouped;
}

/** The map that Tempo's metrics generator counted, or any that writes its `traces_service_graph_…` metrics. */
export function buildServiceMap(rates: ServiceGraphRates): ServiceMap {
  const { windowSeconds } = rates;
  const services = namesOfServices(rates);
  const draft = createMapDraft();
  const failed = new Map(rates.failed.filter(finite).map(({ labels, value }) => [keyOf(labels, OF_EDGE), value]));
  const clientBuckets = bucketsBy(OF_EDGE, rates.clientBuckets, windowSeconds);
  const serverBuckets = bucketsBy(OF_EDGE, rates.serverBuckets, windowSeconds);
  for (const { labels, value } of rates.calls.filter(finite)) {
    const key = keyOf(labels, OF_EDGE);
    const counted = { calls: value * windowSeconds, failed: (failed.get(key) ?? 0) * windowSeconds };
    const { client, server, kind, through } = endsOf(labels, services);
    const sent = clientBuckets.get(key) ?? [];
    const served = serverBuckets.get(key) ?? [];
    const count = ([from, to]: readonly [NodeRef, NodeRef], latency: readonly Bucket[], calls = counted): void => {
      const tally = draft.edge({ from, to, kind });
      addCalls(tally, calls);
      addBuckets(tally, latency);
      addCalls(draft.node(to), calls);
    };
    if (through !== undefined) {
      // What was taken from the queue had been sent: it was the taking that failed.
      count([client, through], sent, { ...counted, failed: 0 });
      count([through, server], served);
      addBuckets(draft.node(through), sent);
    } else {
      count([client, server], isFromOutside(labels) ? served : sent);
    }
    // Who sends no spans has measured nothing: what its callers measured stands for it.
    if (isToOutside(labels)) {
      addBuckets(draft.node(server), sent);
    }
  }
  addServed(draft, rates, services);
  addKnown(draft, rates);
  return draft.finish({ windowSeconds, sampled: false });
}

function addServed(
  draft: ReturnType<typeof createMapDraft>,
  { servedBuckets, windowSeconds }: ServiceGraphRates,
  services: ReadonlySet<string>
): void {
  const buckets = bucketsBy(OF_SERVER, servedBuckets, windowSeconds);
  const labelsOf = new Map(servedBuckets.map(({ labels }) => [keyOf(labels, OF_SERVER), labels]));
  for (const [key, own] of buckets) {
    const { server = '', connection_type: type = '' } = labelsOf.get(key) ?? {};
    const kind = services.has(server) || type !== 'database' ? 'service' : 'database';
    addBuckets(draft.node({ kind, name: server, namespace: '' }), own);
  }
}

function addKnown(draft: ReturnType<typeof createMapDraft>, { known, windowSeconds }: ServiceGraphRates): void {
  for (const { name, namespace, served, runs } of known) {
    draft.see(name, (served?.calls || runs) * windowSeconds);
    const received = draft.node({ kind: 'service', name, namespace });
    if (received.calls === 0 && served !== null) {
      addCalls(received, { calls: served.calls * windowSeconds, failed: served.failed * windowSeconds });
    }
  }
}
