import { createRandom, drawDuration, type Random } from './random.ts';
import { releases, type ShopService } from './topology.ts';
import { requests, replicas, type Call } from './traceRequests.ts';

/** How spans hang together: a job of the shop with many requests, each span below the one before, or all below one. */
export const traceShapes = ['shop', 'chain', 'wide'] as const;
export type TraceShape = (typeof traceShapes)[number];

export interface TraceOrder {
  readonly spans: number;
  readonly shape: TraceShape;
  /** The same seed makes the same trace. */
  readonly seed: number;
  /** Milliseconds since 1970 at which the trace begins. */
  readonly startMs: number;
}

interface MadeSpan {
  readonly resource: string;
  readonly service: ShopService;
  /** As JSON. */
  readonly text: string;
}

/** OTLP's numbers. */
const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
const ERROR = 2;
const scope = { name: 'pharos-demo', version: releases.current };
/** Spans of one process that are written together. */
const batchSize = 512;
/** How many requests of the job go on beside each other. */
const lanes = 4;

/**
 * One trace as OTLP JSON, piece by piece, so that its size does not matter: join the pieces, or write one after the other.
 */
export function* generateTrace(order: TraceOrder): Generator<string> {
  const pending = new Map<string, MadeSpan[]>();
  let separator = '';
  yield '{"resourceSpans":[';
  for (const span of makeSpans(order)) {
    const batch = pending.get(span.resource) ?? [];
    batch.push(span);
    pending.set(span.resource, batch);
    if (batch.length === batchSize) {
      pending.delete(span.resource);
      yield separator + writeBatch(batch);
      separator = ',';
    }
  }
  for (const batch of pending.values()) {
    yield separator + writeBatch(batch);
    separator = ',';
  }
  yield ']}\n';
}

function writeBatch(batch: readonly MadeSpan[]): string {
  const [{ service, resource } = { service: 'storefront', resource: 'storefront-1' }] = batch;
  const attributes = writeAttributes({
    'service.name': service,
    'service.namespace': 'shop',
    'service.version': releases.current,
    'service.instance.id': resource,
    'host.name': `node-${resource.at(-1) ?? '1'}`,
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.language': 'nodejs',
  });
  const spans = batch.map(({ text }) => text).join(',');
  return `{"resource":{"attributes":${JSON.stringify(attributes)}},"scopeSpans":[{"scope":${JSON.stringify(scope)},"spans":[${spans}]}]}`;
}

function makeSpans(order: TraceOrder): Generator<MadeSpan> {
  const maker = createMaker(order);
  switch (order.shape) {
    case 'chain':
      return makeChain(maker, order.spans);
    case 'wide':
      return makeWide(maker, order.spans);
    default:
      return makeJob(maker, order.spans);
  }
}

interface Interval {
  /** Milliseconds after the trace's start. */
  readonly from: number;
  readonly to: number;
}

interface Span extends Interval {
  readonly id: string;
  readonly parent: string;
  readonly call: Omit<Call, 'calls'>;
  readonly replica: number;
}

interface Maker {
  readonly random: Random;
  nextId(): string;
  make(span: Span): MadeSpan;
}

function createMaker({ seed, startMs }: TraceOrder): Maker {
  const random = createRandom(seed);
  const hex = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  const traceId = hex() + hex() + hex() + hex();
  let spans = 0;
  const startNs = BigInt(Math.round(startMs)) * 1_000_000n;
  const at = (ms: number): string => String(startNs + BigInt(Math.round(ms * 1e6)));
  return {
    random,
    nextId() {
      spans += 1;
      return `${hex()}${spans.toString(16).padStart(8, '0')}`;
    },
    make({ id, parent, call, from, to, replica }) {
      const failed = random() < (call.failing ?? 0);
      const status = failed ? { status: { code: ERROR, message: call.failure ?? 'failed' } } : {};
      const text = JSON.stringify({
        traceId,
        spanId: id,
        ...(parent === '' ? {} : { parentSpanId: parent }),
        name: call.name,
        kind: KINDS[call.kind],
        startTimeUnixNano: at(from),
        endTimeUnixNano: at(to),
        attributes: writeAttributes({ ...call.attributes, 'thread.id': replica * 8 + (spans % 8) }),
        ...(failed ? { events: [writeException(at(to), call.failure ?? 'failed')] } : {}),
        ...status,
      });
      return { resource: `${call.service}-${replica}`, service: call.service, text };
    },
  };
}

const writeException = (timeUnixNano: string, message: string): object => ({
  timeUnixNano,
  name: 'exception',
  attributes: writeAttributes({ 'exception.type': 'Error', 'exception.message': message }),
});

function writeAttributes(attributes: Readonly<Record<string, string | number>>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
}

const jobCall: Omit<Call, 'calls'> = {
  service: 'worker',
  name: 'replay yesterday',
  kind: 'internal',
  ownMs: 1,
  attributes: { 'job.name': 'replay' },
};

/** One job that sends request after request, a few beside each other, until there are enough spans. */
function* makeJob(maker: Maker, count: number): Generator<MadeSpan> {
  const root = maker.nextId();
  const free = Array.from({ length: lanes }, () => 1);
  let left = count - 1;
  while (left > 0) {
    const lane = free.indexOf(Math.min(...free));
    const request = requests[Math.floor(maker.random() * requests.length)] ?? requests[0];
    const spans: Span[] = [];
    const to = plan({ call: request, parent: root, from: free[lane] ?? 0, replica: pickReplica(maker) }, maker, spans);
    free[lane] = to + drawDuration(maker.random, 0.5);
    // What a span hangs on comes before it, so that none is cut off from its parent.
    for (const span of spans.slice(0, left)) {
      yield maker.make(span);
    }
    left -= Math.min(left, spans.length);
  }
  yield maker.make({ id: root, parent: '', call: jobCall, from: 0, to: Math.max(...free) + 1, replica: 1 });
}

const pickReplica = ({ random }: Maker): number => 1 + Math.floor(random() * replicas);

interface Planned {
  readonly call: Call;
  readonly parent: string;
  readonly from: number;
  readonly replica: number;
}

/** Lays out a call and what it calls in turn; requests are a few levels deep. Gives the time at which its caller goes on. */
function plan({ call, parent, from, replica }: Planned, maker: Maker, into: Span[]): number {
  const id = maker.nextId();
  const at = into.length;
  const slices = (call.calls?.length ?? 0) + 1;
  const own = drawDuration(maker.random, call.ownMs) / slices;
  const { calls = [], ...self } = call;
  let now = from + own;
  // Its place is before its children, though its end is known only after them.
  into.push({ id, parent, call: self, from, to: now, replica });
  for (const inner of calls) {
    const isHere = inner.service === call.service;
    const end = plan(
      { call: inner, parent: id, from: now, replica: isHere ? replica : pickReplica(maker) },
      maker,
      into
    );
    now = inner.kind === 'consumer' ? now + own : end + own;
  }
  into[at] = { id, parent, call: self, from, to: now, replica };
  return now;
}

const services: readonly ShopService[] = ['storefront', 'checkout', 'payments', 'worker'];

function* makeChain(maker: Maker, count: number): Generator<MadeSpan> {
  let parent = '';
  for (let i = 0; i < count; i += 1) {
    const id = maker.nextId();
    const service = services[(i >> 1) % services.length] ?? 'worker';
    const kind = i % 2 === 0 ? 'server' : 'client';
    const call = { service, name: `step ${i % 10}`, kind, ownMs: 0, attributes: {} } as const;
    yield maker.make({ id, parent, call, from: i * 0.001, to: count * 0.003 - i * 0.001, replica: 1 });
    parent = id;
  }
}

function* makeWide(maker: Maker, count: number): Generator<MadeSpan> {
  const root = maker.nextId();
  const call = { service: 'catalog', name: 'SELECT products', kind: 'client', ownMs: 0.2 } as const;
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT * FROM products WHERE id = $1' };
  let now = 0.1;
  for (let i = 1; i < count; i += 1) {
    const to = now + drawDuration(maker.random, call.ownMs);
    yield maker.make({ id: maker.nextId(), parent: root, call: { ...call, attributes }, from: now, to, replica: 1 });
    now = to + 0.01;
  }
  const top = { service: 'catalog', name: 'GET /export', kind: 'server', ownMs: 0, attributes: {} } as const;
  yield maker.make({ id: root, parent: '', call: top, from: 0, to: now, replica: 1 });
}
