import { gzipSync } from 'node:zlib';
import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import {
  bytes,
  decodeUtf8,
  double,
  hex,
  integer,
  message,
  text,
  varint,
} from '../../../../tests/traces/protobufWriter.ts';
import { otlpSample, protobufSample, TRACE_ID } from '../../../../tests/traces/sampleTrace.ts';
import type { AttributeValue } from '../trace.ts';
import { parseTraceBytes } from './parseTraceBytes.ts';
import { selectTrace } from './selectTrace.ts';

const parse = (input: Uint8Array | string) => parseTraceBytes(Buffer.from(input), decodeUtf8);
const read = (input: Uint8Array) => selectTrace(parse(input));

/** A trace of one span, with fields of our choice. */
const spanOf = (...fields: Buffer[]): Buffer =>
  bytes(1, message(bytes(2, bytes(2, message(hex(1, TRACE_ID), hex(2, '0000000000000001'), ...fields)))));

const valueOf = (value: Buffer): AttributeValue | undefined => {
  const [first] = describeSpans(read(spanOf(bytes(9, message(text(1, 'key'), bytes(2, value))))));
  return first?.attributes[0]?.[1];
};

describe('parseTraceBytes', () => {
  it.each([
    ['', 'The input is empty: expected OTLP JSON'],
    [' \n', 'The input is empty: expected OTLP JSON'],
    ['hello', 'The input is neither JSON nor protobuf: expected OTLP JSON'],
    ['<!doctype html><h1>Log in</h1>', 'The input is a web page or XML, perhaps of a login or of an error'],
    [' <?xml version="1.0"?>', 'got " <?xml version=\\"1.0\\"?>"'],
    [gzipSync('{}'), 'The input is compressed with gzip: unpack it first.'],
    [Buffer.from('PK\u0003\u0004'), 'The input is a zip archive: unpack it first.'],
    [Buffer.from('\uFEFF{}', 'utf16le'), 'The input is text in UTF-16: save it as UTF-8 first.'],
    [
      Buffer.from([0x0a, 0xff]),
      'neither JSON nor whole protobuf of a trace: byte 1 begins a number that does not end, of 2 bytes.',
    ],
    [Buffer.from([0x0a, 0x05, 0x00]), 'the field at byte 0 ends 4 bytes after its message, of 3 bytes.'],
    ['{"a":', 'The input is not JSON: '],
    [
      '{"a":1}',
      'No known trace format in the input: expected OTLP JSON (resourceSpans), a trace of Tempo, Jaeger JSON or Zipkin v2 JSON, got {"a":1}.',
    ],
    ['[1]', 'No known trace format in the input'],
    [
      '{"traces":[{"traceID":"1"}],"metrics":{}}',
      'No trace in the input: this is a search result of Tempo, which names traces and holds none whole.',
    ],
    ['{"resourceLogs":[]}', 'this is OTLP of metrics or logs, which holds no spans.'],
    ['[{"traceId":"1","id":"1","binaryAnnotations":[]}]', "this is Zipkin's first format (v1)"],
    ['{"resourceSpans":[]}', 'There is no span in it that can be used.'],
  ])('says of %j: %s', (input, sentence) => {
    expect(() => parse(input)).toThrow(expect.objectContaining({ name: 'TraceInputError' }));
    expect(() => parse(input)).toThrow(sentence);
  });

  it('says of JSON that is longer than a text can be which formats may be', () => {
    const large = new Uint8Array(2 ** 29);
    large.set(Buffer.from('{"data":[]}'));
    expect(() => parseTraceBytes(large, decodeUtf8)).toThrow(
      'The input is too large to be read as one text: 536 MB of at most 536 MB. Protobuf and OTLP JSON that begins with its batches may be larger, but it does not begin so.'
    );
  });

  it('reads JSON with spaces and a byte order mark before it', () => {
    expect(parse(`\uFEFF \r\n${JSON.stringify(otlpSample)}`).format).toBe('otlp');
  });

  it('reads one document per line', () => {
    const lines = otlpSample.resourceSpans.map((batch) => JSON.stringify({ resourceSpans: [batch] }));
    expect(read(Buffer.from(lines.join('\n'))).size).toBe(5);
    expect(() => parse(`${lines[0]}\n{"resourceSpans"`)).toThrow('Line 2 is not JSON');
  });
});

describe('protobuf', () => {
  it.each([
    ['text', text(1, 'naïve ☂'), 'naïve ☂'],
    ['true', integer(2, 1), true],
    ['a whole number', integer(3, 42), 42],
    ['one below 0', integer(3, -7n), -7],
    ['one beyond 2^53', integer(3, 9_007_199_254_740_993n), '9007199254740993'],
    ['the smallest', integer(3, -(2n ** 63n)), '-9223372036854775808'],
    ['a fraction', double(4, -0.25), -0.25],
    ['a list', bytes(5, message(bytes(1, text(1, 'a')), bytes(1, integer(3, 1)))), ['a', 1]],
    ['a record', bytes(6, bytes(1, message(text(1, 'a'), bytes(2, integer(2, 1))))), { a: true }],
    ['bytes', bytes(7, Buffer.from([1, 2, 3, 4])), 'AQIDBA=='],
    ['nothing', Buffer.alloc(0), ''],
  ])('reads %s', (_, value, expected) => {
    expect(valueOf(value)).toEqual(expected);
  });

  it('keeps values that are nested too deep as base64', () => {
    let value: Buffer = text(1, 'bottom');
    for (let depth = 0; depth < 5000; depth += 1) {
      value = bytes(5, bytes(1, value));
    }
    let [found, depth] = [valueOf(value), 0];
    while (Array.isArray(found)) {
      found = found[0];
      depth += 1;
    }
    expect(depth).toBe(16);
    expect(found).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  it('says that Tempo left something out', () => {
    const whole = bytes(1, protobufSample);
    const [first] = read(message(whole, integer(3, 1), text(4, 'trace exceeds max size'))).notices;
    expect(first).toEqual({
      code: 'truncated',
      message: 'Tempo returned only a part of this trace: trace exceeds max size.',
      count: 1,
      spanIds: [],
    });
    expect(read(message(whole, integer(3, 0))).notices).toEqual([]);
  });

  it('reads the fields of another order, and skips those it does not know', () => {
    const resource = bytes(1, bytes(1, message(bytes(2, text(1, 'late')), text(1, 'service.name'))));
    const span = message(text(900, 'new'), integer(901, 5), text(5, 'work'), hex(2, '01'), hex(1, TRACE_ID));
    expect(describeSpans(read(bytes(1, message(bytes(1000, bytes(2, span)), resource))))[0]).toMatchObject({
      service: 'late',
      name: 'work',
      id: '0000000000000001',
    });
  });

  it('keeps what the model has no place for as attributes, as JSON does', () => {
    const attributes = [
      ['w3c.tracestate', 'a=1'],
      ['otel.dropped_attributes_count', 300],
      ['otel.dropped_links_count', 2],
    ];
    const [fromBytes] = describeSpans(read(spanOf(text(3, 'a=1'), integer(10, 300), integer(12, 0), integer(14, 2))));
    expect(fromBytes?.attributes).toEqual(attributes);
    const span = { traceState: 'a=1', droppedAttributesCount: 300, droppedEventsCount: 0, droppedLinksCount: '2' };
    const ids = { traceId: TRACE_ID, spanId: '0000000000000001' };
    const document = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...ids, ...span }] }] }] };
    expect(describeSpans(read(Buffer.from(JSON.stringify(document))))[0]?.attributes).toEqual(attributes);
  });

  it('goes on after a span that cannot be read, and says which', () => {
    const broken = bytes(2, Buffer.from([0x0a, 0x7f]));
    const good = bytes(2, message(hex(1, TRACE_ID), hex(2, '0000000000000001')));
    const nameless = bytes(2, hex(1, TRACE_ID));
    const trace = read(bytes(1, bytes(2, message(broken, good, nameless))));
    expect(trace.size).toBe(1);
    expect(trace.notices[0]).toMatchObject({ code: 'unusable', count: 2 });
    expect(trace.notices[0]?.message).toContain('resource_spans[0].scope_spans[0].spans[0]: the field at byte');
    expect(trace.notices[0]?.message).toContain('spans[2]: expected a span_id');
  });

  it('reads texts of the same letters once, and never takes one for another', () => {
    const names = Array.from({ length: 40_000 }, (_, i) => `name ${i % 20_000}`);
    const spans = names.map((name, i) =>
      bytes(2, message(hex(1, TRACE_ID), hex(2, (i + 1).toString(16).padStart(16, '0')), text(5, name)))
    );
    const trace = read(bytes(1, bytes(2, message(...spans))));
    const expected = new Map(names.map((name, i) => [(i + 1).toString(16).padStart(16, '0'), name]));
    expect(describeSpans(trace).filter(({ id, name }) => expected.get(id) !== name)).toEqual([]);
    expect(trace.names).toHaveLength(20_000);
  });

  it('knows a varint of ten bytes', () => {
    expect(varint(-1n)).toHaveLength(10);
    expect(valueOf(integer(3, -1n))).toBe(-1);
  });
});
