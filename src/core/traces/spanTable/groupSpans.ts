import { attributeOf, serviceOf } from '../spanFields.ts';
import { cell } from '../column.ts';
import { hasFailed, spanLabel, written } from '../spanText.ts';
import type { MeasuredTrace } from './sortSpans.ts';

/** By what spans are put under headings. */
export type SpanGrouping =
  { readonly by: 'service' } | { readonly by: 'operation' } | { readonly by: 'attribute'; readonly key: string };

export interface SpanGroup {
  /** The value that its spans share; null for those without the attribute. */
  readonly value: string | null;
  /** In the order in which they came. */
  readonly spans: readonly number[];
  readonly errors: number;
  readonly selfNs: number;
  readonly criticalNs: number;
}

/** Spans under headings, the group that took the most time by itself first; those without the attribute last. */
export function groupSpans(spans: Uint32Array, measured: MeasuredTrace, grouping: SpanGrouping): readonly SpanGroup[] {
  const members = new Map<string | null, number[]>();
  const valueOf = valuesBy(measured, grouping);
  for (const span of spans) {
    const value = valueOf(span);
    const group = members.get(value);
    if (group === undefined) {
      members.set(value, [span]);
    } else {
      group.push(span);
    }
  }
  return [...members]
    .map(([value, group]) => sumUp(value, group, measured))
    .sort((a, b) => Number(a.value === null) - Number(b.value === null) || b.selfNs - a.selfNs);
}

function valuesBy({ trace }: MeasuredTrace, grouping: SpanGrouping): (span: number) => string | null {
  switch (grouping.by) {
    case 'service':
      return (span) => serviceOf(trace, span);
    case 'operation':
      return (span) => spanLabel(trace, span);
    case 'attribute':
      return (span) => {
        const value = attributeOf(trace, span, grouping.key);
        return value === undefined ? null : written(value);
      };
  }
}

function sumUp(
  value: string | null,
  spans: readonly number[],
  { trace, selfNs, criticalNs }: MeasuredTrace
): SpanGroup {
  const sum = (column: Float64Array): number => spans.reduce((total, span) => total + cell(column, span), 0);
  return {
    value,
    spans,
    errors: spans.filter((span) => hasFailed(trace, span)).length,
    selfNs: sum(selfNs),
    criticalNs: sum(criticalNs),
  };
}

/** Keys of attributes that spans or what sent them carry, in alphabetical order. */
export const attributeKeys = ({ trace }: Pick<MeasuredTrace, 'trace'>): readonly string[] =>
  [...new Set([...trace.keys, ...trace.resources.flatMap(({ attributes }) => attributes.map(([key]) => key))])].sort();
