import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanKind,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { ATTR_ERROR_TYPE, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is left, for at most half a second. */
  shutdown(): Promise<void>;
}

/**
 * Starts tracing for this process. Without an address spans are made all the same, so that log lines of one request
 * share a trace id, but none is sent.
 *
 * @param options.otlpUrl OTLP/HTTP base address; spans go to its `/v1/traces`
 */
export function startTracing(options: {
  service: string;
  version: string;
  otlpUrl: string | undefined;
  processors?: SpanProcessor[];
}): Tracing {
  const { service, version, otlpUrl, processors = [] } = options;
  const exporting =
    otlpUrl === undefined
      ? []
      : [
          new BatchSpanProcessor({
            exporter: new OTLPTraceExporter({ url: `${otlpUrl}/v1/traces`, timeoutMillis: 5_000, concurrencyLimit: 2 }),
            scheduledDelayMillis: 2_000,
          }),
        ];
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        [ATTR_SERVICE_NAME]: service,
        [ATTR_SERVICE_VERSION]: version,
        'service.namespace': 'shop',
        'deployment.environment.name': 'demo',
      })
    ),
    spanProcessors: [...exporting, ...processors],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    tracer: provider.getTracer('shop', version),
    async shutdown() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, 500).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

interface SpanOptions {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
  /** The context it belongs under; by default the one that is active. */
  readonly parent?: Context;
  readonly links?: Link[];
}

/** Runs `work` inside a span; what it throws is recorded on the span and thrown on. */
export async function inSpan<T>(tracer: Tracer, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const { name, kind, attributes = {}, parent = context.active(), links = [] } = options;
  const started = { kind, attributes, links, startTime: exactNow() };
  return tracer.startActiveSpan(name, started, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      recordFailure(span, error);
      throw error;
    } finally {
      span.end(exactNow());
    }
  });
}

/**
 * Epoch milliseconds with their fractions. Left to itself, the SDK rounds starts down to the millisecond but not durations: a child would
 * seem to outlive its parent.
 */
const exactNow = (): number => performance.timeOrigin + performance.now();

export function recordFailure(span: Span, error: unknown): void {
  const failure = error instanceof Error ? error : new Error(String(error));
  span.recordException(failure);
  span.setAttribute(ATTR_ERROR_TYPE, failure.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
}

/** The W3C headers of the active span, to send along with a request or a job. */
export function getTraceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** The context that came in with a request or a job. */
export function readTraceHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Context {
  return propagation.extract(ROOT_CONTEXT, headers);
}

/** The span that a job's headers point to, as a link. */
export function getLinks(parent: Context): Link[] {
  const origin = trace.getSpanContext(parent);
  return origin === undefined ? [] : [{ context: origin }];
}
