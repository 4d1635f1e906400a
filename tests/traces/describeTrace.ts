import {
  attributesOf,
  kindOf,
  operationOf,
  resourceOf,
  serviceOf,
  statusOf,
} from '../../src/core/traces/spanFields.ts';
import type { Attribute, AttributeValue, SpanEvent, SpanLink, Trace } from '../../src/core/traces/trace.ts';

/** All that a trace says of a span, without the numbers by which it says it: two traces that mean the same are equal. */
export interface SpanWords {
  readonly id: string;
  /** Place of the parent. */
  readonly parent: number;
  readonly times: readonly [bigint, bigint];
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly statusMessage: string;
  readonly tiedByLink: boolean;
  readonly missingParent: string;
  readonly attributes: readonly Attribute[];
  readonly resource: readonly Attribute[];
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
}

export function describeSpans(trace: Trace): readonly SpanWords[] {
  const at = (column: Float64Array, span: number): bigint => trace.epochNs + BigInt(column[span] ?? 0);
  return trace.spanIds.map((id, span) => ({
    id,
    parent: trace.parent[span] ?? -1,
    times: [at(trace.startNs, span), at(trace.endNs, span)],
    service: serviceOf(trace, span),
    name: operationOf(trace, span),
    kind: kindOf(trace, span),
    status: statusOf(trace, span),
    statusMessage: trace.statusMessages.get(span) ?? '',
    tiedByLink: trace.tiedByLink[span] === 1,
    missingParent: trace.missingParents.get(span) ?? '',
    attributes: attributesOf(trace, span),
    resource: resourceOf(trace, span),
    events: trace.events.get(span) ?? [],
    links: trace.links.get(span) ?? [],
  }));
}

/** As Zipkin would carry them. */
export const asTexts = (attributes: readonly Attribute[]): readonly Attribute[] =>
  attributes.map(([key, value]): Attribute => [key, textOfValue(value)]);

const textOfValue = (value: AttributeValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
