import type { EventInput, LinkInput } from '../spanInput.ts';
import { SPAN_STATUSES, type Attribute, type AttributeValue, type SpanStatus } from '../trace.ts';
import { base64Of } from './base64.ts';
import type { LossKind } from './losses.ts';
import { besidesAttributes } from './otlpResource.ts';
import { eventTime } from './otlpTimes.ts';
import { wholeNumber } from './otlpAttributes.ts';
import { enumOf, hexOf, readFields, varintOf, WIRE, type ByteRange } from './protobuf.ts';

/** Deeper values are kept as base64 of their bytes. */
const MAX_DEPTH = 16;

/** Bytes of OTLP, and how their texts are read. Here and where it is used, numbers of fields are those of opentelemetry-proto 1. */
export interface OtlpBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  textOf(range: ByteRange): string;
  /** Something of what is being read now was left out or replaced. */
  lost(kind: LossKind, got?: unknown): void;
}

/** `KeyValue`. */
function keyValueOf(otlp: OtlpBytes, range: ByteRange, depth = 0): Attribute {
  let key = '';
  let value: AttributeValue = '';
  readFields(otlp.bytes, range, (field) => {
    if (field.wire === WIRE.bytes && field.number === 1) {
      key = otlp.textOf(field);
    } else if (field.wire === WIRE.bytes && field.number === 2) {
      value = anyValueOf(otlp, rangeOf(field), depth);
    }
  });
  return [key, value];
}

/** Adds the attribute that stands in a range to a list; one without a key is told as lost. */
export function pushAttribute(otlp: OtlpBytes, range: ByteRange, into: Attribute[]): void {
  const attribute = keyValueOf(otlp, rangeOf(range));
  if (attribute[0] === '') {
    otlp.lost('attribute', { value: attribute[1] });
  } else {
    into.push(attribute);
  }
}

/** A field's object is used again, a range stays. */
export const rangeOf = ({ from, to }: ByteRange): ByteRange => ({ from, to });

/** `AnyValue`; an empty one is ''. */
function anyValueOf(otlp: OtlpBytes, range: ByteRange, depth: number): AttributeValue {
  let value: AttributeValue | undefined;
  readFields(otlp.bytes, range, (field) => {
    value = VALUE_READERS[`${field.number}/${field.wire}`]?.(otlp, rangeOf(field), depth) ?? value;
  });
  if (value === undefined && range.to > range.from) {
    otlp.lost('value', bytesOf(otlp, range));
    return bytesOf(otlp, range);
  }
  return value ?? '';
}

type ReadValue = (otlp: OtlpBytes, range: ByteRange, depth: number) => AttributeValue;

const VALUE_READERS: Readonly<Record<string, ReadValue>> = {
  [`1/${WIRE.bytes}`]: ({ textOf }, range) => textOf(range),
  [`2/${WIRE.varint}`]: ({ bytes }, range) => varintOf(bytes, range) !== 0n,
  [`3/${WIRE.varint}`]: ({ bytes }, range) => wholeNumber(varintOf(bytes, range)),
  [`4/${WIRE.fixed64}`]: ({ view }, { from }) => view.getFloat64(from, true),
  [`5/${WIRE.bytes}`]: (otlp, range, depth) => (depth < MAX_DEPTH ? listOf(otlp, range, depth) : cut(otlp, range)),
  [`6/${WIRE.bytes}`]: (otlp, range, depth) => (depth < MAX_DEPTH ? recordOf(otlp, range, depth) : cut(otlp, range)),
  [`7/${WIRE.bytes}`]: bytesOf,
};

function bytesOf({ bytes }: OtlpBytes, { from, to }: ByteRange): string {
  return base64Of(bytes.subarray(from, to));
}

function cut(otlp: OtlpBytes, range: ByteRange): string {
  const text = bytesOf(otlp, range);
  otlp.lost('depth', text);
  return text;
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
  const entries = new Map<string, AttributeValue>();
  readFields(otlp.bytes, range, (field) => {
    if (field.number === 1 && field.wire === WIRE.bytes) {
      const [key, value] = keyValueOf(otlp, rangeOf(field), depth + 1);
      if (entries.has(key)) {
        otlp.lost('repeatedKey', { key });
      }
      entries.set(key, value);
    }
  });
  return Object.fromEntries(entries);
}

/**
 * `Span.Event`.
 * @param start where it stands if it does not say when it was
 */
export function eventOf(otlp: OtlpBytes, range: ByteRange, start: bigint): EventInput {
  const attributes: Attribute[] = [];
  let [name, at, droppedAttributes] = ['', 0n, 0];
  readFields(otlp.bytes, range, (field) => {
    if (field.number === 1 && field.wire === WIRE.fixed64) {
      at = otlp.view.getBigUint64(field.from, true);
    } else if (field.number === 2 && field.wire === WIRE.bytes) {
      name = otlp.textOf(field);
    } else if (field.number === 3 && field.wire === WIRE.bytes) {
      pushAttribute(otlp, field, attributes);
    } else if (field.number === 4 && field.wire === WIRE.varint) {
      droppedAttributes = enumOf(otlp.bytes, field);
    }
  });
  attributes.push(...besidesAttributes({ droppedAttributes }));
  return { name, at: eventTime(at, start, () => otlp.lost('eventTime')), attributes };
}

/** `Span.Link`. */
export function linkOf(otlp: OtlpBytes, range: ByteRange): LinkInput {
  const attributes: Attribute[] = [];
  const link = { traceId: '', spanId: '', traceState: '', droppedAttributes: 0 };
  readFields(otlp.bytes, range, (field) => {
    if (field.wire === WIRE.bytes) {
      LINK_FIELDS[field.number]?.(link, otlp, rangeOf(field));
      if (field.number === 4) {
        pushAttribute(otlp, field, attributes);
      }
    } else if (field.number === 5 && field.wire === WIRE.varint) {
      link.droppedAttributes = enumOf(otlp.bytes, field);
    }
  });
  const { traceId, spanId, ...besides } = link;
  return { traceId, spanId, attributes: [...attributes, ...besidesAttributes(besides)] };
}

type LinkDraft = { -readonly [field in 'traceId' | 'spanId']: LinkInput[field] } & { traceState: string };

const LINK_FIELDS: Readonly<Record<number, (link: LinkDraft, otlp: OtlpBytes, range: ByteRange) => void>> = {
  1: (link, { bytes }, range) => (link.traceId = hexOf(bytes, range)),
  2: (link, { bytes }, range) => (link.spanId = hexOf(bytes, range)),
  3: (link, { textOf }, range) => (link.traceState = textOf(range)),
};

/** `Status`. */
export function statusOf(otlp: OtlpBytes, range: ByteRange): { status: SpanStatus; statusMessage: string } {
  let status: SpanStatus = 'unset';
  let statusMessage = '';
  readFields(otlp.bytes, range, (field) => {
    if (field.number === 2 && field.wire === WIRE.bytes) {
      statusMessage = otlp.textOf(field);
    } else if (field.number === 3 && field.wire === WIRE.varint) {
      status = statusOfNumber(otlp, enumOf(otlp.bytes, field));
    }
  });
  return { status, statusMessage };
}

function statusOfNumber(otlp: OtlpBytes, number: number): SpanStatus {
  const status = SPAN_STATUSES[number];
  if (status === undefined) {
    otlp.lost('status', number);
  }
  return status ?? 'unset';
}
