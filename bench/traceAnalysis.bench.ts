import { compareTraceSets } from '../src/core/traces/compare/compareTraceSets.ts';
import { explainSelection } from '../src/core/traces/compare/explainSelection.ts';
import { mergePaths } from '../src/core/traces/mergePaths.ts';
import { operationTimes } from '../src/core/traces/operationTimes.ts';
import type { Attribute, Trace } from '../src/core/traces/trace.ts';
import { createTraceBuilder } from '../src/core/traces/traceBuilder.ts';
import { withClocksRight } from '../server/operations/traces/withClocksRight.ts';
import { withRooms } from '../server/operations/traces/withRooms.ts';
import { rounded, type Benchmark, type Figures } from './benchmark.ts';

const TRACES = 1000;
const SPANS = 200;
const FAN_OUT = 4;
const SERVICES = Array.from({ length: 12 }, (_, n) => `service-${n}`);
const TIMES = 5;

/** What a span of an instrumented service carries. */
const attributesOf = (trace: number, span: number): readonly Attribute[] => [
  ['http.request.method', 'GET'],
  ['http.response.status_code', (trace + span) % 50 === 0 ? 500 : 200],
  ['url.path', `/items/${(trace * 31 + span) % 1000}`],
  ['server.address', `host-${span % 12}`],
  ['thread.id', span % 16],
  ['request.id', `r${trace}`],
];

/** Spans in a tree of calls one after the other; one operation of the second half is slower. */
function traceOf(n: number): Trace {
  const builder = createTraceBuilder((n + 1).toString(16).padStart(32, '0'));
  const resources = SERVICES.map((service) => ({
    service,
    attributes: [
      ['service.name', service],
      ['service.version', n < TRACES / 2 ? '1.0' : '1.1'],
    ] satisfies Attribute[],
  }));
  for (let span = 0; span < SPANS; span += 1) {
    const parent = Math.floor((span - 1) / FAN_OUT);
    const resource = resources[span % SERVICES.length];
    if (resource === undefined) {
      continue;
    }
    const length =
      1_000_000 * (SPANS - span) + ((n * 7919 + span * 104_729) % 100_000) + (n >= TRACES / 2 ? 50_000 : 0);
    builder.add({
      ...{ name: `operation-${span % 40}`, kind: 'internal', status: 'unset', resource },
      ...{ spanId: (span + 1).toString(16), parentSpanId: span === 0 ? '' : (parent + 1).toString(16) },
      start: BigInt(span * 1_000_000),
      end: BigInt(span * 1_000_000 + length),
      attributes: attributesOf(n, span),
    });
  }
  return builder.build();
}

/** The quickest of some: what else the machine did counts against none. */
async function quickest(work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let time = 0; time < TIMES; time += 1) {
    const started = performance.now();
    await work();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

/** All that the operation `analyzeTraces` works out of the traces it has read. */
async function analyze(recorded: readonly Trace[]): Promise<void> {
  const { signal } = new AbortController();
  const { traces } = await withClocksRight(recorded, signal);
  await withRooms(traces, operationTimes(traces), signal);
  mergePaths(traces);
}

export const benchmark: Benchmark = {
  title: `analysis of ${TRACES} traces of ${SPANS} spans: clocks, times by operation and by path and what-ifs together, comparison and attributes of half against half (target 2000 ms each)`,
  async measure(say) {
    const started = performance.now();
    const traces = Array.from({ length: TRACES }, (_, n) => traceOf(n));
    say(`${TRACES} traces built in ${Math.round(performance.now() - started)} ms`);
    const [a, b] = [traces.slice(0, TRACES / 2), traces.slice(TRACES / 2)];
    const figures: Figures = {
      analyze_ms: rounded(await quickest(() => analyze(traces))),
      compare_ms: rounded(await quickest(() => compareTraceSets(a, b))),
      explain_ms: rounded(await quickest(() => explainSelection(b, a))),
    };
    return { ...figures, limit_ms: 2000, paths: compareTraceSets(a, b).paths.length };
  },
};
