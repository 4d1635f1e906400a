import { generateTrace, type TraceOrder } from '../demo/generateTrace.ts';
import { adjustClockSkew } from '../src/core/traces/clockSkew.ts';
import { criticalPath } from '../src/core/traces/criticalPath.ts';
import { parseTraceBytes } from '../src/core/traces/parse/parseTraceBytes.ts';
import { selectTrace } from '../src/core/traces/parse/selectTrace.ts';
import type { SpanInput } from '../src/core/traces/spanInput.ts';
import type { Trace } from '../src/core/traces/trace.ts';
import { createTraceBuilder } from '../src/core/traces/traceBuilder.ts';
import { quantile, rounded, type Figures } from './benchmark.ts';

const SPANS = 100_000;
const MANY_SPANS = 1_000_000;
/** The first is slower: code is compiled meanwhile. */
const RUNS = 5;

function heldMb(): number {
  // Is there in a process that was started with --expose-gc.
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

interface Timed<T> {
  readonly result: T;
  readonly ms: number;
  /** Of the processor, which a busy machine makes no longer. */
  readonly cpuMs: number;
}

function timed<T>(work: () => T): Timed<T> {
  const [started, busy] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(busy);
  return { result, ms: performance.now() - started, cpuMs: (user + system) / 1000 };
}

const decoder = new TextDecoder();

/** As a file would hold it. */
function fileOf(order: Pick<TraceOrder, 'shape' | 'spans'>): Uint8Array {
  const encoder = new TextEncoder();
  return Buffer.concat(
    [...generateTrace({ ...order, seed: 1, startMs: 1_760_000_000_000 })].map((text) => encoder.encode(text))
  );
}

const readFile = (bytes: Uint8Array): Trace => selectTrace(parseTraceBytes(bytes, (piece) => decoder.decode(piece)));

/** Spans with eight children each, one after the other: the least that a parser hands over. */
function treeInputs(count: number): readonly SpanInput[] {
  const resource = { service: 'tree', attributes: [] } as const;
  const inputs: SpanInput[] = [];
  for (let i = 0; i < count; i += 1) {
    const above = i === 0 ? undefined : inputs[Math.floor((i - 1) / 8)];
    const start = above === undefined ? 1_760_000_000_000_000_000n : above.start + slot(above) * BigInt((i - 1) % 8);
    inputs.push({
      spanId: (i + 1).toString(16).padStart(16, '0'),
      parentSpanId: above?.spanId ?? '',
      name: `operation ${i % 50}`,
      kind: 'internal',
      start,
      end: start + (above === undefined ? 10_000_000_000n : slot(above)),
      status: 'unset',
      resource,
      attributes: [['item', i % 1000]],
    });
  }
  return inputs;
}

const slot = ({ start, end }: SpanInput): bigint => ((end ?? start) - start) / 8n;

function buildTree(inputs: readonly SpanInput[]): Trace {
  const builder = createTraceBuilder('1');
  inputs.forEach((span) => builder.add(span));
  return builder.build();
}

interface Subject {
  readonly name: string;
  build(): Trace;
}

function measureOne({ name, build }: Subject): Figures {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  const path: number[] = [];
  const before = heldMb();
  const traces = [build()];
  const held = heldMb() - before;
  for (let run = 0; run < RUNS; run += 1) {
    const built = timed(build);
    traces[0] = built.result;
    times.push(built.ms);
    cpuTimes.push(built.cpuMs);
    path.push(timed(() => criticalPath(built.result)).ms);
  }
  const skew = timed(() => traces.map(adjustClockSkew)).ms;
  return {
    [`${name}_build_median_ms`]: rounded(quantile(times, 0.5)),
    [`${name}_build_longest_ms`]: rounded(Math.max(...times)),
    [`${name}_build_cpu_median_ms`]: rounded(quantile(cpuTimes, 0.5)),
    [`${name}_held_mb`]: rounded(held),
    [`${name}_critical_path_ms`]: rounded(Math.max(...path)),
    [`${name}_clock_skew_ms`]: rounded(skew),
  };
}

/** Sends each line and at last the figures to the process that started this one. */
function measureAll(say: (line: string) => void): Figures {
  let figures: Figures = {};
  const tree = treeInputs(SPANS);
  const add = (subject: Subject): void => {
    const found = measureOne(subject);
    figures = { ...figures, ...found };
    say(
      Object.entries(found)
        .map((one) => one.join(' '))
        .join(', ')
    );
  };
  add({ name: 'tree', build: () => buildTree(tree) });
  for (const shape of ['shop', 'chain', 'wide'] as const) {
    const file = fileOf({ shape, spans: SPANS });
    add({ name: `${shape}_file`, build: () => readFile(file) });
  }
  const many = fileOf({ shape: 'shop', spans: MANY_SPANS });
  const { result, ms, cpuMs } = timed(() => readFile(many));
  const size = rounded(many.length / 1e6, 0);
  say(
    `${result.size} spans from ${size} MB: ${rounded(ms / 1000, 2)} s, ${rounded(cpuMs / 1000, 2)} s of the processor`
  );
  return {
    ...figures,
    many_spans_file_mb: size,
    many_spans_s: rounded(ms / 1000, 2),
    many_spans_cpu_s: rounded(cpuMs / 1000, 2),
    many_spans_peak_mb: rounded(process.resourceUsage().maxRSS / 1000, 0),
  };
}

process.send?.({ figures: measureAll((line) => process.send?.({ line })) });
