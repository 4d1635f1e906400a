/** In the order of OTLP's `SpanKind`, so that a kind's index is its number on the wire. */
export const SPAN_KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** In the order of OTLP's `StatusCode`. */
export const SPAN_STATUSES = ['unset', 'ok', 'error'] as const;
export type SpanStatus = (typeof SPAN_STATUSES)[number];

/** What OTLP's `AnyValue` can carry; bytes are kept as base64 text, 64-bit integers beyond 2^53 as decimal text. */
export type AttributeValue =
  string | number | boolean | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };

export type Attribute = readonly [key: string, value: AttributeValue];

export interface SpanEvent {
  readonly name: string;
  /** Nanoseconds after the trace's `epochNs`. */
  readonly atNs: number;
  readonly attributes: readonly Attribute[];
}

export interface SpanLink {
  /** Lower-case hex, 32 characters where the source gave so many. */
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: readonly Attribute[];
}

/** What sent the spans: one process of a service. */
export interface Resource {
  /** `service.name`, or `unknown_service` as the OpenTelemetry resource conventions say. */
  readonly service: string;
  readonly attributes: readonly Attribute[];
}

export const NOTICE_CODES = [
  'truncated',
  'missing_parent',
  'several_roots',
  'cycle',
  'duplicate_id',
  'no_end',
  'ends_before_start',
  'bad_id',
  'time_precision',
  'clock_skew',
  'unusable',
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];

/** Something about a trace that a reader must know before trusting a figure of it. */
export interface TraceNotice {
  readonly code: NoticeCode;
  /** A sentence. */
  readonly message: string;
  /** How many spans (or pieces of the input) it is about. */
  readonly count: number;
  /** Some of these spans, the first ones of the trace. */
  readonly spanIds: readonly string[];
}

/**
 * A trace, column by column. Spans stand in preorder: a parent before its children, siblings by start, so that span `i` and all
 * below it are `i … subtreeEnd[i] - 1`, its first child is `i + 1` and its next sibling `subtreeEnd[i]`. Roots come by start.
 *
 * Times are whole nanoseconds after `epochNs`, the start of the earliest span, held in doubles. A double is exact up to 2^53 ns
 * (104 days); the times of a longer trace are multiples of a power of two, so that sums and differences stay exact, and a notice
 * says how coarse they are.
 */
export interface Trace {
  /** Lower-case hex. */
  readonly traceId: string;
  readonly size: number;
  /** Start of the earliest span in nanoseconds since 1970-01-01T00:00:00Z. */
  readonly epochNs: bigint;
  /** From the earliest start to the latest end. */
  readonly durationNs: number;

  readonly spanIds: readonly string[];
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Index of the parent, or -1. */
  readonly parent: Int32Array;
  readonly subtreeEnd: Uint32Array;
  readonly depth: Uint32Array;
  /** Index in `SPAN_KINDS`. */
  readonly kind: Uint8Array;
  /** Index in `SPAN_STATUSES`. */
  readonly status: Uint8Array;
  /** 1 where the parent is known by a link only (OTLP link within the trace, Jaeger FOLLOWS_FROM). */
  readonly tiedByLink: Uint8Array;
  /** Index in `resources`. */
  readonly resource: Uint32Array;
  /** Index in `services`. */
  readonly service: Uint32Array;
  /** Index in `names`. */
  readonly name: Uint32Array;

  readonly resources: readonly Resource[];
  readonly services: readonly string[];
  readonly names: readonly string[];

  /** Attributes of span `i` are the pairs `attributeFrom[i] … attributeTo[i] - 1` of `attributeKey` and `attributeValue`. */
  readonly attributeFrom: Uint32Array;
  readonly attributeTo: Uint32Array;
  /** Index in `keys`. */
  readonly attributeKey: Uint32Array;
  /** Index in `values`. */
  readonly attributeValue: Uint32Array;
  readonly keys: readonly string[];
  readonly values: readonly AttributeValue[];

  /** Only spans that have any. */
  readonly events: ReadonlyMap<number, readonly SpanEvent[]>;
  readonly links: ReadonlyMap<number, readonly SpanLink[]>;
  readonly statusMessages: ReadonlyMap<number, string>;
  /** Id of the parent that is not in the trace. */
  readonly missingParents: ReadonlyMap<number, string>;

  /** Index of each span without a parent, by start, then the longest, then the smaller id. */
  readonly roots: Uint32Array;
  readonly notices: readonly TraceNotice[];
}
