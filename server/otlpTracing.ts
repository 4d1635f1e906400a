import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type IdGenerator } from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { newTrace, parseTraceparent, type AlertSpan, type TraceContext, type Tracing } from './tracing.ts';

export interface OtlpOptions {
  /** Where spans are POSTed, `…/v1/traces`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  readonly version: string;
}

const KINDS: Readonly<Record<AlertSpan['kind'], SpanKind>> = {
  internal: SpanKind.INTERNAL,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
};

const SEND_EVERY_MS = 2000;
const SEND_WITHIN_MS = 5000;
/** What a storm leaves beyond this is dropped: memory is bounded, and no alert waits. */
const MAX_WAITING = 4096;
const STOP_MS = 2000;

/** Sends spans by OTLP over HTTP. Loaded only where that is wanted: an engine without it needs none of these packages in memory. */
export function createOtlpTracing({ url, headers, service, version }: OtlpOptions): Tracing {
  const ids = createGivenIds();
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ [ATTR_SERVICE_NAME]: service, [ATTR_SERVICE_VERSION]: version })
    ),
    idGenerator: ids,
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: SEND_WITHIN_MS }),
        scheduledDelayMillis: SEND_EVERY_MS,
        maxQueueSize: MAX_WAITING,
      }),
    ],
  });
  const tracer = provider.getTracer('pharos', version);

  const recordOne = (span: AlertSpan): void => {
    const own = parseTraceparent(span.context);
    if (own === undefined) {
      return;
    }
    ids.next(own);
    const parent = span.parent === null ? ROOT_CONTEXT : contextOf(span.parent);
    const { name, attributes, startAt, endAt, error } = span;
    const made = tracer.startSpan(name, { kind: KINDS[span.kind], attributes, startTime: startAt }, parent);
    if (error !== null) {
      made.setStatus({ code: SpanStatusCode.ERROR, message: error });
    }
    made.end(Math.max(startAt, endAt));
  };

  return {
    begin: newTrace,
    record: (spans) => spans.forEach(recordOne),
    async stop() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

/** The ids were given out before there was a span: they stand in the store and in headers of deliveries. */
function createGivenIds(): IdGenerator & { next(ids: TraceContext): void } {
  let given: TraceContext = { traceId: '', spanId: '' };
  return {
    next: (ids) => {
      given = ids;
    },
    generateTraceId: () => given.traceId,
    generateSpanId: () => given.spanId,
  };
}

function contextOf(traceparent: string): Context {
  const parsed = parseTraceparent(traceparent);
  return parsed === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, { ...parsed, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}
