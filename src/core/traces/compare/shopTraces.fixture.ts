import type { Attribute, SpanStatus, Trace } from '../trace.ts';
import type { SpanInput } from '../spanInput.ts';
import { createTraceBuilder } from '../traceBuilder.ts';

/** Numbers from 0 to below 1 that a seed fixes (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface ShopOptions {
  readonly random: () => number;
  /** Milliseconds more by operation. */
  readonly slower?: Readonly<Record<string, number>>;
  /** Share of charges that fail. */
  readonly failing?: number;
  /** How often the stock is asked. */
  readonly stockCalls?: number;
  /** Attributes of the root. */
  readonly attributes?: readonly Attribute[];
  readonly version?: string;
  readonly traceId?: string;
}

const MS = 1_000_000n;
const EPOCH = 1_790_000_000_000n * MS;

/** A checkout of a small shop, whose calls come one after another; each takes a while of its own, skewed as latencies are. */
export function shopTrace(options: ShopOptions): Trace {
  const { random, slower = {}, failing = 0, stockCalls = 1, attributes = [], version = '1.0.0' } = options;
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const traceId = options.traceId ?? hex(32);
  const builder = createTraceBuilder(traceId);
  const took = (operation: string, usual: number): number =>
    usual * Math.exp((random() + random() + random() - 1.5) * 0.5) + (slower[operation] ?? 0);
  const resources = new Map<string, SpanInput['resource']>();
  const resourceOf = (service: string): SpanInput['resource'] => {
    const found = resources.get(service) ?? {
      service,
      attributes: [
        ['service.name', service],
        ['service.version', version],
      ],
    };
    resources.set(service, found);
    return found;
  };
  let clock = 0;
  let ids = 0;

  interface Call {
    readonly service: string;
    readonly operation: string;
    readonly usual: number;
    readonly calls?: readonly Call[];
    readonly status?: SpanStatus;
    readonly attributes?: readonly Attribute[];
  }
  const run = (call: Call, parentSpanId: string): void => {
    const spanId = String((ids += 1)).padStart(16, '0');
    const start = clock;
    const own = took(call.operation, call.usual);
    clock += own / 2;
    call.calls?.forEach((child) => run(child, spanId));
    clock += own / 2;
    builder.add({
      ...{ spanId, parentSpanId, name: call.operation, kind: 'internal', status: call.status ?? 'unset' },
      start: EPOCH + BigInt(Math.round(start * 1e6)),
      end: EPOCH + BigInt(Math.round(clock * 1e6)),
      resource: resourceOf(call.service),
      attributes: call.attributes ?? [],
    });
  };
  const status: SpanStatus = random() < failing ? 'error' : 'unset';
  run(
    {
      ...{ service: 'storefront', operation: 'POST /checkout', usual: 20, status, attributes },
      calls: [
        { service: 'cart', operation: 'get cart', usual: 30 },
        ...Array.from({ length: stockCalls }, () => ({ service: 'stock', operation: 'SELECT stock', usual: 8 })),
        {
          ...{ service: 'payments', operation: 'charge card', usual: 120, status },
          calls: [{ service: 'card-processor', operation: 'authorize', usual: 90, status }],
        },
      ],
    },
    ''
  );
  return builder.build();
}

/** Several of them. */
export const shopTraces = (count: number, options: ShopOptions): readonly Trace[] =>
  Array.from({ length: count }, () => shopTrace(options));
