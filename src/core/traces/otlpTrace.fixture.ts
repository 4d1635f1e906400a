import type { EpochMs } from '../units.ts';
import { parseTraceDocuments } from './parse/parseTraces.ts';
import type { Trace } from './trace.ts';
import { normalId, TRACE_ID_LENGTH } from './traceIds.ts';

export interface SpanOfTest {
  readonly id: string;
  readonly parent?: string;
  readonly service?: string;
  readonly name?: string;
  /** As OTLP numbers them: 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind?: number;
  /** Milliseconds after the start of the trace. */
  readonly from?: number;
  readonly ms?: number;
  readonly failed?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly resource?: Readonly<Record<string, string>>;
  readonly exception?: { readonly type: string; readonly message: string };
  readonly links?: ReadonlyArray<{ readonly traceId: string; readonly spanId: string }>;
}

const attributesOf = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));

const hex16 = (id: string): string => id.padStart(16, '0');

/** OTLP JSON of one trace, each span in a batch of its own. */
export function otlpOf(traceId: string, at: EpochMs, spans: readonly SpanOfTest[]) {
  return {
    resourceSpans: spans.map((span) => {
      const { id, parent, service = 'checkout', name = 'GET /', kind = 2, from = 0, ms = 10, failed, exception } = span;
      const start = BigInt(at + from) * 1_000_000n;
      const end = start + BigInt(Math.round(ms * 1_000_000));
      return {
        resource: { attributes: attributesOf({ 'service.name': service, ...span.resource }) },
        scopeSpans: [
          {
            scope: { name: 'test' },
            spans: [
              {
                ...{ traceId: normalId(traceId, TRACE_ID_LENGTH), spanId: hex16(id), name, kind },
                ...{ startTimeUnixNano: String(start), endTimeUnixNano: String(end) },
                ...(parent === undefined ? {} : { parentSpanId: hex16(parent) }),
                attributes: attributesOf(span.attributes ?? {}),
                status: failed === undefined ? {} : { code: 2, message: failed },
                events:
                  exception === undefined
                    ? []
                    : [
                        {
                          ...{ name: 'exception', timeUnixNano: String(end) },
                          attributes: attributesOf({
                            'exception.type': exception.type,
                            'exception.message': exception.message,
                          }),
                        },
                      ],
                links: span.links ?? [],
              },
            ],
          },
        ],
      };
    }),
  };
}

/** The trace that these spans make. */
export function traceOfTest(traceId: string, at: EpochMs, spans: readonly SpanOfTest[]): Trace {
  const [trace] = parseTraceDocuments([otlpOf(traceId, at, spans)]).traces;
  if (trace === undefined) {
    throw new Error('expected a trace');
  }
  return trace;
}
