import type { EventInput } from '../spanInput.ts';
import type { Attribute, AttributeValue, Resource, SpanKind } from '../trace.ts';
import { normalId, SPAN_ID_LENGTH, TRACE_ID_LENGTH } from '../traceIds.ts';
import { isList, isRecord, listOf, nanosecondsOfMicros, quoted, textOf, type JsonRecord } from './fields.ts';
import { resourceFrom } from './otlpResource.ts';
import { eachAt, recordAt, textAt, type Place } from './parts.ts';
import { takeStatus, withScopeLast } from './tags.ts';
import type { TraceCollector } from './traceCollector.ts';

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['CLIENT', 'client'],
  ['SERVER', 'server'],
  ['PRODUCER', 'producer'],
  ['CONSUMER', 'consumer'],
]);

/** Whether this is Zipkin's v2 JSON: a list of spans, a list of such lists as its search answers, or one span. */
export function isZipkinJson(input: unknown): boolean {
  const first = isList(input) ? input[0] : input;
  return isZipkinSpan(isList(first) ? first[0] : first);
}

const isZipkinSpan = (span: unknown): boolean =>
  isRecord(span) && 'traceId' in span && 'id' in span && !('spanId' in span || 'binaryAnnotations' in span);

/** Pieces of one span, put together once all have come: each time anew would take as long as their number squared. */
interface Gathered {
  kind: string;
  readonly pieces: JsonRecord[];
}

/**
 * Zipkin's v2 JSON. A span may come in pieces, which are merged by id, `shared` and service as Zipkin does; the client's half and the
 * server's of one id stay two spans. Times are in microseconds; a span without duration has no end.
 */
export function parseZipkinJson(input: unknown, into: TraceCollector): void {
  const gathered = new Map<string, Gathered[]>();
  const add = (span: unknown, where: string): void => {
    const problem = problemOf(span);
    if (problem !== undefined || !isRecord(span)) {
      into.unusable(where, problem ?? 'expected an object');
      return;
    }
    tellLosses(span, { where, into });
    const key = keyOf(span);
    const ofKey = gathered.get(key) ?? [];
    gathered.set(key, ofKey);
    gather(span, ofKey);
  };
  (isList(input) ? input : [input]).forEach((item, i) => {
    if (isList(item)) {
      item.forEach((span, s) => add(span, `trace ${i + 1}, span ${s + 1}`));
    } else {
      add(item, `span ${i + 1}`);
    }
  });
  const resources = new Map<string, Resource>();
  for (const { pieces } of [...gathered.values()].flat()) {
    addSpan(mergePieces(pieces), resources, into);
  }
}

function problemOf(span: unknown): string | undefined {
  if (!isRecord(span)) {
    return `expected an object, got ${quoted(span)}`;
  }
  const missing = ['traceId', 'id'].find((name) => textOf(span[name]) === '');
  return missing === undefined ? undefined : `expected ${missing} as text, got ${quoted(span[missing])}`;
}

/** Before pieces are put together: after that nobody knows where they stood. */
function tellLosses(span: JsonRecord, at: Place): void {
  ['parentId', 'name'].forEach((name) => textAt(span, name, at));
  for (const name of ['localEndpoint', 'remoteEndpoint']) {
    textAt(recordAt(span, name, at), 'serviceName', { where: `${at.where}.${name}`, into: at.into });
  }
  if (span.kind !== undefined && span.kind !== null && !KINDS.has(textOf(span.kind))) {
    at.into.lost('kind', at.where, span.kind);
  }
  if (span.timestamp !== undefined && span.timestamp !== null && nanosecondsOfMicros(span.timestamp) === undefined) {
    at.into.lost('badStart', at.where, span.timestamp);
  }
  for (const [key, value] of Object.entries(recordAt(span, 'tags', at))) {
    if (typeof value === 'object') {
      at.into.lost('value', `${at.where}.tags.${key}`, value);
    }
  }
  eachAt({ of: span, name: 'annotations', kind: 'event' }, at, (annotation, place) => {
    textAt(annotation, 'value', place);
    if (nanosecondsOfMicros(annotation.timestamp) === undefined) {
      at.into.lost('eventTime', place.where, annotation.timestamp);
    }
  });
}

const keyOf = (span: JsonRecord): string =>
  JSON.stringify([
    normalId(textOf(span.traceId), TRACE_ID_LENGTH),
    normalId(textOf(span.id), SPAN_ID_LENGTH),
    span.shared === true,
    textOf(recordOf(span.localEndpoint).serviceName),
  ]);

/** A service may call itself, and older clients do not mark the server's half as shared. An unknown kind counts as none. */
function gather(span: JsonRecord, ofKey: Gathered[]): void {
  const kind = KINDS.get(textOf(span.kind)) ?? '';
  const fitting = ofKey.find((one) => one.kind === kind || one.kind === '' || kind === '');
  if (fitting === undefined) {
    ofKey.push({ kind, pieces: [span] });
    return;
  }
  fitting.kind ||= kind;
  fitting.pieces.push(span);
}

/** Of each field the first that says something; the earliest start, the longest duration, and all tags and annotations. */
function mergePieces(pieces: readonly JsonRecord[]): JsonRecord {
  const [only, another] = pieces;
  if (only !== undefined && another === undefined) {
    return only;
  }
  return {
    ...firstOf(pieces.map(withoutEmpty)),
    timestamp: bestOf(pieces, 'timestamp', (at, best) => at < best),
    duration: bestOf(pieces, 'duration', (length, best) => length > best),
    localEndpoint: firstOf(pieces.map(({ localEndpoint }) => recordOf(localEndpoint))),
    // Later ones win: a client says again what it corrects.
    tags: Object.fromEntries(pieces.flatMap(({ tags }) => Object.entries(recordOf(tags)))),
    annotations: withoutRepeated(pieces.flatMap(({ annotations }) => listOf(annotations))),
  };
}

/** Not by assignment: a field may be called `__proto__`. */
const firstOf = (records: readonly JsonRecord[]): JsonRecord =>
  Object.fromEntries(records.toReversed().flatMap((record) => Object.entries(record)));

function bestOf(
  pieces: readonly JsonRecord[],
  field: 'timestamp' | 'duration',
  isBetter: (value: bigint, best: bigint) => boolean
): unknown {
  let best: { readonly given: unknown; readonly value: bigint } | undefined;
  for (const { [field]: given } of pieces) {
    const value = nanosecondsOfMicros(given);
    if (value !== undefined && (best === undefined || isBetter(value, best.value))) {
      best = { given, value };
    }
  }
  return best?.given;
}

const withoutRepeated = (annotations: readonly unknown[]): readonly unknown[] => [
  ...new Map(
    annotations.filter(isRecord).map((one) => [`${nanosecondsOfMicros(one.timestamp)} ${textOf(one.value)}`, one])
  ).values(),
];
const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {});
const withoutEmpty = (span: JsonRecord): JsonRecord =>
  Object.fromEntries(Object.entries(span).filter(([, value]) => value !== '' && value !== null && value !== undefined));

function addSpan(span: JsonRecord, resources: Map<string, Resource>, into: TraceCollector): void {
  const annotations = listOf(span.annotations).filter(isRecord);
  const start = nanosecondsOfMicros(span.timestamp) ?? earliest(annotations);
  if (start === undefined) {
    into.unusable(`span ${quoted(span.id)}`, 'expected a timestamp, or an annotation that has one');
    return;
  }
  const duration = nanosecondsOfMicros(span.duration);
  const tags = Object.entries(recordOf(span.tags)).map(([key, value]): Attribute => [key, tagValue(value)]);
  const status = takeStatus(tags, errorOf);
  into.add(textOf(span.traceId), {
    spanId: textOf(span.id),
    parentSpanId: textOf(span.parentId),
    name: textOf(span.name),
    kind: kindOf(span),
    start,
    end: duration === undefined ? null : start + duration,
    ...status,
    resource: resourceOf(span, resources),
    attributes: withScopeLast([...endpointAttributes(span, tags), ...tags]),
    events: annotations.map((one) => eventOf(one, start)),
  });
}

const tagValue = (value: unknown): string => (typeof value === 'string' ? value : quoted(value));

/** Only a server shares the id of its caller. */
const kindOf = (span: JsonRecord): SpanKind =>
  KINDS.get(textOf(span.kind)) ?? (span.shared === true ? 'server' : 'unspecified');

function earliest(annotations: readonly JsonRecord[]): bigint | undefined {
  let least: bigint | undefined;
  for (const { timestamp } of annotations) {
    const at = nanosecondsOfMicros(timestamp);
    least = at !== undefined && (least === undefined || at < least) ? at : least;
  }
  return least;
}

/** Zipkin's tag: there at all means failed, its text says why. */
function errorOf(value: AttributeValue) {
  const text = String(value);
  return text === 'false'
    ? ({ status: 'unset', message: '' } as const)
    : ({ status: 'error', message: text === 'true' ? '' : text } as const);
}

function resourceOf(span: JsonRecord, resources: Map<string, Resource>): Resource {
  const local = recordOf(span.localEndpoint);
  const [name, addresses] = [textOf(local.serviceName), addressesOf(local)];
  const key = `${name} ${addresses.join(' ')}`;
  const known = resources.get(key);
  if (known !== undefined) {
    return known;
  }
  const [address, another] = addresses;
  const made = resourceFrom([
    ...(name === '' ? [] : [['service.name', name] as const]),
    ...(address === undefined ? [] : [['host.ip', another === undefined ? address : addresses] as const]),
  ]);
  resources.set(key, made);
  return made;
}

/** That of IPv4 first. */
const addressesOf = ({ ipv4, ipv6 }: JsonRecord): readonly string[] =>
  [textOf(ipv4), textOf(ipv6)].filter((address) => address !== '');

/** Both ends as attributes, named as OpenTelemetry's conventions name them; what a tag says already stands. */
function endpointAttributes(span: JsonRecord, tags: readonly Attribute[]): readonly Attribute[] {
  const [local, remote] = [recordOf(span.localEndpoint), recordOf(span.remoteEndpoint)];
  const [address, another] = addressesOf(remote);
  const found: Array<readonly [string, unknown]> = [
    ['network.local.port', local.port],
    ['peer.service', remote.serviceName],
    ['network.peer.address', address],
    // The convention has place for one.
    ['network.peer.address.ipv6', another],
    ['network.peer.port', remote.port],
  ];
  const attributes: Attribute[] = [];
  for (const [key, value] of found) {
    const isSaid = (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0);
    if (isSaid && !tags.some(([name]) => name === key)) {
      attributes.push([key, value]);
    }
  }
  return attributes;
}

/** @param start where it stands if it does not say when it was */
const eventOf = (annotation: JsonRecord, start: bigint): EventInput => ({
  name: textOf(annotation.value),
  at: nanosecondsOfMicros(annotation.timestamp) ?? start,
  attributes: [],
});
