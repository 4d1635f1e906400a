/** A trace in which the bank is slow, in the forms that the command line reads. Times in microseconds, so that each form can hold them. */
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const EPOCH_US = 1_790_000_000_000_000;

interface FileSpan {
  readonly id: string;
  readonly parent: string;
  readonly service: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'SERVER' | 'CLIENT' | 'INTERNAL';
  readonly error?: string;
}

const SPANS: readonly FileSpan[] = [
  { id: '00000000000000a1', parent: '', service: 'shop', name: 'POST /checkout', from: 0, to: 1000, kind: 'SERVER' },
  {
    id: '00000000000000a2',
    parent: '00000000000000a1',
    service: 'shop',
    name: 'price',
    from: 100,
    to: 500,
    kind: 'INTERNAL',
  },
  {
    id: '00000000000000a3',
    parent: '00000000000000a1',
    service: 'shop',
    name: 'charge',
    from: 500,
    to: 900,
    kind: 'CLIENT',
    error: 'no funds',
  },
  {
    id: '00000000000000a4',
    parent: '00000000000000a3',
    service: 'bank',
    name: 'POST /charge',
    from: 550,
    to: 850,
    kind: 'SERVER',
    error: 'no funds',
  },
];

const KINDS = { INTERNAL: 1, SERVER: 2, CLIENT: 3 };
const ns = (us: number): string => `${EPOCH_US + us}000`;

/** OTLP JSON of that trace under any id. */
export const otlpText = (traceId = TRACE_ID): string =>
  JSON.stringify({
    resourceSpans: SPANS.map((span) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: span.service } }] },
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId, spanId: span.id, parentSpanId: span.parent, name: span.name, kind: KINDS[span.kind] },
              ...{ startTimeUnixNano: ns(span.from), endTimeUnixNano: ns(span.to) },
              status: span.error === undefined ? {} : { code: 2, message: span.error },
            },
          ],
        },
      ],
    })),
  });

/** The same as Jaeger's UI saves it. */
export const jaegerText = (): string =>
  JSON.stringify({
    data: [
      {
        traceID: TRACE_ID,
        spans: SPANS.map((span) => ({
          ...{ traceID: TRACE_ID, spanID: span.id, operationName: span.name, processID: span.service },
          references: span.parent === '' ? [] : [{ refType: 'CHILD_OF', traceID: TRACE_ID, spanID: span.parent }],
          ...{ startTime: EPOCH_US + span.from, duration: span.to - span.from, logs: [] },
          tags: [
            { key: 'span.kind', type: 'string', value: span.kind.toLowerCase() },
            ...(span.error === undefined
              ? []
              : [
                  { key: 'error', type: 'bool', value: true },
                  { key: 'otel.status_description', type: 'string', value: span.error },
                ]),
          ],
        })),
        processes: { shop: { serviceName: 'shop', tags: [] }, bank: { serviceName: 'bank', tags: [] } },
      },
    ],
  });

/** The same as Zipkin's API answers it. */
export const zipkinText = (): string =>
  JSON.stringify(
    SPANS.map((span) => ({
      ...{
        traceId: TRACE_ID,
        id: span.id,
        name: span.name,
        timestamp: EPOCH_US + span.from,
        duration: span.to - span.from,
      },
      ...(span.parent === '' ? {} : { parentId: span.parent }),
      ...(span.kind === 'INTERNAL' ? {} : { kind: span.kind }),
      localEndpoint: { serviceName: span.service },
      ...(span.error === undefined ? {} : { tags: { error: span.error } }),
    }))
  );
