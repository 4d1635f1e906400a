import type { Attribute, AttributeValue } from '../trace.ts';
import { bigintOf, isRecord, quoted, textOf, type JsonRecord } from './fields.ts';
import { listAt, textAt, type Place } from './parts.ts';

/** Deeper values are kept as text. */
const MAX_DEPTH = 16;

/** OTLP's `KeyValue` list of a record; entries without a key are told as lost. */
export function attributesAt(of: JsonRecord, name: string, at: Place): readonly Attribute[] {
  const attributes: Attribute[] = [];
  listAt(of, name, at).forEach((entry, i) => {
    if (isRecord(entry) && typeof entry.key === 'string' && entry.key !== '') {
      attributes.push([entry.key, anyValue(entry.value, at)]);
    } else {
      at.into.lost('attribute', `${at.where}.${name}[${i}]`, entry);
    }
  });
  return attributes;
}

/** OTLP's `AnyValue`; an empty one is ''. */
function anyValue(value: unknown, at: Place, depth = 0): AttributeValue {
  if (value === undefined || value === null) {
    return '';
  }
  if (!isRecord(value)) {
    return asText(value, value, at);
  }
  if (typeof value.stringValue === 'string') {
    return value.stringValue;
  }
  const simple = numberOrFlag(value, at);
  if (simple !== undefined) {
    return simple;
  }
  if (depth < MAX_DEPTH) {
    return nested(value, at, depth);
  }
  at.into.lost('depth', at.where, value);
  return quoted(value);
}

function asText(value: unknown, whole: unknown, { where, into }: Place): string {
  into.lost('value', where, whole);
  return typeof value === 'string' ? value : quoted(value);
}

/** JSON of protobuf writes these as text. */
const NO_NUMBERS: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

function numberOrFlag(value: JsonRecord, at: Place): AttributeValue | undefined {
  if ('intValue' in value) {
    const whole = bigintOf(value.intValue);
    return whole === undefined ? asText(value.intValue, value, at) : wholeNumber(whole);
  }
  const { doubleValue } = value;
  if (typeof doubleValue === 'number' || NO_NUMBERS.includes(doubleValue)) {
    return Number(doubleValue);
  }
  if (typeof doubleValue === 'string') {
    return numberIn(doubleValue) ?? asText(doubleValue, value, at);
  }
  return typeof value.boolValue === 'boolean' ? value.boolValue : undefined;
}

/** The number that a text writes, or undefined where it writes none. */
export function numberIn(text: string): number | undefined {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? undefined : number;
}

/** As a number where a double holds it, else as text. */
export function wholeNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function nested(value: JsonRecord, at: Place, depth: number): AttributeValue {
  if (isRecord(value.arrayValue)) {
    return listAt(value.arrayValue, 'values', at).map((item) => anyValue(item, at, depth + 1));
  }
  if (isRecord(value.kvlistValue)) {
    return recordOf(value.kvlistValue, at, depth);
  }
  const isEmpty = Object.values(value).every((one) => one === undefined || one === null);
  return typeof value.bytesValue === 'string' || isEmpty ? textOf(value.bytesValue) : asText(value, value, at);
}

function recordOf(list: JsonRecord, at: Place, depth: number): AttributeValue {
  const entries = new Map<string, AttributeValue>();
  for (const entry of listAt(list, 'values', at)) {
    if (!isRecord(entry)) {
      at.into.lost('attribute', at.where, entry);
      continue;
    }
    const key = textAt(entry, 'key', at);
    if (entries.has(key)) {
      at.into.lost('repeatedKey', at.where, entry);
    }
    entries.set(key, anyValue(entry.value, at, depth + 1));
  }
  return Object.fromEntries(entries);
}
