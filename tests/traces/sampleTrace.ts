import { bytes, double, fixed64, hex, integer, message, text } from './protobufWriter.ts';

/**
 * One trace, written by hand in every format: a storefront's request, its call of payments (which fails), a message that the
 * worker takes, and a link to another trace. Times are whole microseconds, as Jaeger and Zipkin have no smaller ones.
 */
export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const OTHER_TRACE = '00000000000000000000000000000abc';
const START = 1_700_000_000_000_000n;
const ns = (us: number): bigint => (START + BigInt(us)) * 1000n;
const us = (after: number): number => Number(START) + after;

const keyValues = (entries: Record<string, object>) => Object.entries(entries).map(([key, value]) => ({ key, value }));
const string = (stringValue: string) => ({ stringValue });

interface Ids {
  trace(id: string): string;
  span(id: string): string;
  kind(kind: number): number | string;
}

const HEX_IDS: Ids = { trace: (id) => id, span: (id) => id, kind: (kind) => kind };
const base64 = (id: string): string => Buffer.from(id, 'hex').toString('base64');
const KIND_NAMES = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
/** As Tempo writes OTLP. */
const TEMPO_IDS: Ids = { trace: base64, span: base64, kind: (kind) => `SPAN_KIND_${KIND_NAMES[kind]}` };

interface SpanOf {
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly kind: number;
  readonly from: number;
  readonly to: number;
}

const otlpSpan = ({ trace, span, kind }: Ids, { id, parent, name, from, to, ...of }: SpanOf, more: object = {}) => ({
  traceId: trace(TRACE_ID),
  spanId: span(id),
  ...(parent === undefined ? {} : { parentSpanId: span(parent) }),
  name,
  kind: kind(of.kind),
  startTimeUnixNano: String(ns(from)),
  endTimeUnixNano: String(ns(to)),
  ...more,
});

const otlpResource = (service: string, more: Record<string, object> = {}) => ({
  attributes: keyValues({ 'service.name': string(service), ...more }),
});

const REQUEST: SpanOf = { id: '00000000000000a1', name: 'POST /checkout', kind: 2, from: 0, to: 1000 };
const CALL: SpanOf = { id: '00000000000000a2', parent: REQUEST.id, name: 'POST', kind: 3, from: 100, to: 700 };
const SENT: SpanOf = { id: '00000000000000a4', parent: REQUEST.id, name: 'send orders', kind: 4, from: 800, to: 850 };
const CHARGE: SpanOf = { id: '00000000000000b3', parent: CALL.id, name: 'charge', kind: 2, from: 200, to: 600 };
const TAKEN: SpanOf = {
  id: '00000000000000c5',
  parent: SENT.id,
  name: 'process orders',
  kind: 5,
  from: 1500,
  to: 1600,
};

function otlpBatches(ids: Ids): object[] {
  const request = otlpSpan(ids, REQUEST, {
    attributes: keyValues({
      'http.route': string('/checkout'),
      items: { intValue: '3' },
      total: { doubleValue: 12.5 },
      cached: { boolValue: false },
    }),
    status: { code: 2, message: 'payment refused' },
  });
  const exception = { timeUnixNano: String(ns(650)), name: 'exception' };
  const link = { traceId: ids.trace(OTHER_TRACE), spanId: ids.span('00000000000000ff') };
  const call = otlpSpan(ids, CALL, {
    events: [{ ...exception, attributes: keyValues({ 'exception.type': string('Refused') }) }],
    links: [{ ...link, attributes: keyValues({ why: string('retry') }) }],
  });
  const sent = otlpSpan(ids, SENT, { status: { code: 1 } });
  return [
    {
      resource: otlpResource('storefront', { 'host.name': string('node-1') }),
      scopeSpans: [{ scope: { name: 'http', version: '1.2' }, spans: [request, call, sent] }],
    },
    {
      resource: otlpResource('payments'),
      scopeSpans: [{ spans: [otlpSpan(ids, CHARGE, { status: { code: 2 } })] }],
    },
    { resource: otlpResource('worker'), scopeSpans: [{ spans: [otlpSpan(ids, TAKEN)] }] },
  ];
}

export const otlpSample = { resourceSpans: otlpBatches(HEX_IDS) };
export const tempoSample = { batches: otlpBatches(TEMPO_IDS) };
export const tempoV2Sample = { trace: { resourceSpans: otlpBatches(TEMPO_IDS) }, metrics: {} };

const pText = (key: string, value: string) => message(text(1, key), bytes(2, text(1, value)));
const pResource = (service: string, ...more: Buffer[]) =>
  bytes(1, message(...[pText('service.name', service), ...more].map((one) => bytes(1, one))));
const pSpan = ({ id, parent, name, kind, from, to }: SpanOf, ...more: Buffer[]) => {
  const own = [hex(1, TRACE_ID), hex(2, id), ...(parent === undefined ? [] : [hex(4, parent)])];
  return bytes(2, message(...own, text(5, name), integer(6, kind), fixed64(7, ns(from)), fixed64(8, ns(to)), ...more));
};
const pAttribute = (key: string, value: Buffer) => bytes(9, message(text(1, key), bytes(2, value)));

/** `Trace {resource_spans = 1}`, which is `TracesData` too. */
export const protobufSample: Buffer = message(
  ...[
    message(
      pResource('storefront', pText('host.name', 'node-1')),
      bytes(
        2,
        message(
          bytes(1, message(text(1, 'http'), text(2, '1.2'))),
          pSpan(
            REQUEST,
            pAttribute('http.route', text(1, '/checkout')),
            pAttribute('items', integer(3, 3)),
            pAttribute('total', double(4, 12.5)),
            pAttribute('cached', integer(2, 0)),
            bytes(15, message(text(2, 'payment refused'), integer(3, 2)))
          ),
          pSpan(
            CALL,
            bytes(11, message(fixed64(1, ns(650)), text(2, 'exception'), bytes(3, pText('exception.type', 'Refused')))),
            bytes(13, message(hex(1, OTHER_TRACE), hex(2, '00000000000000ff'), bytes(4, pText('why', 'retry'))))
          ),
          pSpan(SENT, bytes(15, integer(3, 1)))
        )
      )
    ),
    message(pResource('payments'), bytes(2, pSpan(CHARGE, bytes(15, integer(3, 2))))),
    message(pResource('worker'), bytes(2, pSpan(TAKEN))),
  ].map((batch) => bytes(1, batch))
);

/** `TraceByIDResponse {trace = 1, metrics = 2}`. */
export const tempoProtobufSample: Buffer = message(bytes(1, protobufSample), bytes(2, integer(1, 7)));

const jTag = (key: string, type: string, value: unknown) => ({ key, type, value });
const jSpan = ({ id, parent, name, from, to }: SpanOf, processID: string) => ({
  traceID: TRACE_ID,
  // Jaeger leaves out leading zeros.
  spanID: id.replace(/^0+/, ''),
  operationName: name,
  references: parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID: TRACE_ID, spanID: parent }],
  startTime: us(from),
  duration: to - from,
  processID,
  logs: [] as object[],
  warnings: null,
});
const SCOPE = [jTag('otel.scope.name', 'string', 'http'), jTag('otel.scope.version', 'string', '1.2')];
const kindTag = (kind: string) => jTag('span.kind', 'string', kind);
const jCall = jSpan(CALL, 'p1');

/** As Jaeger's API answers and its page downloads; a link's attributes have no place in it. */
export const jaegerSample = {
  data: [
    {
      traceID: TRACE_ID,
      spans: [
        {
          ...jSpan(REQUEST, 'p1'),
          tags: [
            ...SCOPE,
            jTag('http.route', 'string', '/checkout'),
            jTag('items', 'int64', 3),
            jTag('total', 'float64', 12.5),
            jTag('cached', 'bool', false),
            kindTag('server'),
            jTag('error', 'bool', true),
            jTag('otel.status_code', 'string', 'ERROR'),
            jTag('otel.status_description', 'string', 'payment refused'),
          ],
        },
        {
          ...jCall,
          references: [...jCall.references, { refType: 'FOLLOWS_FROM', traceID: 'abc', spanID: 'ff' }],
          tags: [kindTag('client'), ...SCOPE],
          logs: [
            {
              timestamp: us(650),
              fields: [jTag('event', 'string', 'exception'), jTag('exception.type', 'string', 'Refused')],
            },
          ],
        },
        {
          ...jSpan(SENT, 'p1'),
          tags: [kindTag('producer'), jTag('otel.status_code', 'string', 'OK'), ...SCOPE],
        },
        {
          ...jSpan(CHARGE, 'p2'),
          tags: [kindTag('server'), jTag('error', 'bool', true)],
        },
        {
          ...jSpan(TAKEN, 'p3'),
          tags: [kindTag('consumer')],
        },
      ],
      processes: {
        p1: { serviceName: 'storefront', tags: [jTag('host.name', 'string', 'node-1')] },
        p2: { serviceName: 'payments', tags: [] },
        p3: { serviceName: 'worker', tags: [] },
      },
    },
  ],
  total: 0,
  limit: 0,
  offset: 0,
  errors: null,
};

const zSpan = ({ id, parent, name, kind, from, to }: SpanOf, serviceName: string) => ({
  traceId: TRACE_ID,
  id,
  ...(parent === undefined ? {} : { parentId: parent }),
  name,
  kind: KIND_NAMES[kind],
  timestamp: us(from),
  duration: to - from,
  localEndpoint: { serviceName },
});
const zScope = { 'otel.scope.name': 'http', 'otel.scope.version': '1.2' };

/** Zipkin's tags are text, and it has no links and no attributes of events and processes. */
export const zipkinSample = [
  {
    ...zSpan(REQUEST, 'storefront'),
    tags: {
      'http.route': '/checkout',
      items: '3',
      total: '12.5',
      cached: 'false',
      'otel.status_code': 'ERROR',
      error: 'payment refused',
      ...zScope,
    },
  },
  {
    ...zSpan(CALL, 'storefront'),
    annotations: [{ timestamp: us(650), value: 'exception' }],
    tags: zScope,
  },
  {
    ...zSpan(SENT, 'storefront'),
    tags: { 'otel.status_code': 'OK', ...zScope },
  },
  {
    ...zSpan(CHARGE, 'payments'),
    tags: { 'otel.status_code': 'ERROR', error: '' },
  },
  zSpan(TAKEN, 'worker'),
];
