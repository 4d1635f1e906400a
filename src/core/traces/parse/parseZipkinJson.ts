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

interface Piece {
  readonly traceId: string;
  span: JsonRecord;
}

/**
 * Zipkin's v2 JSON. A span may come in pieces, which are merged by id, `shared` and service as Zipkin does; the client's half and the
 * server's of one id stay two spans. Times are in microseconds; a span without duration has no end.
 */
export function parseZipkinJson(input: unknown, into: TraceCollector): void {
  const pieces = new Map<string, Piece[]>();
  const add = (span: unknown, where: string): void => {
    const problem = problemOf(span);
    if (problem !== undefined || !isRecord(span)) {
      into.unusable(where, problem ?? 'expected an object');
      return;
    }
    const key = keyOf(span);
    const earlier = pieces.get(key) ?? [];
    const other = earlier.find((piece) => isSameKind(piece.span, span));
    if (other === undefined) {
      pieces.set(key, [...earlier, { traceId: textOf(span.traceId), span }]);
    } else {
      other.span = mergePieces(other.span, span);
    }
  };
  (isList(input) ? input : [input]).forEach((item, i) => {
    if (isList(item)) {
      item.forEach((span, s) => add(span, `trace ${i + 1}, span ${s + 1}`));
    } else {
      add(item, `span ${i + 1}`);
    }
  });
  const resources = new Map<string, Resource>();
  for (const piece of [...pieces.values()].flat()) {
    addSpan(piece, resources, into);
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

/** A service may call itself, and older clients do not mark the server's half as shared. */
function isSameKind(a: JsonRecord, b: JsonRecord): boolean {
  const [first, second] = [textOf(a.kind), textOf(b.kind)];
  return first === second || first === '' || second === '';
}

function mergePieces(first: JsonRecord, second: JsonRecord): JsonRecord {
  const starts = [first, second].map((piece) => piece.timestamp).filter((at) => nanosecondsOfMicros(at) !== undefined);
  const lengths = [first, second].map((piece) => nanosecondsOfMicros(piece.duration) ?? -1n);
  const longer = (lengths[0] ?? -1n) >= (lengths[1] ?? -1n) ? first : second;
  const tags = { ...recordOf(first.tags), ...recordOf(second.tags) };
  return {
    ...second,
    ...withoutEmpty(first),
    timestamp: starts.reduce((least, at) => (isEarlier(at, least) ? at : least), starts[0]),
    duration: longer.duration,
    localEndpoint: { ...recordOf(second.localEndpoint), ...recordOf(first.localEndpoint) },
    tags,
    annotations: withoutRepeated([...listOf(first.annotations), ...listOf(second.annotations)]),
  };
}

const isEarlier = (a: unknown, b: unknown): boolean => (nanosecondsOfMicros(a) ?? 0n) < (nanosecondsOfMicros(b) ?? 0n);
const withoutRepeated = (annotations: readonly unknown[]): readonly unknown[] => [
  ...new Map(
    annotations.filter(isRecord).map((one) => [`${nanosecondsOfMicros(one.timestamp)} ${textOf(one.value)}`, one])
  ).values(),
];
const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {});
const withoutEmpty = (span: JsonRecord): JsonRecord =>
  Object.fromEntries(Object.entries(span).filter(([, value]) => value !== '' && value !== null && value !== undefined));

function addSpan({ traceId, span }: Piece, resources: Map<string, Resource>, into: TraceCollector): void {
  const events = listOf(span.annotations).filter(isRecord).map(eventOf);
  const start = nanosecondsOfMicros(span.timestamp) ?? earliest(events);
  if (start === undefined) {
    into.unusable(`span ${quoted(span.id)}`, 'expected a timestamp, or an annotation that has one');
    return;
  }
  const duration = nanosecondsOfMicros(span.duration);
  const tags = Object.entries(recordOf(span.tags)).map(([key, value]): Attribute => [key, tagValue(value)]);
  const status = takeStatus(tags, errorOf);
  into.add(traceId, {
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
