import { propagation, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { getLinks, getTraceHeaders, inSpan, readTraceHeaders, startTracing } from './tracing.ts';

const exporter = new InMemorySpanExporter();
const { tracer, shutdown } = startTracing({
  service: 'cart',
  version: '1.0.0',
  otlpUrl: undefined,
  processors: [new SimpleSpanProcessor({ exporter })],
});

beforeEach(() => exporter.reset());
afterAll(async () => {
  await shutdown();
  propagation.disable();
});

const getSpan = (name: string) => exporter.getFinishedSpans().find((span) => span.name === name);

describe('tracing', () => {
  it('carries a trace over headers, as a parent and as a link', async () => {
    const headers = await inSpan(tracer, { name: 'send', kind: SpanKind.PRODUCER }, async () => getTraceHeaders());
    expect(headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    const parent = readTraceHeaders(headers);
    await inSpan(tracer, { name: 'process', kind: SpanKind.CONSUMER, parent, links: getLinks(parent) }, async () => {});
    const sent = getSpan('send')?.spanContext();
    const processed = getSpan('process');
    expect(processed?.spanContext().traceId).toBe(sent?.traceId);
    expect(processed?.parentSpanContext?.spanId).toBe(sent?.spanId);
    expect(processed?.links.map(({ context }) => context.spanId)).toEqual([sent?.spanId]);
    expect(processed?.resource.attributes).toMatchObject({ 'service.name': 'cart', 'service.version': '1.0.0' });
  });

  it('records what was thrown and throws it on', async () => {
    const failing = inSpan(tracer, { name: 'fail', kind: SpanKind.INTERNAL }, async () => {
      throw new TypeError('no such thing');
    });
    await expect(failing).rejects.toThrow('no such thing');
    const span = getSpan('fail');
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such thing' });
    expect(span?.attributes).toEqual({ 'error.type': 'TypeError' });
    expect(span?.events[0]?.attributes).toMatchObject({ 'exception.type': 'TypeError' });
  });
});
