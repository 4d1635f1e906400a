import type { Attribute, AttributeValue } from '../trace.ts';
import { bigintOf, isRecord, listOf, quoted, textOf, type JsonRecord } from './fields.ts';

/** Deeper values are kept as text. */
const MAX_DEPTH = 16;

/** OTLP's `KeyValue` list; entries without a key are left out. */
export function attributesIn(list: unknown): readonly Attribute[] {
  const attributes: Attribute[] = [];
  for (const entry of listOf(list)) {
    if (isRecord(entry) && typeof entry.key === 'string' && entry.key !== '') {
      attributes.push([entry.key, anyValue(entry.value)]);
    }
  }
  return attributes;
}

/** OTLP's `AnyValue`; an empty one is ''. */
function anyValue(value: unknown, depth = 0): AttributeValue {
  if (!isRecord(value)) {
    return '';
  }
  if (typeof value.stringValue === 'string') {
    return value.stringValue;
  }
  return numberOrFlag(value) ?? (depth < MAX_DEPTH ? nested(value, depth) : quoted(value));
}

function numberOrFlag(value: JsonRecord): AttributeValue | undefined {
  if ('intValue' in value) {
    return wholeNumber(bigintOf(value.intValue) ?? 0n);
  }
  if (typeof value.doubleValue === 'number' || typeof value.doubleValue === 'string') {
    // JSON of protobuf writes "NaN" and "Infinity" as text.
    return Number(value.doubleValue);
  }
  return typeof value.boolValue === 'boolean' ? value.boolValue : undefined;
}

/** As a number where a double holds it, else as text. */
export function wholeNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function nested(value: JsonRecord, depth: number): AttributeValue {
  if (isRecord(value.arrayValue)) {
    return listOf(value.arrayValue.values).map((item) => anyValue(item, depth + 1));
  }
  if (isRecord(value.kvlistValue)) {
    const entries = listOf(value.kvlistValue.values).filter(isRecord);
    return Object.fromEntries(entries.map((entry) => [textOf(entry.key), anyValue(entry.value, depth + 1)]));
  }
  return textOf(value.bytesValue);
}
