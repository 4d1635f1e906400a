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

const DEFAULTS = { service: 'shop', kind: 'internal', status: 'unset', attributes: [] } as const;

/** A trace of a few spans for tests. */
export function traceOf(spans: readonly GivenSpan[], traceId = 'abc'): Trace {
  const builder = createTraceBuilder(traceId);
  const resources = new Map<string, { service: string; attributes: readonly Attribute[] }>();
  for (const given of spans) {
    const { id, parent, from, to, resource: sent, name = id, service, ...rest } = { ...DEFAULTS, ...given };
    const resource = resources.get(service) ?? { service, attributes: sent ?? [['service.name', service]] };
    resources.set(service, resource);
    builder.add({
      ...rest,
      ...{ name, resource, spanId: idOf(id), parentSpanId: parent === undefined ? '' : idOf(parent) },
      start: EPOCH_NS + BigInt(from),
      end: EPOCH_NS + BigInt(to),
    });
  }
  return builder.build();
}
