import { createTraceBuilder } from './traceBuilder.ts';
import type { EventInput, LinkInput } from './spanInput.ts';
import type { Attribute, SpanKind, SpanStatus, Trace } from './trace.ts';

export interface GivenSpan {
  readonly id: string;
  readonly parent?: string;
  readonly service?: string;
  readonly name?: string;
  readonly kind?: SpanKind;
  readonly status?: SpanStatus;
  readonly statusMessage?: string;
  /** Nanoseconds after the start. */
  readonly from: number;
  readonly to: number;
  readonly attributes?: readonly Attribute[];
  readonly resource?: readonly Attribute[];
  readonly events?: readonly EventInput[];
  readonly links?: readonly LinkInput[];
}

/** 2026-11-25T12:00:00Z in nanoseconds. */
export const EPOCH_NS = 1_795_608_000_000_000_000n;

const idOf = (id: string): string => id.padStart(16, '0');

/** A trace of a few spans for tests. */
export function traceOf(spans: readonly GivenSpan[], traceId = 'abc'): Trace {
  const builder = createTraceBuilder(traceId);
  const resources = new Map<string, { service: string; attributes: readonly Attribute[] }>();
  for (const span of spans) {
    const service = span.service ?? 'shop';
    const resource = resources.get(service) ?? { service, attributes: span.resource ?? [['service.name', service]] };
    resources.set(service, resource);
    builder.add({
      spanId: idOf(span.id),
      parentSpanId: span.parent === undefined ? '' : idOf(span.parent),
      name: span.name ?? span.id,
      kind: span.kind ?? 'internal',
      status: span.status ?? 'unset',
      start: EPOCH_NS + BigInt(span.from),
      end: EPOCH_NS + BigInt(span.to),
      resource,
      attributes: span.attributes ?? [],
      ...(span.statusMessage === undefined ? {} : { statusMessage: span.statusMessage }),
      ...(span.events === undefined ? {} : { events: span.events }),
      ...(span.links === undefined ? {} : { links: span.links }),
    });
  }
  return builder.build();
}
