import type { EventInput } from '../spanInput.ts';
import type { Attribute, AttributeValue, Resource, SpanKind } from '../trace.ts';
import { normalId, SPAN_ID_LENGTH, TRACE_ID_LENGTH } from '../traceIds.ts';
import { isList, isRecord, listOf, nanosecondsOfMicros, quoted, textOf, type JsonRecord } from './fields.ts';
import { resourceFrom } from './otlpResource.ts';
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
  const events = listOf(span.annotations).filter(isRecord).map(eventOf);
  const start = nanosecondsOfMicros(span.timestamp) ?? earliest(events);
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
    events,
  });
}

const tagValue = (value: unknown): string => (typeof value === 'string' ? value : quoted(value));

/** Only a server shares the id of its caller. */
const kindOf = (span: JsonRecord): SpanKind =>
  KINDS.get(textOf(span.kind)) ?? (span.shared === true ? 'server' : 'unspecified');

const earliest = (events: readonly EventInput[]): bigint | undefined =>
  events.reduce<bigint | undefined>((least, { at }) => (least === undefined || at < least ? at : least), undefined);

/** Zipkin's tag: there at all means failed, its text says why. */
function errorOf(value: AttributeValue) {
  const text = String(value);
  return text === 'false'
    ? ({ status: 'unset', message: '' } as const)
    : ({ status: 'error', message: text === 'true' ? '' : text } as const);
}

function resourceOf(span: JsonRecord, resources: Map<string, Resource>): Resource {
  const local = recordOf(span.localEndpoint);
  const [name, address] = [textOf(local.serviceName), textOf(local.ipv4) || textOf(local.ipv6)];
  const key = `${name} ${address}`;
  const known = resources.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = resourceFrom([
    ...(name === '' ? [] : [['service.name', name] as const]),
    ...(address === '' ? [] : [['host.ip', address] as const]),
  ]);
  resources.set(key, made);
  return made;
}

/** Both ends as attributes, named as OpenTelemetry's conventions name them; what a tag says already stands. */
function endpointAttributes(span: JsonRecord, tags: readonly Attribute[]): readonly Attribute[] {
  const [local, remote] = [recordOf(span.localEndpoint), recordOf(span.remoteEndpoint)];
  const found: Array<readonly [string, unknown]> = [
    ['network.local.port', local.port],
    ['peer.service', remote.serviceName],
    ['network.peer.address', textOf(remote.ipv4) || remote.ipv6],
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

const eventOf = (annotation: JsonRecord): EventInput => ({
  name: textOf(annotation.value),
  at: nanosecondsOfMicros(annotation.timestamp) ?? 0n,
  attributes: [],
});
