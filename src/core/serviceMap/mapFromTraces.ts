import { cell } from '../traces/column.ts';
import { attributeOf, durationOf, kindOf, serviceOf, statusOf } from '../traces/spanFields.ts';
import type { Trace } from '../traces/trace.ts';
import { addCalls, createMapDraft, type MapDraft, type NodeRef } from './mapDraft.ts';
import { DATABASE_KEYS, DESTINATION_KEYS, PEER_KEYS } from './peerKeys.ts';
import type { CallKind, ServiceMap } from './serviceMap.ts';

export interface TraceMapOptions {
  /** Over which the traces were picked. */
  readonly windowSeconds: number;
  /** Services that have a place on the map even when no trace shows them. */
  readonly known: ReadonlyArray<Pick<NodeRef, 'name' | 'namespace'>>;
}

const NAMESPACE_KEYS = ['service.namespace', 'k8s.namespace.name'];

function textOf(trace: Trace, span: number, keys: readonly string[]): string {
  for (const key of keys) {
    const value = attributeOf(trace, span, key);
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  return '';
}

const serviceRef = (trace: Trace, span: number): NodeRef => ({
  kind: 'service',
  name: serviceOf(trace, span),
  namespace: textOf(trace, span, NAMESPACE_KEYS),
});

interface Call {
  readonly from: NodeRef;
  readonly to: NodeRef;
  readonly kind: CallKind;
  readonly failed: boolean;
  /** As the caller saw it, seconds. */
  readonly sentFor: number;
  /** As the called saw it, seconds. */
  readonly servedFor: number;
}

function count(draft: MapDraft, { from, to, kind, failed, sentFor, servedFor }: Call): void {
  const one = { calls: 1, failed: failed ? 1 : 0 };
  const edge = draft.edge({ from, to, kind });
  const received = draft.node(to);
  addCalls(edge, one);
  addCalls(received, one);
  edge.durations.push(sentFor);
  received.durations.push(servedFor);
}

const secondsOf = (trace: Trace, span: number): number => durationOf(trace, span) / 1e9;
const hasFailed = (trace: Trace, span: number): boolean => statusOf(trace, span) === 'error';
const isReceiving = (trace: Trace, span: number): boolean =>
  kindOf(trace, span) === 'server' || kindOf(trace, span) === 'consumer';
const isSending = (trace: Trace, span: number): boolean =>
  kindOf(trace, span) === 'client' || kindOf(trace, span) === 'producer';

/** A call or message between two spans, or between two services whose spans say nothing of their kind. */
function isPair(trace: Trace, parent: number, span: number): boolean {
  return (isSending(trace, parent) && isReceiving(trace, span)) || serviceOf(trace, parent) !== serviceOf(trace, span);
}

function countPair(draft: MapDraft, trace: Trace, [parent, span]: readonly [number, number]): void {
  const messaging = kindOf(trace, span) === 'consumer' || kindOf(trace, parent) === 'producer';
  const [sendingFailed, takingFailed] = [hasFailed(trace, parent), hasFailed(trace, span)];
  const failed = sendingFailed || takingFailed;
  const [sentFor, servedFor] = [secondsOf(trace, parent), secondsOf(trace, span)];
  const [from, to] = [serviceRef(trace, parent), serviceRef(trace, span)];
  const queue = messaging ? textOf(trace, span, DESTINATION_KEYS) || textOf(trace, parent, DESTINATION_KEYS) : '';
  if (queue === '') {
    // A parent that is no client did not wait for this span alone.
    const waited = isSending(trace, parent) && !messaging ? sentFor : servedFor;
    count(draft, { from, to, kind: messaging ? 'messaging' : 'call', failed, sentFor: waited, servedFor });
    return;
  }
  const through: NodeRef = { kind: 'queue', name: queue, namespace: '' };
  count(draft, { from, to: through, kind: 'messaging', failed: sendingFailed, sentFor, servedFor: sentFor });
  count(draft, { from: through, to, kind: 'messaging', failed: takingFailed, sentFor: servedFor, servedFor });
}

interface Counting {
  readonly draft: MapDraft;
  /** All that send spans: a peer of such a name is that service, whose half of the call was lost. */
  readonly services: ReadonlySet<string>;
}

/** A call that no span answers: of a database, a queue that nobody read from yet, or a host outside. */
function countUnanswered({ draft, services }: Counting, trace: Trace, span: number): void {
  const seconds = secondsOf(trace, span);
  const call = { from: serviceRef(trace, span), failed: hasFailed(trace, span), sentFor: seconds, servedFor: seconds };
  const database = textOf(trace, span, DATABASE_KEYS);
  const peer = textOf(trace, span, PEER_KEYS);
  const queue = kindOf(trace, span) === 'producer' ? textOf(trace, span, DESTINATION_KEYS) : '';
  if (queue !== '') {
    count(draft, { ...call, to: { kind: 'queue', name: queue, namespace: '' }, kind: 'messaging' });
  } else if (database !== '') {
    count(draft, { ...call, to: { kind: 'database', name: peer || database, namespace: '' }, kind: 'database' });
  } else if (peer !== '') {
    const kind = services.has(peer) ? 'service' : 'external';
    count(draft, { ...call, to: { kind, name: peer, namespace: '' }, kind: 'outside' });
  }
}

const USER: NodeRef = { kind: 'user', name: 'user', namespace: '' };

function countEntry(draft: MapDraft, trace: Trace, span: number): void {
  const seconds = secondsOf(trace, span);
  const failed = hasFailed(trace, span);
  const to = serviceRef(trace, span);
  const times = { failed, sentFor: seconds, servedFor: seconds };
  const queue = kindOf(trace, span) === 'consumer' ? textOf(trace, span, DESTINATION_KEYS) : '';
  if (queue !== '') {
    // Who sent the work is in other traces, to which links lead.
    count(draft, { from: { kind: 'queue', name: queue, namespace: '' }, to, kind: 'messaging', ...times });
  } else if (kindOf(trace, span) === 'server') {
    count(draft, { from: USER, to, kind: 'outside', ...times });
  }
}

function countTrace(counting: Counting, trace: Trace): void {
  const { draft } = counting;
  const answered = new Uint8Array(trace.size);
  trace.services.forEach((service) => draft.see(service, 1));
  for (let span = 0; span < trace.size; span += 1) {
    const parent = trace.parent[span] ?? -1;
    draft.node(serviceRef(trace, span));
    if (parent !== -1 && isPair(trace, parent, span)) {
      answered[parent] = 1;
      countPair(draft, trace, [parent, span]);
    } else if (parent === -1 && !trace.missingParents.has(span)) {
      countEntry(draft, trace, span);
    }
  }
  for (let span = 0; span < trace.size; span += 1) {
    if (cell(answered, span) === 0 && isSending(trace, span)) {
      countUnanswered(counting, trace, span);
    }
  }
}

/** The map that some traces show: how much of what is called they saw, not how much was called. */
export function mapFromTraces(traces: readonly Trace[], { windowSeconds, known }: TraceMapOptions): ServiceMap {
  const draft = createMapDraft();
  const services = new Set([...traces.flatMap((trace) => trace.services), ...known.map(({ name }) => name)]);
  for (const trace of traces) {
    countTrace({ draft, services }, trace);
  }
  for (const service of known) {
    draft.node({ ...service, kind: 'service' });
  }
  return draft.finish({ windowSeconds, sampled: true });
}
