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

function otlpBatches({ trace, span, kind }: Ids): object[] {
  const resource = (service: string, more: Record<string, object> = {}) => ({
    attributes: keyValues({ 'service.name': string(service), ...more }),
  });
  const at = (from: number, to: number) => ({ startTimeUnixNano: String(ns(from)), endTimeUnixNano: String(ns(to)) });
  return [
    {
      resource: resource('storefront', { 'host.name': string('node-1') }),
      scopeSpans: [
        {
          scope: { name: 'http', version: '1.2' },
          spans: [
            {
              traceId: trace(TRACE_ID),
              spanId: span('00000000000000a1'),
              name: 'POST /checkout',
              kind: kind(2),
              ...at(0, 1000),
              attributes: keyValues({
                'http.route': string('/checkout'),
                items: { intValue: '3' },
                total: { doubleValue: 12.5 },
                cached: { boolValue: false },
              }),
              status: { code: 2, message: 'payment refused' },
            },
            {
              traceId: trace(TRACE_ID),
              spanId: span('00000000000000a2'),
              parentSpanId: span('00000000000000a1'),
              name: 'POST',
              kind: kind(3),
              ...at(100, 700),
              events: [
                {
                  timeUnixNano: String(ns(650)),
                  name: 'exception',
                  attributes: keyValues({ 'exception.type': string('Refused') }),
                },
              ],
              links: [
                {
                  traceId: trace(OTHER_TRACE),
                  spanId: span('00000000000000ff'),
                  attributes: keyValues({ why: string('retry') }),
                },
              ],
            },
            {
              traceId: trace(TRACE_ID),
              spanId: span('00000000000000a4'),
              parentSpanId: span('00000000000000a1'),
              name: 'send orders',
              kind: kind(4),
              ...at(800, 850),
              status: { code: 1 },
            },
          ],
        },
      ],
    },
    {
      resource: resource('payments'),
      scopeSpans: [
        {
          spans: [
            {
              traceId: trace(TRACE_ID),
              spanId: span('00000000000000b3'),
              parentSpanId: span('00000000000000a2'),
              name: 'charge',
              kind: kind(2),
              ...at(200, 600),
              status: { code: 2 },
            },
          ],
        },
      ],
    },
    {
      resource: resource('worker'),
      scopeSpans: [
        {
          spans: [
            {
              traceId: trace(TRACE_ID),
              spanId: span('00000000000000c5'),
              parentSpanId: span('00000000000000a4'),
              name: 'process orders',
              kind: kind(5),
              ...at(1500, 1600),
            },
          ],
        },
      ],
    },
  ];
}

export const otlpSample = { resourceSpans: otlpBatches(HEX_IDS) };
export const tempoSample = { batches: otlpBatches(TEMPO_IDS) };
export const tempoV2Sample = { trace: { resourceSpans: otlpBatches(TEMPO_IDS) }, metrics: {} };

const pText = (key: string, value: string) => message(text(1, key), bytes(2, text(1, value)));
const pResource = (service: string, ...more: Buffer[]) =>
  bytes(1, message(...[pText('service.name', service), ...more].map((one) => bytes(1, one))));
const pSpan = (
  id: string,
  { parent = '', name, kind, from, to }: { parent?: string; name: string; kind: number; from: number; to: number },
  ...more: Buffer[]
) =>
  bytes(
    2,
    message(
      hex(1, TRACE_ID),
      hex(2, id),
      ...(parent === '' ? [] : [hex(4, parent)]),
      text(5, name),
      integer(6, kind),
      fixed64(7, ns(from)),
      fixed64(8, ns(to)),
      ...more
    )
  );

/** `Trace {resource_spans = 1}`, which is `TracesData` too. */
export const protobufSample: Buffer = message(
  bytes(
    1,
    message(
      pResource('storefront', pText('host.name', 'node-1')),
      bytes(
        2,
        message(
          bytes(1, message(text(1, 'http'), text(2, '1.2'))),
          pSpan(
            '00000000000000a1',
            { name: 'POST /checkout', kind: 2, from: 0, to: 1000 },
            bytes(9, pText('http.route', '/checkout')),
            bytes(9, message(text(1, 'items'), bytes(2, integer(3, 3)))),
            bytes(9, message(text(1, 'total'), bytes(2, double(4, 12.5)))),
            bytes(9, message(text(1, 'cached'), bytes(2, integer(2, 0)))),
            bytes(15, message(text(2, 'payment refused'), integer(3, 2)))
          ),
          pSpan(
            '00000000000000a2',
            { parent: '00000000000000a1', name: 'POST', kind: 3, from: 100, to: 700 },
            bytes(11, message(fixed64(1, ns(650)), text(2, 'exception'), bytes(3, pText('exception.type', 'Refused')))),
            bytes(13, message(hex(1, OTHER_TRACE), hex(2, '00000000000000ff'), bytes(4, pText('why', 'retry'))))
          ),
          pSpan(
            '00000000000000a4',
            { parent: '00000000000000a1', name: 'send orders', kind: 4, from: 800, to: 850 },
            bytes(15, integer(3, 1))
          )
        )
      )
    )
  ),
  bytes(
    1,
    message(
      pResource('payments'),
      bytes(
        2,
        pSpan(
          '00000000000000b3',
          { parent: '00000000000000a2', name: 'charge', kind: 2, from: 200, to: 600 },
          bytes(15, integer(3, 2))
        )
      )
    )
  ),
  bytes(
    1,
    message(
      pResource('worker'),
      bytes(
        2,
        pSpan('00000000000000c5', { parent: '00000000000000a4', name: 'process orders', kind: 5, from: 1500, to: 1600 })
      )
    )
  )
);

/** `TraceByIDResponse {trace = 1, metrics = 2}`. */
export const tempoProtobufSample: Buffer = message(bytes(1, protobufSample), bytes(2, integer(1, 7)));

const jTag = (key: string, type: string, value: unknown) => ({ key, type, value });
const jSpan = (
  id: string,
  { parent = '', name, process, from, to }: { parent?: string; name: string; process: string; from: number; to: number }
) => ({
  traceID: TRACE_ID,
  // Jaeger leaves out leading zeros.
  spanID: id.replace(/^0+/, ''),
  operationName: name,
  references: parent === '' ? [] : [{ refType: 'CHILD_OF', traceID: TRACE_ID, spanID: parent }],
  startTime: us(from),
  duration: to - from,
  processID: process,
  tags: [] as object[],
  logs: [] as object[],
  warnings: null,
});
const SCOPE = [jTag('otel.scope.name', 'string', 'http'), jTag('otel.scope.version', 'string', '1.2')];
const kindTag = (kind: string) => jTag('span.kind', 'string', kind);
const jCall = jSpan('00000000000000a2', {
  parent: '00000000000000a1',
  name: 'POST',
  process: 'p1',
  from: 100,
  to: 700,
});

/** As Jaeger's API answers and its page downloads; a link's attributes have no place in it. */
export const jaegerSample = {
  data: [
    {
      traceID: TRACE_ID,
      spans: [
        {
          ...jSpan('00000000000000a1', { name: 'POST /checkout', process: 'p1', from: 0, to: 1000 }),
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
          ...jSpan('00000000000000a4', {
            parent: '00000000000000a1',
            name: 'send orders',
            process: 'p1',
            from: 800,
            to: 850,
          }),
          tags: [kindTag('producer'), jTag('otel.status_code', 'string', 'OK'), ...SCOPE],
        },
        {
          ...jSpan('00000000000000b3', {
            parent: '00000000000000a2',
            name: 'charge',
            process: 'p2',
            from: 200,
            to: 600,
          }),
          tags: [kindTag('server'), jTag('error', 'bool', true)],
        },
        {
          ...jSpan('00000000000000c5', {
            parent: '00000000000000a4',
            name: 'process orders',
            process: 'p3',
            from: 1500,
            to: 1600,
          }),
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

const zSpan = (
  id: string,
  {
    parent,
    name,
    kind,
    service,
    from,
    to,
  }: { parent?: string; name: string; kind: string; service: string; from: number; to: number }
) => ({
  traceId: TRACE_ID,
  id,
  ...(parent === undefined ? {} : { parentId: parent }),
  name,
  kind,
  timestamp: us(from),
  duration: to - from,
  localEndpoint: { serviceName: service },
});
const zScope = { 'otel.scope.name': 'http', 'otel.scope.version': '1.2' };

/** Zipkin's tags are text, and it has no links and no attributes of events and processes. */
export const zipkinSample = [
  {
    ...zSpan('00000000000000a1', { name: 'POST /checkout', kind: 'SERVER', service: 'storefront', from: 0, to: 1000 }),
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
    ...zSpan('00000000000000a2', {
      parent: '00000000000000a1',
      name: 'POST',
      kind: 'CLIENT',
      service: 'storefront',
      from: 100,
      to: 700,
    }),
    annotations: [{ timestamp: us(650), value: 'exception' }],
    tags: zScope,
  },
  {
    ...zSpan('00000000000000a4', {
      parent: '00000000000000a1',
      name: 'send orders',
      kind: 'PRODUCER',
      service: 'storefront',
      from: 800,
      to: 850,
    }),
    tags: { 'otel.status_code': 'OK', ...zScope },
  },
  {
    ...zSpan('00000000000000b3', {
      parent: '00000000000000a2',
      name: 'charge',
      kind: 'SERVER',
      service: 'payments',
      from: 200,
      to: 600,
    }),
    tags: { 'otel.status_code': 'ERROR', error: '' },
  },
  zSpan('00000000000000c5', {
    parent: '00000000000000a4',
    name: 'process orders',
    kind: 'CONSUMER',
    service: 'worker',
    from: 1500,
    to: 1600,
  }),
];
