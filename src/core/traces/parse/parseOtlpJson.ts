import { SPAN_KINDS, SPAN_STATUSES, type Attribute, type Resource, type SpanKind, type SpanStatus } from '../trace.ts';
import type { EventInput, LinkInput, SpanInput } from '../spanInput.ts';
import { hexOfBase64 } from './base64.ts';
import { bigintOf, isRecord, quoted, textOf, type JsonRecord } from './fields.ts';
import { attributesAt } from './otlpAttributes.ts';
import { besidesAttributes, resourceFrom, scopeAttributes } from './otlpResource.ts';
import { addAtTimes, eventTime } from './otlpTimes.ts';
import { eachAt, listAt, recordAt, textAt, type Place } from './parts.ts';
import type { TraceCollector } from './traceCollector.ts';
import { noticesIn } from './writtenNotices.ts';

/**
 * OTLP as JSON (`resourceSpans`), and Tempo's two forms of it: `{batches}` of its first API and `{trace, status, message}` of the second,
 * which write ids as base64. A span that cannot be used is told to the collector; the rest goes on.
 * @param earlier what came before, where the input is a piece of a larger one
 */
export function parseOtlpJson(input: JsonRecord, into: TraceCollector, earlier: Earlier = NOTHING_EARLIER): void {
  const trace = isRecord(input.trace) ? input.trace : input;
  if (isPartial(input.status)) {
    into.note(truncatedNotice(textOf(input.message)));
  }
  const { traceId, list } = noticesIn(input);
  list.forEach((notice) => into.note(notice, traceId === undefined ? undefined : idOf(traceId, 32)));
  for (const name of ['batches', 'resourceSpans']) {
    listAt(trace, name, { where: '', into }).forEach((batch, b) => {
      const where = `${name}[${earlier.batches + b}]`;
      if (isRecord(batch)) {
        readBatch(batch, { where, into }, b === 0 ? earlier : NOTHING_EARLIER);
      } else {
        into.unusable(where, `expected an object, got ${quoted(batch)}`);
      }
    });
  }
}

/** How many batches, pieces of the first batch, groups of it and spans of its first group. */
interface Earlier {
  readonly batches: number;
  readonly pieces: number;
  readonly groups: number;
  readonly spans: number;
}

const NOTHING_EARLIER: Earlier = { batches: 0, pieces: 0, groups: 0, spans: 0 };

/** Tempo's `PartialStatus`. */
const isPartial = (status: unknown): boolean => status === 'PARTIAL' || status === 1;

export const truncatedNotice = (words: string) =>
  ({
    code: 'truncated',
    message: `Tempo returned only a part of this trace${words === '' ? '; it is larger than Tempo returns (max_bytes_per_trace)' : `: ${words}`}.`,
    count: 1,
    spanIds: [],
  }) as const;

function readBatch(batch: JsonRecord, { where, into }: SpanPlace, earlier: Earlier): void {
  const told = toldOnce(into, earlier.pieces);
  const resource = resourceOf(recordAt(batch, 'resource', { where, into: told }), {
    where: `${where}.resource`,
    into: told,
  });
  // The second name is of OTLP before 0.19.
  for (const name of ['scopeSpans', 'instrumentationLibrarySpans']) {
    listAt(batch, name, { where, into }).forEach((group, g) => {
      const at = `${where}.${name}[${earlier.groups + g}]`;
      if (isRecord(group)) {
        readGroup(group, { where: at, resource, into, earlier: g === 0 ? earlier.spans : 0 });
      } else {
        into.unusable(at, `expected an object, got ${quoted(group)}`);
      }
    });
  }
}

/** Each piece of a batch repeats what stands around its spans: what is lost of that is told of the first. */
const toldOnce = (into: Place['into'], earlier: number): Place['into'] =>
  earlier === 0 ? into : { lost: () => undefined };

function resourceOf(resource: JsonRecord, at: Place): Resource {
  const besides = besidesAttributes({ droppedAttributes: countAt(resource, 'droppedAttributesCount', at) });
  return resourceFrom([...attributesAt(resource, 'attributes', at), ...besides]);
}

function readGroup(group: JsonRecord, { where, resource, into, earlier }: GroupPlace): void {
  const name = 'instrumentationLibrary' in group ? 'instrumentationLibrary' : 'scope';
  const told = toldOnce(into, earlier);
  const at = { where: `${where}.${name}`, into: told };
  const scope = recordAt(group, name, { where, into: told });
  const shared = scopeAttributes({
    name: textAt(scope, 'name', at),
    version: textAt(scope, 'version', at),
    attributes: attributesAt(scope, 'attributes', at),
    droppedAttributes: countAt(scope, 'droppedAttributesCount', at),
  });
  listAt(group, 'spans', { where, into }).forEach((span, s) => {
    readSpan(span, { where: `${where}.spans[${earlier + s}]`, resource, shared, into });
  });
}

interface SpanPlace extends Place {
  readonly into: TraceCollector;
}

interface GroupPlace extends SpanPlace {
  readonly resource: Resource;
  /** How many of its spans came before. */
  readonly earlier: number;
}

interface Surroundings extends SpanPlace {
  readonly resource: Resource;
  /** Attributes of the scope, which each of its spans carries. */
  readonly shared: readonly Attribute[];
}

function readSpan(span: unknown, { where, resource, shared, into }: Surroundings): void {
  if (!isRecord(span)) {
    into.unusable(where, `expected an object, got ${quoted(span)}`);
    return;
  }
  const traceId = idOf(span.traceId, 32);
  const spanId = idOf(span.spanId, 16);
  const at = { where, into };
  const start = timeOf(span.startTimeUnixNano);
  const end = timeOf(span.endTimeUnixNano);
  if (traceId === '' || spanId === '') {
    into.unusable(where, `expected a ${traceId === '' ? 'traceId' : 'spanId'}`);
  } else if (start === undefined || end === undefined) {
    const [name, value] =
      start === undefined ? ['startTimeUnixNano', span.startTimeUnixNano] : ['endTimeUnixNano', span.endTimeUnixNano];
    into.unusable(where, `expected ${name} as whole nanoseconds, got ${quoted(value)}`);
  } else {
    if (isRounded(span.startTimeUnixNano) || isRounded(span.endTimeUnixNano)) {
      into.roundedTimes();
    }
    const described = describe(span, start === 0n ? end : start, at);
    const attributes = [...attributesAt(span, 'attributes', at), ...besidesIn(span, at), ...shared];
    addAtTimes(traceId, { spanId, start, end, ...described, resource, attributes }, at);
  }
}

const besidesIn = (span: JsonRecord, at: Place): readonly Attribute[] =>
  besidesAttributes({
    traceState: textAt(span, 'traceState', at),
    droppedAttributes: countAt(span, 'droppedAttributesCount', at),
    droppedEvents: countAt(span, 'droppedEventsCount', at),
    droppedLinks: countAt(span, 'droppedLinksCount', at),
  });

function countAt(of: JsonRecord, name: string, { where, into }: Place): number {
  const value = of[name];
  const count = timeOf(value);
  if (count === undefined) {
    into.lost('count', `${where}.${name}`, value);
  }
  return Number(count ?? 0n);
}

type Description = Pick<SpanInput, 'parentSpanId' | 'name' | 'kind' | 'status' | 'statusMessage' | 'events' | 'links'>;

/** @param start where events stand that do not say when they were */
function describe(span: JsonRecord, start: bigint, at: Place): Description {
  const status = recordAt(span, 'status', at);
  return {
    parentSpanId: idOf(textAt(span, 'parentSpanId', at), 16),
    name: textAt(span, 'name', at),
    kind: kindOf(span.kind) ?? told(at, { kind: 'kind', got: span.kind }, 'unspecified'),
    status: statusOf(status.code) ?? told(at, { kind: 'status', got: status.code }, 'unset'),
    statusMessage: textAt(status, 'message', at),
    events: eachAt({ of: span, name: 'events', kind: 'event' }, at, (event, place) => eventOf(event, start, place)),
    links: eachAt({ of: span, name: 'links', kind: 'link' }, at, linkOf),
  };
}

/** What stands instead of something that is lost. */
function told<T>({ where, into }: Place, { kind, got }: { kind: 'kind' | 'status'; got: unknown }, instead: T): T {
  into.lost(kind, where, got);
  return instead;
}

/** Hex as OTLP says, or base64 as Tempo writes it; what is neither is kept. */
function idOf(value: unknown, hexLength: number): string {
  const text = textOf(value);
  const isBase64 = text.length === Math.ceil(hexLength / 6) * 4 && text.endsWith('=');
  return (isBase64 ? hexOfBase64(text) : undefined) ?? text;
}

const timeOf = (value: unknown): bigint | undefined => (value === undefined || value === null ? 0n : bigintOf(value));

/** OTLP writes times as text: as a number of JSON one has lost its last digits when it is read. */
const isRounded = (value: unknown): boolean => typeof value === 'number' && !Number.isSafeInteger(value);

/** Undefined for one that OTLP does not know. */
const kindOf = (value: unknown): SpanKind | undefined => SPAN_KINDS[indexOf(value, KIND_NAMES)];
const statusOf = (value: unknown): SpanStatus | undefined => SPAN_STATUSES[indexOf(value, STATUS_NAMES)];

/** JSON of protobuf writes an enum by its name or its number, and leaves out the first. */
function indexOf(value: unknown, names: readonly string[]): number {
  if (value === undefined || value === null) {
    return 0;
  }
  return typeof value === 'number' ? value : names.indexOf(textOf(value));
}

const KIND_NAMES = SPAN_KINDS.map((kind) => `SPAN_KIND_${kind.toUpperCase()}`);
const STATUS_NAMES = SPAN_STATUSES.map((status) => `STATUS_CODE_${status.toUpperCase()}`);

function eventOf(event: JsonRecord, start: bigint, at: Place): EventInput {
  const attributes = attributesAt(event, 'attributes', at);
  const dropped = countAt(event, 'droppedAttributesCount', at);
  return {
    name: textAt(event, 'name', at),
    at: eventTime(timeOf(event.timeUnixNano), start, () => at.into.lost('eventTime', at.where, event.timeUnixNano)),
    attributes: dropped === 0 ? attributes : [...attributes, ...besidesAttributes({ droppedAttributes: dropped })],
  };
}

const linkOf = (link: JsonRecord, at: Place): LinkInput => ({
  traceId: idOf(textAt(link, 'traceId', at), 32),
  spanId: idOf(textAt(link, 'spanId', at), 16),
  attributes: [
    ...attributesAt(link, 'attributes', at),
    ...besidesAttributes({
      traceState: textAt(link, 'traceState', at),
      droppedAttributes: countAt(link, 'droppedAttributesCount', at),
    }),
  ],
});
