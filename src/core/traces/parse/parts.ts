import { isList, isRecord, type JsonRecord } from './fields.ts';
import type { LossKind } from './losses.ts';
import type { TraceCollector } from './traceCollector.ts';

/** Where a parser is, and whom it tells what it cannot use. */
export interface Place {
  /** Such as `resourceSpans[0].scopeSpans[1].spans[7]`, or '' for the input itself. */
  readonly where: string;
  readonly into: Pick<TraceCollector, 'lost'>;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const lost = (kind: LossKind, name: string, { of, at }: { of: JsonRecord; at: Place }): void =>
  at.into.lost(kind, at.where === '' ? name : `${at.where}.${name}`, of[name]);

/** A list of a record; what is there and is none is told. */
export function listAt(of: JsonRecord, name: string, at: Place): readonly unknown[] {
  const value = of[name];
  if (!isList(value) && !isAbsent(value)) {
    lost('list', name, { of, at });
  }
  return isList(value) ? value : [];
}

/** An object of a record, or an empty one; what is there and is none is told. */
export function recordAt(of: JsonRecord, name: string, at: Place): JsonRecord {
  const value = of[name];
  if (!isRecord(value) && !isAbsent(value)) {
    lost('object', name, { of, at });
  }
  return isRecord(value) ? value : {};
}

/** A text of a record, or ''; what is there and is none is told. */
export function textAt(of: JsonRecord, name: string, at: Place): string {
  const value = of[name];
  if (typeof value !== 'string' && !isAbsent(value)) {
    lost('text', name, { of, at });
  }
  return typeof value === 'string' ? value : '';
}

/** What a list of a record holds, each with its own place; what is no object is told as a loss of the kind. */
export function eachAt<T>(
  { of, name, kind }: { readonly of: JsonRecord; readonly name: string; readonly kind: LossKind },
  at: Place,
  read: (item: JsonRecord, place: Place) => T
): readonly T[] {
  const found: T[] = [];
  listAt(of, name, at).forEach((item, i) => {
    const place = { where: `${at.where}.${name}[${i}]`, into: at.into };
    if (isRecord(item)) {
      found.push(read(item, place));
    } else {
      at.into.lost(kind, place.where, item);
    }
  });
  return found;
}
