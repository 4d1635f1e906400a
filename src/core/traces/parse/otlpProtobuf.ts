import type { EventInput, LinkInput } from '../spanInput.ts';
import { SPAN_STATUSES, type Attribute, type AttributeValue, type SpanStatus } from '../trace.ts';
import { base64Of } from './base64.ts';
import { wholeNumber } from './otlpAttributes.ts';
import { enumOf, hexOf, readFields, varintOf, WIRE, type ByteRange } from './protobuf.ts';

/** Deeper values are kept as base64 of their bytes. */
const MAX_DEPTH = 16;

/** Bytes of OTLP, and how their texts are read. Here and where it is used, numbers of fields are those of opentelemetry-proto 1. */
export interface OtlpBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  textOf(range: ByteRange): string;
}

/** `KeyValue`; undefined without a key. */
function keyValueOf(otlp: OtlpBytes, range: ByteRange, depth = 0): Attribute | undefined {
  let key = '';
  let value: AttributeValue = '';
  readFields(otlp.bytes, range, (field) => {
    if (field.wire === WIRE.bytes && field.number === 1) {
      key = otlp.textOf(field);
    } else if (field.wire === WIRE.bytes && field.number === 2) {
      value = anyValueOf(otlp, rangeOf(field), depth);
    }
  });
  return key === '' ? undefined : [key, value];
}

/** Adds the attribute that stands in a range, where there is one, to a list. */
export function pushAttribute(otlp: OtlpBytes, range: ByteRange, into: Attribute[]): void {
  const attribute = keyValueOf(otlp, rangeOf(range));
  if (attribute !== undefined) {
    into.push(attribute);
  }
}

/** A field's object is used again, a range stays. */
export const rangeOf = ({ from, to }: ByteRange): ByteRange => ({ from, to });

/** `AnyValue`; an empty one is ''. */
function anyValueOf(otlp: OtlpBytes, range: ByteRange, depth: number): AttributeValue {
  let value: AttributeValue = '';
  readFields(otlp.bytes, range, (field) => {
    value = VALUE_READERS[`${field.number}/${field.wire}`]?.(otlp, rangeOf(field), depth) ?? value;
  });
  return value;
}

type ReadValue = (otlp: OtlpBytes, range: ByteRange, depth: number) => AttributeValue;

const VALUE_READERS: Readonly<Record<string, ReadValue>> = {
  [`1/${WIRE.bytes}`]: ({ textOf }, range) => textOf(range),
  [`2/${WIRE.varint}`]: ({ bytes }, range) => varintOf(bytes, range) !== 0n,
  [`3/${WIRE.varint}`]: ({ bytes }, range) => wholeNumber(varintOf(bytes, range)),
  [`4/${WIRE.fixed64}`]: ({ view }, { from }) => view.getFloat64(from, true),
  [`5/${WIRE.bytes}`]: (otlp, range, depth) => (depth < MAX_DEPTH ? listOf(otlp, range, depth) : bytesOf(otlp, range)),
  [`6/${WIRE.bytes}`]: (otlp, range, depth) =>
    depth < MAX_DEPTH ? recordOf(otlp, range, depth) : bytesOf(otlp, range),
  [`7/${WIRE.bytes}`]: bytesOf,
};

function bytesOf({ bytes }: OtlpBytes, { from, to }: ByteRange): string {
  return base64Of(bytes.subarray(from, to));
}

function listOf(otlp: OtlpBytes, range: ByteRange, depth: number): AttributeValue {
  const items: AttributeValue[] = [];
  readFields(otlp.bytes, range, (field) => {
    if (field.number === 1 && field.wire === WIRE.bytes) {
      items.push(anyValueOf(otlp, rangeOf(field), depth + 1));
    }
  });
  return items;
}

function recordOf(otlp: OtlpBytes, range: ByteRange, depth: number): AttributeValue {
  const entries: Attribute[] = [];
  readFields(otlp.bytes, range, (field) => {
    const entry =
      field.number === 1 && field.wire === WIRE.bytes ? keyValueOf(otlp, rangeOf(field), depth + 1) : undefined;
    if (entry !== undefined) {
      entries.push(entry);
    }
  });
  return Object.fromEntries(entries);
}

/** `Span.Event`. */
export function eventOf(otlp: OtlpBytes, range: ByteRange): EventInput {
  const attributes: Attribute[] = [];
  let [name, at] = ['', 0n];
  readFields(otlp.bytes, range, (field) => {
    if (field.number === 1 && field.wire === WIRE.fixed64) {
      at = otlp.view.getBigUint64(field.from, true);
    } else if (field.number === 2 && field.wire === WIRE.bytes) {
      name = otlp.textOf(field);
    } else if (field.number === 3 && field.wire === WIRE.bytes) {
      pushAttribute(otlp, field, attributes);
    }
  });
  return { name, at, attributes };
}

/** `Span.Link`. */
export function linkOf(otlp: OtlpBytes, range: ByteRange): LinkInput {
  const attributes: Attribute[] = [];
  let [traceId, spanId] = ['', ''];
  readFields(otlp.bytes, range, (field) => {
    if (field.wire !== WIRE.bytes) {
      return;
    }
    if (field.number === 1) {
      traceId = hexOf(otlp.bytes, field);
    } else if (field.number === 2) {
      spanId = hexOf(otlp.bytes, field);
    } else if (field.number === 4) {
      pushAttribute(otlp, field, attributes);
    }
  });
  return { traceId, spanId, attributes };
}

/** `Status`. */
export function statusOf(otlp: OtlpBytes, range: ByteRange): { status: SpanStatus; statusMessage: string } {
  let status: SpanStatus = 'unset';
  let statusMessage = '';
  readFields(otlp.bytes, range, (field) => {
    if (field.number === 2 && field.wire === WIRE.bytes) {
      statusMessage = otlp.textOf(field);
    } else if (field.number === 3 && field.wire === WIRE.varint) {
      status = SPAN_STATUSES[enumOf(otlp.bytes, field)] ?? 'unset';
    }
  });
  return { status, statusMessage };
}
