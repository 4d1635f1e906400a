import { decodeUtf8 } from '../../../../tests/traces/protobufWriter.ts';
import { asTexts, describeSpans } from '../../../../tests/traces/describeTrace.ts';
import {
  jaegerSample,
  otlpSample,
  protobufSample,
  tempoProtobufSample,
  tempoSample,
  tempoV2Sample,
  TRACE_ID,
  zipkinSample,
} from '../../../../tests/traces/sampleTrace.ts';
import type { Trace } from '../trace.ts';
import { parseTraceBytes } from './parseTraceBytes.ts';
import { parseTraceJson } from './parseTraces.ts';
import { selectTrace } from './selectTrace.ts';

const fromJson = (document: unknown): Trace => selectTrace(parseTraceJson(JSON.stringify(document)));
const fromBytes = (bytes: Uint8Array): Trace => selectTrace(parseTraceBytes(bytes, decodeUtf8));

const expected = describeSpans(fromJson(otlpSample));

describe('one trace in every format', () => {
  it('is read from OTLP as it is meant', () => {
    const trace = fromJson(otlpSample);
    expect(trace.traceId).toBe(TRACE_ID);
    expect(trace.notices).toEqual([]);
    expect(trace.durationNs).toBe(1_600_000);
    expect(expected.map(({ id, parent, kind, status }) => [id.slice(-2), parent, kind, status])).toEqual([
      ['a1', -1, 'server', 'error'],
      ['a2', 0, 'client', 'unset'],
      ['b3', 1, 'server', 'error'],
      ['a4', 0, 'producer', 'ok'],
      ['c5', 3, 'consumer', 'unset'],
    ]);
    expect(expected[0]).toMatchObject({
      name: 'POST /checkout',
      service: 'storefront',
      statusMessage: 'payment refused',
      attributes: [
        ['http.route', '/checkout'],
        ['items', 3],
        ['total', 12.5],
        ['cached', false],
        ['otel.scope.name', 'http'],
        ['otel.scope.version', '1.2'],
      ],
      resource: [
        ['service.name', 'storefront'],
        ['host.name', 'node-1'],
      ],
    });
    expect(expected[1]).toMatchObject({
      events: [{ name: 'exception', atNs: 650_000, attributes: [['exception.type', 'Refused']] }],
      links: [
        { traceId: '00000000000000000000000000000abc', spanId: '00000000000000ff', attributes: [['why', 'retry']] },
      ],
    });
  });

  it.each([
    ['JSON of Tempo, first API', () => fromJson(tempoSample)],
    ['JSON of Tempo, second API', () => fromJson(tempoV2Sample)],
    ['OTLP behind a byte order mark', () => selectTrace(parseTraceJson(`\uFEFF${JSON.stringify(otlpSample)}`))],
    ["Jaeger's API v3", () => fromJson({ result: otlpSample })],
    ['OTLP as bytes', () => fromBytes(Buffer.from(JSON.stringify(otlpSample, null, 2)))],
    ['protobuf of OTLP', () => fromBytes(protobufSample)],
    ['protobuf of Tempo, second API', () => fromBytes(tempoProtobufSample)],
    [
      'protobuf in the middle of other bytes',
      () => fromBytes(Buffer.concat([Buffer.from('xyz'), protobufSample]).subarray(3)),
    ],
  ])('is the same from %s', (_, read) => {
    const trace = read();
    expect(describeSpans(trace)).toEqual(expected);
    expect(trace.notices).toEqual([]);
  });

  it.each([
    ['an answer of its API', jaegerSample],
    ['one trace', jaegerSample.data[0]],
    ['a list of traces', jaegerSample.data],
  ])('is the same from Jaeger, as %s, but for attributes of links', (_, document) => {
    const trace = fromJson(document);
    expect(trace.notices).toEqual([]);
    expect(describeSpans(trace)).toEqual(
      expected.map((span) => ({ ...span, links: span.links.map((link) => ({ ...link, attributes: [] })) }))
    );
  });

  it.each([
    ['a list of spans', zipkinSample],
    ['a search result', [zipkinSample]],
  ])('is the same from Zipkin, as %s, but for links, types, and attributes of events and processes', (_, document) => {
    const trace = fromJson(document);
    expect(trace.notices).toEqual([]);
    expect(describeSpans(trace)).toEqual(
      expected.map((span) => ({
        ...span,
        links: [],
        attributes: asTexts(span.attributes),
        resource: span.resource.slice(0, 1),
        events: span.events.map((event) => ({ ...event, attributes: [] })),
      }))
    );
  });
});
