import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import { bytes, decodeUtf8, fixed64, hex, integer, message, text } from '../../../../tests/traces/protobufWriter.ts';
import { TRACE_ID } from '../../../../tests/traces/sampleTrace.ts';
import type { Trace } from '../trace.ts';
import { parseTraceBytes } from './parseTraceBytes.ts';
import { parseTraceDocuments } from './parseTraces.ts';
import { selectTrace } from './selectTrace.ts';

const START = 1_700_000_000_000_000_000n;
const END = START + 1000n;
const START_US = Number(START / 1000n);

const otlp = (...spans: object[]): Trace =>
  selectTrace(parseTraceDocuments([{ resourceSpans: [{ scopeSpans: [{ spans }] }] }]));
const otlpSpan = (more: object = {}) => ({
  ...{ traceId: TRACE_ID, spanId: '00000000000000a1', name: 'work' },
  ...{ startTimeUnixNano: String(START), endTimeUnixNano: String(END) },
  ...more,
});
const protobuf = (...spans: Buffer[]): Trace =>
  selectTrace(
    parseTraceBytes(
      bytes(1, bytes(2, message(...spans.map((span) => bytes(2, message(hex(1, TRACE_ID), span)))))),
      decodeUtf8
    )
  );
const protobufSpan = (...more: Buffer[]): Buffer =>
  message(hex(2, '00000000000000a1'), fixed64(7, START), fixed64(8, END), ...more);
const jaeger = (more: object): Trace =>
  selectTrace(
    parseTraceDocuments([
      {
        data: [
          {
            traceID: TRACE_ID,
            processes: { p1: { serviceName: 'shop' } },
            spans: [
              {
                traceID: TRACE_ID,
                spanID: 'a1',
                operationName: 'work',
                processID: 'p1',
                startTime: START_US,
                duration: 1,
                ...more,
              },
            ],
          },
        ],
      },
    ])
  );
const zipkin = (more: object): Trace =>
  selectTrace(
    parseTraceDocuments([[{ traceId: TRACE_ID, id: 'a1', name: 'work', timestamp: START_US, duration: 1, ...more }]])
  );

const said = ({ notices }: Trace): readonly string[] =>
  notices.map(({ code, message: words }) => `${code === 'unusable' ? '' : `${code}: `}${words}`);

describe('what a format says and nobody can use', () => {
  it.each<[string, () => Trace, string]>([
    [
      'an attribute of OTLP without a key',
      () => otlp(otlpSpan({ attributes: [{ value: { intValue: '1' } }] })),
      'One attribute was left out: resourceSpans[0].scopeSpans[0].spans[0].attributes[0]: expected an object with a key, got {"value":{"intValue":"1"}}.',
    ],
    [
      'events of OTLP that are none',
      () => otlp(otlpSpan({ events: [7, 'x'] })),
      '2 events were left out, the first at resourceSpans[0].scopeSpans[0].spans[0].events[0]: expected an object, got 7.',
    ],
    [
      'a link of OTLP that is none',
      () => otlp(otlpSpan({ links: ['x'] })),
      'One link was left out: resourceSpans[0].scopeSpans[0].spans[0].links[0]: expected an object with an id of a span, got "x".',
    ],
    [
      'an event of OTLP without time',
      () => otlp(otlpSpan({ events: [{ name: 'x' }] })),
      'One event has no time and is shown at the start of its span: resourceSpans[0].scopeSpans[0].spans[0].events[0]: expected a time, got nothing.',
    ],
    [
      'a kind that OTLP does not know',
      () => otlp(otlpSpan({ kind: 'SPAN_KIND_NEW' })),
      'The kind of one span is unknown and was left out: resourceSpans[0].scopeSpans[0].spans[0]: expected a kind of the format, got "SPAN_KIND_NEW".',
    ],
    [
      'a list that is none',
      () => otlp(otlpSpan({ attributes: { a: 1 } })),
      'One list was left out: resourceSpans[0].scopeSpans[0].spans[0].attributes: expected a list, got {"a":1}.',
    ],
    [
      'an attribute of protobuf without a key',
      () => protobuf(protobufSpan(bytes(9, bytes(2, text(1, 'x'))))),
      'One attribute was left out: resource_spans[0].scope_spans[0].spans[0]: expected an object with a key, got {"value":"x"}.',
    ],
    [
      'an event of protobuf without time',
      () => protobuf(protobufSpan(bytes(11, text(2, 'x')))),
      'One event has no time and is shown at the start of its span: resource_spans[0].scope_spans[0].spans[0]: expected a time, got nothing.',
    ],
    [
      'a kind, a status and a value that protobuf does not know: a status',
      () => protobuf(protobufSpan(bytes(15, integer(3, 9)))),
      'The status of one span is unknown and was left out: resource_spans[0].scope_spans[0].spans[0]: expected a status of the format, got 9.',
    ],
    [
      'a value of protobuf of a type to come',
      () => protobuf(protobufSpan(bytes(9, message(text(1, 'a'), bytes(2, integer(8, 1)))))),
      'One value of an attribute is not of the type it says and was kept as it is: resource_spans[0].scope_spans[0].spans[0]: expected a value as the format writes it, got "QAE=".',
    ],
    [
      'a process of Jaeger that is not there',
      () => jaeger({ processID: 'p9' }),
      'One span is of a process that is not there, and of no known service: data[0].spans[0]: expected one of the processes of the trace, got "p9".',
    ],
    [
      'a log of Jaeger without time',
      () => jaeger({ logs: [{ fields: [] }] }),
      'One event has no time and is shown at the start of its span: data[0].spans[0].logs[0]: expected a time, got nothing.',
    ],
    [
      'a reference of Jaeger without a span',
      () => jaeger({ references: [{ refType: 'CHILD_OF', traceID: TRACE_ID }] }),
      `One link was left out: data[0].spans[0].references[0]: expected an object with an id of a span, got {"refType":"CHILD_OF","traceID":"${TRACE_ID.slice(0, 27)}….`,
    ],
    [
      'a flag of Jaeger that is none',
      () => jaeger({ tags: [{ key: 'a', type: 'bool', value: 'maybe' }] }),
      'One value of an attribute is not of the type it says and was kept as it is: data[0].spans[0]: expected a value as the format writes it, got {"key":"a","type":"bool","value":"maybe"}.',
    ],
    [
      'an annotation of Zipkin without time',
      () => zipkin({ annotations: [{ value: 'x' }] }),
      'One event has no time and is shown at the start of its span: span 1.annotations[0]: expected a time, got nothing.',
    ],
    [
      'a kind that Zipkin does not know',
      () => zipkin({ kind: 'ODD' }),
      'The kind of one span is unknown and was left out: span 1: expected a kind of the format, got "ODD".',
    ],
    [
      'a tag of Zipkin that is no text',
      () => zipkin({ tags: { a: { b: 1 } } }),
      'One value of an attribute is not of the type it says and was kept as it is: span 1.tags.a: expected a value as the format writes it, got {"b":1}.',
    ],
  ])('is told: %s', (_, read, words) => {
    expect(said(read())).toEqual([words]);
  });

  it('is told by kind, so that many of one do not hide another', () => {
    const trace = otlp(otlpSpan({ attributes: Array.from({ length: 1000 }, () => 7), events: [7] }));
    expect(trace.notices.map(({ count, message: words }) => [count, words.split(',')[0]])).toEqual([
      [1, 'One event was left out: resourceSpans[0].scopeSpans[0].spans[0].events[0]: expected an object'],
      [1000, '1000 attributes were left out'],
    ]);
  });

  it('is part of the refusal where no span is left', () => {
    expect(() => otlp()).toThrow(/^There is no span in it that can be used\.$/);
    expect(() => parseTraceDocuments([{ resourceSpans: { a: 1 } }])).toThrow(
      'There is no span in it that can be used. One list was left out: resourceSpans: expected a list, got {"a":1}.'
    );
  });
});

describe('times that are missing', () => {
  const eventTimes = (trace: Trace) => describeSpans(trace).map(({ events }) => events.map(({ atNs }) => atNs));

  it('never put an event into 1970', () => {
    const events = [{ name: 'none' }, { name: 'zero', timeUnixNano: '0' }, { name: 'odd', timeUnixNano: 'soon' }];
    expect(eventTimes(otlp(otlpSpan({ events })))).toEqual([[0, 0, 0]]);
    expect(eventTimes(protobuf(protobufSpan(bytes(11, text(2, 'x')))))).toEqual([[0]]);
    expect(eventTimes(jaeger({ logs: [{ fields: [] }] }))).toEqual([[0]]);
    expect(eventTimes(zipkin({ annotations: [{ value: 'x' }] }))).toEqual([[0]]);
    expect(zipkin({ timestamp: undefined, annotations: [{ value: 'x' }, { timestamp: 5, value: 'y' }] }).epochNs).toBe(
      5000n
    );
  });

  it.each([
    ['JSON', () => otlp(otlpSpan({ startTimeUnixNano: undefined, events: [{ name: 'x' }] }))],
    ['protobuf', () => protobuf(message(hex(2, 'a1'), fixed64(8, END), bytes(11, text(2, 'x'))))],
  ])('put a span without start at its end, in %s', (_, read) => {
    const trace = read();
    expect([trace.epochNs, trace.durationNs, ...eventTimes(trace)]).toEqual([END, 0, [0]]);
    expect(said(trace)[1]).toContain('One span has no start; its duration counts as 0, at its end');
  });

  it.each([
    ['JSON', () => otlp({ traceId: TRACE_ID, spanId: 'a2', events: [{ name: 'x' }] }, otlpSpan())],
    ['protobuf', () => protobuf(message(hex(2, 'a2'), bytes(11, text(2, 'x'))), protobufSpan())],
  ])('put a span without any at the beginning of its trace, in %s', (_, read) => {
    const trace = read();
    expect([trace.epochNs, trace.durationNs, trace.size]).toEqual([START, 1000, 2]);
    expect(eventTimes(trace).flat()).toEqual([0]);
    expect(said(trace)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('One span has no times and is shown at the beginning of the trace'),
      ])
    );
  });
});

describe('what the model has no column for', () => {
  const attributes = [{ key: 'team', value: { stringValue: 'a' } }];

  it('is an attribute: of scopes, of what was dropped, of the state of links', () => {
    const [span] = describeSpans(
      selectTrace(
        parseTraceDocuments([
          {
            resourceSpans: [
              {
                resource: { droppedAttributesCount: 2 },
                scopeSpans: [
                  {
                    scope: { name: 'http', attributes, droppedAttributesCount: 1 },
                    spans: [
                      otlpSpan({
                        events: [{ timeUnixNano: String(START), droppedAttributesCount: 3 }],
                        links: [
                          { traceId: 'b'.repeat(32), spanId: 'b1', traceState: 'a=1', droppedAttributesCount: 4 },
                        ],
                      }),
                    ],
                  },
                ],
              },
            ],
          },
        ])
      )
    );
    expect(span).toMatchObject(SAID);
  });

  it('is one from protobuf as well', () => {
    const keyValue = message(text(1, 'team'), bytes(2, text(1, 'a')));
    const link = message(hex(1, 'b'.repeat(32)), hex(2, 'b1'), text(3, 'a=1'), integer(5, 4));
    const event = message(fixed64(1, START), integer(4, 3));
    const span = message(hex(1, TRACE_ID), protobufSpan(bytes(11, event), bytes(13, link)));
    const scope = bytes(1, message(text(1, 'http'), bytes(3, keyValue), integer(4, 1)));
    const batch = message(bytes(1, integer(2, 2)), bytes(2, message(scope, bytes(2, span))));
    expect(describeSpans(selectTrace(parseTraceBytes(bytes(1, batch), decodeUtf8)))[0]).toMatchObject(SAID);
  });
});

const SAID = {
  attributes: [
    ['otel.scope.team', 'a'],
    ['otel.scope.dropped_attributes_count', 1],
    ['otel.scope.name', 'http'],
  ],
  resource: [['otel.dropped_attributes_count', 2]],
  events: [{ attributes: [['otel.dropped_attributes_count', 3]] }],
  links: [
    {
      attributes: [
        ['w3c.tracestate', 'a=1'],
        ['otel.dropped_attributes_count', 4],
      ],
    },
  ],
};
