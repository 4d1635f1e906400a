import { cell } from './column.ts';
import { attributesOf } from './spanFields.ts';
import type { Attribute, AttributeValue, Resource, SpanEvent, SpanLink, Trace } from './trace.ts';
import { SPAN_ID_LENGTH, TRACE_ID_LENGTH } from './traceIds.ts';

type Json = Readonly<Record<string, unknown>>;

interface Group {
  readonly resource: Resource | undefined;
  readonly scope: Json;
  /** Each as JSON: one text a span is a tenth of the objects it would be. */
  readonly spans: string[];
}

/**
 * A trace as OTLP JSON, one document on one line: ids in hex, 64-bit numbers as decimal text, spans grouped by process and scope.
 * `parseOtlpJson` makes the same trace of it, also what was said of it; what is lost is what the model does not carry, and of spans that
 * share an id, which of them had the children. The notices stand in a field that OTLP does not have and others pass over.
 */
export function writeOtlpJson(trace: Trace): string {
  const groups = new Map<string, Group>();
  for (let span = 0; span < trace.size; span += 1) {
    const { scope, rest } = splitScope(attributesOf(trace, span));
    const key = `${cell(trace.resource, span)} ${JSON.stringify(scope)}`;
    const group = groups.get(key) ?? { resource: trace.resources[cell(trace.resource, span)], scope, spans: [] };
    groups.set(key, group);
    group.spans.push(JSON.stringify(spanOf(trace, span, rest)));
  }
  const notices = trace.notices.length === 0 ? '' : `,"notices":${JSON.stringify(noticesOf(trace))}`;
  return `{"resourceSpans":[${[...groups.values()].map(textOfGroup).join(',')}]${notices}}`;
}

/** With the id of their trace: files may be put together, and each keep what is known of it. */
const noticesOf = ({ traceId, notices }: Trace): Json => ({ traceId: idOf(traceId, TRACE_ID_LENGTH), list: notices });

function textOfGroup({ resource, scope, spans }: Group): string {
  const attributes = keyValues(resource?.attributes ?? []);
  return `{"resource":${JSON.stringify({ attributes })},"scopeSpans":[{"scope":${JSON.stringify(scope)},"spans":[${spans.join(',')}]}]}`;
}

const SCOPE_FIELDS: ReadonlyMap<string, string> = new Map([
  ['otel.scope.name', 'name'],
  ['otel.scope.version', 'version'],
]);

/** A scope that stands last is one that a parser put there. */
function splitScope(attributes: readonly Attribute[]): { scope: Json; rest: readonly Attribute[] } {
  const rest = [...attributes];
  const scope: Array<readonly [string, string]> = [];
  for (const key of [...SCOPE_FIELDS.keys()].toReversed()) {
    const [name, value] = rest.at(-1) ?? [];
    if (name === key && typeof value === 'string' && value !== '') {
      rest.pop();
      scope.unshift([SCOPE_FIELDS.get(key) ?? key, value]);
    }
  }
  return { scope: Object.fromEntries(scope), rest };
}

function spanOf(trace: Trace, span: number, attributes: readonly Attribute[]): Json {
  const parentSpanId = parentOf(trace, span);
  const message = trace.statusMessages.get(span);
  const links = linksOf(trace, span);
  const events = trace.events.get(span) ?? [];
  return {
    traceId: idOf(trace.traceId, TRACE_ID_LENGTH),
    spanId: idOf(trace.spanIds[span] ?? '', SPAN_ID_LENGTH),
    ...(parentSpanId === '' ? {} : { parentSpanId }),
    name: trace.names[cell(trace.name, span)],
    kind: trace.kind[span],
    startTimeUnixNano: timeOf(trace, cell(trace.startNs, span)),
    endTimeUnixNano: timeOf(trace, cell(trace.endNs, span)),
    attributes: keyValues(attributes),
    ...(events.length === 0 ? {} : { events: events.map((event) => eventOf(trace, event)) }),
    ...(links.length === 0 ? {} : { links: links.map(linkOf) }),
    status: {
      ...(trace.status[span] === 0 ? {} : { code: trace.status[span] }),
      ...(message === undefined ? {} : { message }),
    },
  };
}

/** Ids of zeros mean none, and read as one that is there. */
const idOf = (id: string, length: number): string => (id === '' ? '0'.repeat(length) : id);

const timeOf = ({ epochNs }: Trace, ns: number): string => String(epochNs + BigInt(ns));

/**
 * A parent that is tied by a link is in the links only. The server's half of a call whose halves share an id has the parent of the
 * client's: by its own id it would be its own parent.
 */
function parentOf(trace: Trace, span: number): string {
  const parent = cell(trace.parent, span);
  if (parent === -1) {
    return trace.missingParents.get(span) ?? '';
  }
  if (trace.tiedByLink[span] === 1) {
    return '';
  }
  const isOtherHalf = trace.spanIds[parent] === trace.spanIds[span];
  const above = isOtherHalf ? cell(trace.parent, parent) : parent;
  return above === -1 ? (trace.missingParents.get(parent) ?? '') : (trace.spanIds[above] ?? '');
}

function linksOf(trace: Trace, span: number): readonly SpanLink[] {
  const links = trace.links.get(span) ?? [];
  const isTied = trace.tiedByLink[span] === 1;
  const spanId = trace.spanIds[cell(trace.parent, span)] ?? '';
  const isFirst = links.find((link) => link.traceId === trace.traceId)?.spanId === spanId;
  return isTied && !isFirst ? [{ traceId: trace.traceId, spanId, attributes: [] }, ...links] : links;
}

const eventOf = (trace: Trace, { name, atNs, attributes }: SpanEvent): Json => ({
  timeUnixNano: timeOf(trace, atNs),
  name,
  attributes: keyValues(attributes),
});

const linkOf = ({ traceId, spanId, attributes }: SpanLink): Json => ({
  traceId: idOf(traceId, TRACE_ID_LENGTH),
  spanId: idOf(spanId, SPAN_ID_LENGTH),
  attributes: keyValues(attributes),
});

const keyValues = (attributes: readonly Attribute[]): readonly Json[] =>
  attributes.map(([key, value]) => ({ key, value: anyValue(value) }));

/** OTLP's `AnyValue`. The model has one kind of number: whole ones are written as integers. */
function anyValue(value: AttributeValue): Json {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { intValue: String(value) }
        : { doubleValue: Number.isFinite(value) && !Object.is(value, -0) ? value : doubleText(value) };
    default:
      return isValues(value)
        ? { arrayValue: { values: value.map(anyValue) } }
        : { kvlistValue: { values: Object.entries(value).map(([key, item]) => ({ key, value: anyValue(item) })) } };
  }
}

/** What JSON has no number for, as JSON of protobuf writes it. */
const doubleText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const isValues = (value: AttributeValue): value is readonly AttributeValue[] => Array.isArray(value);
