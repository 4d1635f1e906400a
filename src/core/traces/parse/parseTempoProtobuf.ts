import type { SpanInput } from '../spanInput.ts';
import { SPAN_KINDS, type Attribute, type Resource } from '../trace.ts';
import { createByteTexts, type DecodeText } from './byteTexts.ts';
import { eventOf, linkOf, pushAttribute, rangeOf, statusOf, type OtlpBytes } from './otlpProtobuf.ts';
import { besidesAttributes, resourceFrom, scopeAttributes, type BesidesSpan } from './otlpResource.ts';
import { addAtTimes } from './otlpTimes.ts';
import { truncatedNotice } from './parseOtlpJson.ts';
import { enumOf, hexOf, ProtobufError, readFields, WIRE, type ByteRange } from './protobuf.ts';
import type { TraceCollector } from './traceCollector.ts';

/** `PartialStatus` of Tempo. */
const PARTIAL = 1;

/**
 * Traces as protobuf: Tempo's `TraceByIDResponse {trace = 1, metrics = 2, status = 3, message = 4}`, and bare `Trace` of Tempo or
 * `TracesData` of OTLP, which both are `{resource_spans = 1}`. A span that cannot be read is told to the collector; the rest goes on.
 * @throws ProtobufError where the bytes are none of these
 */
export function parseTempoProtobuf(bytes: Uint8Array, decode: DecodeText, into: TraceCollector): void {
  const otlp: TempoBytes = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    textOf: createByteTexts(bytes, decode),
    where: 'the input',
    lost(kind, got) {
      into.lost(kind, otlp.where, got);
    },
  };
  const whole = { from: 0, to: bytes.length };
  const first: ByteRange[] = [];
  let partial = false;
  let message = '';
  readFields(bytes, whole, (field) => {
    if (field.number === 1 && field.wire === WIRE.bytes) {
      first.push(rangeOf(field));
    } else if (field.number === 3 && field.wire === WIRE.varint) {
      partial = enumOf(bytes, field) === PARTIAL;
    } else if (field.number === 4 && field.wire === WIRE.bytes) {
      message = otlp.textOf(field);
    }
  });
  const isBare = first.some((range) => holdsScopes(bytes, range));
  if (partial && !isBare) {
    into.note(truncatedNotice(message));
  }
  const batches = isBare ? first : first.flatMap((range) => messagesIn(bytes, range, 1));
  batches.forEach((batch, b) => {
    const where = `resource_spans[${b}]`;
    keep(where, into, () => readBatch(otlp, batch, { where, into }));
  });
}

interface TempoBytes extends OtlpBytes {
  /** What is being read now. */
  where: string;
}

/**
 * Of `ResourceSpans`. Until OTLP 0.19 scopes were "instrumentation libraries": of the same form, and for a while in a field of their own.
 */
const SCOPE_FIELDS = [2, 1000];

/** Only `ResourceSpans` holds scopes; a `Trace` has field 1 alone. */
const holdsScopes = (bytes: Uint8Array, range: ByteRange): boolean =>
  SCOPE_FIELDS.some((number) => messagesIn(bytes, range, number).length > 0);

function messagesIn(bytes: Uint8Array, range: ByteRange, number: number): readonly ByteRange[] {
  const found: ByteRange[] = [];
  readFields(bytes, range, (field) => {
    if (field.number === number && field.wire === WIRE.bytes) {
      found.push(rangeOf(field));
    }
  });
  return found;
}

interface Place {
  readonly where: string;
  readonly into: TraceCollector;
}

/** `ResourceSpans`. The resource may stand after the scopes: protobuf has no order. */
function readBatch(otlp: TempoBytes, batch: ByteRange, { where, into }: Place): void {
  const attributes: Attribute[] = [];
  otlp.where = `${where}.resource`;
  keep(otlp.where, into, () => {
    for (const resource of messagesIn(otlp.bytes, batch, 1)) {
      const droppedAttributes = pushAttributesIn(otlp, resource, { list: 1, dropped: 2, into: attributes });
      attributes.push(...besidesAttributes({ droppedAttributes }));
    }
  });
  const resource = resourceFrom(attributes);
  const scopes = SCOPE_FIELDS.flatMap((number) => messagesIn(otlp.bytes, batch, number));
  scopes.forEach((scope, s) => {
    const at = `${where}.scope_spans[${s}]`;
    keep(at, into, () => readScope(otlp, scope, { where: at, resource, into }));
  });
}

/** Goes on after a piece that cannot be read: its length says where the next begins. */
function keep(where: string, into: TraceCollector, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ProtobufError)) {
      throw error;
    }
    into.unusable(where, error.message);
  }
}

interface AttributeFields {
  /** Numbers of the fields of the attributes, and of how many were left out. */
  readonly list: number;
  readonly dropped: number;
  readonly into: Attribute[];
}

/** @returns how many were left out by who sent them */
function pushAttributesIn(otlp: OtlpBytes, message: ByteRange, { list, dropped, into }: AttributeFields): number {
  let count = 0;
  readFields(otlp.bytes, message, (field) => {
    if (field.number === list && field.wire === WIRE.bytes) {
      pushAttribute(otlp, field, into);
    } else if (field.number === dropped && field.wire === WIRE.varint) {
      count = enumOf(otlp.bytes, field);
    }
  });
  return count;
}

/** `ScopeSpans`. */
function readScope(
  otlp: TempoBytes,
  range: ByteRange,
  { where, resource, into }: Place & { resource: Resource }
): void {
  otlp.where = `${where}.scope`;
  const shared = messagesIn(otlp.bytes, range, 1).flatMap((scope) => scopeOf(otlp, scope));
  messagesIn(otlp.bytes, range, 2).forEach((span, s) => {
    const at = `${where}.spans[${s}]`;
    keep(at, into, () => readSpan(otlp, span, { where: at, resource, shared, into }));
  });
}

/** `InstrumentationScope`. */
function scopeOf(otlp: OtlpBytes, scope: ByteRange): readonly Attribute[] {
  let [name, version] = ['', ''];
  readFields(otlp.bytes, scope, (field) => {
    if (field.wire === WIRE.bytes && field.number === 1) {
      name = otlp.textOf(field);
    } else if (field.wire === WIRE.bytes && field.number === 2) {
      version = otlp.textOf(field);
    }
  });
  const attributes: Attribute[] = [];
  const droppedAttributes = pushAttributesIn(otlp, scope, { list: 3, dropped: 4, into: attributes });
  return scopeAttributes({ name, version, attributes, droppedAttributes });
}

interface Surroundings extends Place {
  readonly resource: Resource;
  /** Attributes of the scope, which each of its spans carries. */
  readonly shared: readonly Attribute[];
}

/** A `Span` while its fields come in. */
type Draft = {
  -readonly [field in 'spanId' | 'parentSpanId' | 'name' | 'kind' | 'status' | 'statusMessage']-?: NonNullable<
    SpanInput[field]
  >;
} & { traceId: string; start: bigint; end: bigint; attributes: Attribute[] } & {
  [list in 'events' | 'links']: Array<NonNullable<SpanInput[list]>[number]>;
} & { -readonly [field in keyof BesidesSpan]-?: NonNullable<BesidesSpan[field]> };

function readSpan(otlp: TempoBytes, range: ByteRange, { where, resource, shared, into }: Surroundings): void {
  const draft: Draft = {
    ...{ traceId: '', spanId: '', parentSpanId: '', name: '', start: 0n, end: 0n, kind: 'unspecified' },
    ...{ status: 'unset', statusMessage: '', attributes: [], events: [], links: [] },
    ...{ traceState: '', droppedAttributes: 0, droppedEvents: 0, droppedLinks: 0 },
  };
  otlp.where = where;
  // They stand where the span starts, which may come after them.
  const events: ByteRange[] = [];
  readFields(otlp.bytes, range, (field) => {
    if (field.wire === WIRE.bytes && field.number === 11) {
      events.push(rangeOf(field));
    } else if (field.wire === WIRE.bytes) {
      BYTES_FIELDS[field.number]?.(draft, otlp, rangeOf(field));
    } else if (field.wire === WIRE.fixed64) {
      const at = otlp.view.getBigUint64(field.from, true);
      draft.start = field.number === 7 ? at : draft.start;
      draft.end = field.number === 8 ? at : draft.end;
    } else if (field.wire === WIRE.varint) {
      NUMBER_FIELDS[field.number]?.(draft, enumOf(otlp.bytes, field), otlp);
    }
  });
  const { traceId, traceState, droppedAttributes, droppedEvents, droppedLinks, ...span } = draft;
  if (traceId === '' || span.spanId === '') {
    into.unusable(where, `expected a ${traceId === '' ? 'trace_id' : 'span_id'}`);
    return;
  }
  span.events = events.map((event) => eventOf(otlp, event, span.start === 0n ? span.end : span.start));
  span.attributes.push(...besidesAttributes({ traceState, droppedAttributes, droppedEvents, droppedLinks }), ...shared);
  addAtTimes(traceId, { ...span, resource }, { where, into });
}

const NUMBER_FIELDS: Readonly<Record<number, (draft: Draft, value: number, otlp: OtlpBytes) => void>> = {
  6: (draft, value, otlp) => {
    const kind = SPAN_KINDS[value];
    if (kind === undefined) {
      otlp.lost('kind', value);
    }
    draft.kind = kind ?? 'unspecified';
  },
  10: (draft, value) => (draft.droppedAttributes = value),
  12: (draft, value) => (draft.droppedEvents = value),
  14: (draft, value) => (draft.droppedLinks = value),
};

const BYTES_FIELDS: Readonly<Record<number, (draft: Draft, otlp: OtlpBytes, range: ByteRange) => void>> = {
  1: (draft, { bytes }, range) => (draft.traceId = hexOf(bytes, range)),
  2: (draft, { bytes }, range) => (draft.spanId = hexOf(bytes, range)),
  3: (draft, { textOf }, range) => (draft.traceState = textOf(range)),
  4: (draft, { bytes }, range) => (draft.parentSpanId = hexOf(bytes, range)),
  5: (draft, { textOf }, range) => (draft.name = textOf(range)),
  9: (draft, otlp, range) => pushAttribute(otlp, range, draft.attributes),
  13: (draft, otlp, range) => draft.links.push(linkOf(otlp, range)),
  15: (draft, otlp, range) => Object.assign(draft, statusOf(otlp, range)),
};
