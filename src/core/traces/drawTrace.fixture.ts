import type { EventInput } from './spanInput.ts';
import type { Attribute, Resource, SpanKind, Trace } from './trace.ts';
import { createTraceBuilder } from './traceBuilder.ts';
import { normalId, SPAN_ID_LENGTH } from './traceIds.ts';

export interface DrawnSpan {
  readonly id: string;
  readonly parent?: string;
  /** In units of the drawing. */
  readonly from: number;
  readonly to: number;
  readonly kind?: SpanKind;
  readonly service?: string;
  /** By default the id. */
  readonly name?: string;
  readonly failed?: boolean;
  readonly statusMessage?: string;
  readonly tiedByLink?: boolean;
  readonly attributes?: readonly Attribute[];
  readonly events?: readonly EventInput[];
}

/** When drawings begin: late in 2026, far beyond what a double holds in nanoseconds. */
const EPOCH = 1_790_000_000_000_000_000n;

/** A trace of spans as one draws them on paper; ids may be any words. */
export function drawTrace(spans: readonly DrawnSpan[], unitNs = 1, traceId = 'ab'): Trace {
  const resources = new Map<string, Resource>();
  const resourceOf = (service: string): Resource => {
    const known = resources.get(service) ?? { service, attributes: [] };
    resources.set(service, known);
    return known;
  };
  const at = (units: number): bigint => EPOCH + BigInt(units * unitNs);
  const builder = createTraceBuilder(traceId);
  for (const { id, from, to, service = 'shop', failed = false, parent = '', ...span } of spans) {
    builder.add({
      ...{ name: id, kind: 'internal', attributes: [] },
      ...span,
      ...{ spanId: id, parentSpanId: parent, start: at(from), end: at(to) },
      status: failed ? 'error' : 'unset',
      resource: resourceOf(service),
    });
  }
  return builder.build();
}

/** Index of a span by its id. */
export const spanAt = ({ spanIds }: Trace, id: string): number => spanIds.indexOf(normalId(id, SPAN_ID_LENGTH));

/** An exception as OpenTelemetry records it on a span. */
export const exceptionEvent = (type: string, message: string, stack = ''): EventInput => ({
  name: 'exception',
  at: EPOCH,
  attributes: [
    ['exception.type', type],
    ['exception.message', message],
    ['exception.stacktrace', stack],
  ],
});
