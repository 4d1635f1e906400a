import { cell } from '../column.ts';
import { operationOf, statusOf } from '../spanFields.ts';
import type { AttributeValue, Trace } from '../trace.ts';
import type { AttributeScope } from './attributeDifference.ts';

/** A value as it is compared and shown: lists and objects as JSON. */
export type PlainValue = string | number | boolean;

/** Longer values differ in what nobody reads. */
const LONGEST_VALUE = 300;

/** What spans of one trace have: each pair once. */
export function forEachAttribute(
  trace: Trace,
  spans: Iterable<number>,
  take: (scope: AttributeScope, key: string, value: PlainValue) => void
): void {
  const pairs = new Set<number>();
  const resources = new Set<number>();
  const names = new Set<string>();
  let failed = false;
  for (const span of spans) {
    for (let i = cell(trace.attributeFrom, span); i < cell(trace.attributeTo, span); i += 1) {
      pairs.add(cell(trace.attributeKey, i) * trace.values.length + cell(trace.attributeValue, i));
    }
    resources.add(cell(trace.resource, span));
    names.add(operationOf(trace, span));
    failed ||= statusOf(trace, span) === 'error';
  }
  pairs.forEach((pair) => {
    const value = pair % trace.values.length;
    const key = (pair - value) / trace.values.length;
    take('span', trace.keys[key] ?? '', plain(trace.values[value] ?? ''));
  });
  const seen = new Set<string>();
  for (const [key, value] of [...resources].flatMap((at) => trace.resources[at]?.attributes ?? [])) {
    const told = plain(value);
    const pair = `${key}\u0000${typeof told}${String(told)}`;
    if (!seen.has(pair)) {
      seen.add(pair);
      take('resource', key, told);
    }
  }
  names.forEach((name) => take('intrinsic', 'name', name));
  if (failed) {
    take('intrinsic', 'status', 'error');
  }
}

function plain(value: AttributeValue): PlainValue {
  const told = typeof value === 'object' ? JSON.stringify(value) : value;
  return typeof told === 'string' && told.length > LONGEST_VALUE ? `${told.slice(0, LONGEST_VALUE)}…` : told;
}
