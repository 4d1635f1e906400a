import { cell } from './column.ts';
import {
  SPAN_KINDS,
  SPAN_STATUSES,
  type Attribute,
  type AttributeValue,
  type SpanKind,
  type SpanStatus,
  type Trace,
} from './trace.ts';

/** Words for what the columns of a span hold. */
export const serviceOf = (trace: Trace, span: number): string => trace.services[cell(trace.service, span)] ?? '';
export const operationOf = (trace: Trace, span: number): string => trace.names[cell(trace.name, span)] ?? '';
export const kindOf = (trace: Trace, span: number): SpanKind => SPAN_KINDS[cell(trace.kind, span)] ?? 'unspecified';
export const statusOf = (trace: Trace, span: number): SpanStatus => SPAN_STATUSES[cell(trace.status, span)] ?? 'unset';
export const durationOf = (trace: Trace, span: number): number => cell(trace.endNs, span) - cell(trace.startNs, span);

export function attributesOf(trace: Trace, span: number): readonly Attribute[] {
  const attributes: Attribute[] = [];
  for (let i = cell(trace.attributeFrom, span); i < cell(trace.attributeTo, span); i += 1) {
    attributes.push([trace.keys[cell(trace.attributeKey, i)] ?? '', trace.values[cell(trace.attributeValue, i)] ?? '']);
  }
  return attributes;
}

export const resourceOf = (trace: Trace, span: number): readonly Attribute[] =>
  trace.resources[cell(trace.resource, span)]?.attributes ?? [];

/** The value of an attribute of a span, else of what sent it. */
export function attributeOf(trace: Trace, span: number, key: string): AttributeValue | undefined {
  // Not by the index of the key: a trace may have as many keys as spans, and this is asked for each of them.
  for (let i = cell(trace.attributeFrom, span); i < cell(trace.attributeTo, span); i += 1) {
    if (trace.keys[cell(trace.attributeKey, i)] === key) {
      return trace.values[cell(trace.attributeValue, i)];
    }
  }
  return resourceOf(trace, span).find(([name]) => name === key)?.[1];
}
