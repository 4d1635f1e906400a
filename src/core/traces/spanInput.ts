import type { Attribute, Resource, SpanKind, SpanStatus } from './trace.ts';

/** A moment as sources give it: nanoseconds since 1970, of any sign and size. */
export type AbsoluteNs = bigint;

export interface EventInput {
  readonly name: string;
  readonly at: AbsoluteNs;
  readonly attributes: readonly Attribute[];
}

export interface LinkInput {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: readonly Attribute[];
}

/** One span as a parser reads it. Ids are as the source wrote them. */
export interface SpanInput {
  readonly spanId: string;
  /** Empty for none. */
  readonly parentSpanId: string;
  /** The parent is known by a link only, and does not wait for this span. */
  readonly tiedByLink?: boolean;
  readonly name: string;
  readonly kind: SpanKind;
  readonly start: AbsoluteNs;
  /** Null where the source has none: the span did not end, or its end was lost. */
  readonly end: AbsoluteNs | null;
  readonly status: SpanStatus;
  readonly statusMessage?: string;
  /** The same object for all spans of one process saves memory. */
  readonly resource: Resource;
  readonly attributes: readonly Attribute[];
  readonly events?: readonly EventInput[];
  readonly links?: readonly LinkInput[];
}
