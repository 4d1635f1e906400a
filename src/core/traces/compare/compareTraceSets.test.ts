import fc from 'fast-check';
import { fisherExact } from '../../statistics/fisherExact.ts';
import { ascending, quantile } from '../../statistics/quantile.ts';
import { durationOf, operationOf } from '../spanFields.ts';
import { SPAN_KINDS, type Trace } from '../trace.ts';
import { createTraceBuilder } from '../traceBuilder.ts';
import { compareTraceSets, createTraceSetComparer } from './compareTraceSets.ts';
import type { PathDifference, TraceComparison } from './comparison.ts';
import { seeded, shopTraces } from './shopTraces.fixture.ts';

const pathNamed = ({ paths }: TraceComparison, operation: string): PathDifference | undefined =>
  paths.find((path) => path.operation === operation);

const significant = ({ paths }: TraceComparison): readonly PathDifference[] =>
  paths.filter((path) =>
    [path.duration, path.p95, path.count, path.errors].some((test) => test?.isSignificant === true)
  );

describe('with one operation made slower', () => {
  const random = seeded(1);
  const slower = { 'charge card': 600 };
  const compared = compareTraceSets(shopTraces(48, { random }), shopTraces(50, { random, slower }));

  it('puts it on top, with what it contributes', () => {
    const [first] = compared.paths;
    expect(first).toMatchObject({ service: 'payments', operation: 'charge card', depth: 1 });
    expect(first?.duration?.isSignificant).toBe(true);
    expect((first?.contributionNs ?? 0) / 1e6).toBeCloseTo(600, -2);
    expect(compared.differenceNs / 1e6).toBeCloseTo(600, -2);
    expect(compared.durationP).toBeLessThan(1e-6);
  });

  it('says of how many traces and spans', () => {
    expect(compared.a).toMatchObject({ traces: 48, spans: 48 * 5, failed: 0 });
    expect(compared.b.traces).toBe(50);
    expect(compared.untested).toBeNull();
    expect(pathNamed(compared, 'charge card')?.b).toMatchObject({ traces: 50, spans: 50, perTrace: 1, errorShare: 0 });
  });

  it('leaves what is as it was without a finding', () => {
    expect(pathNamed(compared, 'get cart')?.duration?.isSignificant).toBe(false);
    expect(pathNamed(compared, 'SELECT stock')?.count).toBeNull();
  });

  it('does not blame the callers', () => {
    const [, second] = compared.paths;
    expect(Math.abs(second?.contributionNs ?? Infinity)).toBeLessThan(30e6);
    // They take longer, as is shown, but not by work of their own.
    expect(pathNamed(compared, 'POST /checkout')?.duration?.isSignificant).toBe(true);
  });
});

it('finds what became slow in a few traces only, which the median does not tell', () => {
  const random = seeded(7);
  const [usual, some] = [shopTraces(100, { random }), shopTraces(90, { random })];
  const slow = shopTraces(10, { random, slower: { 'charge card': 5000 } });
  const charge = pathNamed(compareTraceSets(usual, [...some, ...slow]), 'charge card');
  expect(charge?.p95).toMatchObject({ isSignificant: true });
  expect(charge?.duration?.isSignificant).toBe(false);
  expect((charge?.b.p95Ns ?? 0) - (charge?.a.p95Ns ?? 0)).toBeGreaterThan(1e9);
  expect(pathNamed(compareTraceSets(usual, some), 'charge card')?.p95?.isSignificant).toBe(false);
});

it('tests the p95 by how many traces of each side are beyond that of both', () => {
  const side = (slow: number) => shopTraces(20, { random: seeded(slow) });
  const [a, b] = [side(3), side(4)];
  const path = pathNamed(compareTraceSets(a, b), 'charge card');
  const durations = (traces: readonly Trace[]) =>
    traces.map((trace) =>
      durationOf(
        trace,
        trace.spanIds.findIndex((_, span) => operationOf(trace, span) === 'charge card')
      )
    );
  const limit = quantile(ascending([...durations(a), ...durations(b)]), 0.95);
  const beyond = (traces: readonly Trace[]) => ({ have: durations(traces).filter((ns) => ns > limit).length, of: 20 });
  expect(path?.p95?.p).toBe(fisherExact(beyond(a), beyond(b)));
});

it('finds failures, calls made more often, and what is on one side only', () => {
  const random = seeded(2);
  const a = shopTraces(40, { random });
  const b = shopTraces(40, { random, failing: 0.5, stockCalls: 4 });
  const compared = compareTraceSets(a, [...b]);
  expect(pathNamed(compared, 'authorize')?.errors?.isSignificant).toBe(true);
  expect(pathNamed(compared, 'SELECT stock')?.count?.isSignificant).toBe(true);
  expect(pathNamed(compared, 'SELECT stock')?.b.perTrace).toBe(4);
  expect(pathNamed(compared, 'get cart')?.errors).toBeNull();
  expect(compared.errorP).toBeLessThan(0.001);

  const without = compareTraceSets(a, shopTraces(40, { random, stockCalls: 0 }));
  const gone = pathNamed(without, 'SELECT stock');
  expect(gone).toMatchObject({ b: { traces: 0, spans: 0, medianNs: null, errorShare: null, example: null } });
  expect(gone?.count?.isSignificant).toBe(true);
  expect(gone?.duration).toBeNull();
});

it('tells the same operation apart by the path to it', () => {
  const random = seeded(3);
  const { paths } = compareTraceSets(shopTraces(1, { random }), shopTraces(1, { random }));
  const byPath = new Map(paths.map((path) => [path.path, path]));
  const authorize = paths.find(({ operation }) => operation === 'authorize');
  const names: string[] = [];
  for (let at = authorize; at !== undefined; at = at.parent === null ? undefined : byPath.get(at.parent)) {
    names.push(`${at.service}: ${at.operation}`);
  }
  expect(names).toEqual(['card-processor: authorize', 'payments: charge card', 'storefront: POST /checkout']);
  expect(paths.every(({ path, parent }) => parent === null || parent < path)).toBe(true);
});

it('tests nothing with one trace each, or too few', () => {
  const random = seeded(4);
  const one = compareTraceSets(shopTraces(1, { random }), shopTraces(1, { random }));
  expect(one).toMatchObject({ untested: 'one_trace_each', durationP: null, tests: 0 });
  const few = compareTraceSets(shopTraces(2, { random }), shopTraces(3, { random }));
  expect(few).toMatchObject({ untested: 'too_few', durationP: null, tests: 0 });
  const none = compareTraceSets([], shopTraces(3, { random }));
  expect(none).toMatchObject({ untested: 'too_few', a: { traces: 0, medianNs: 0, example: null } });
});

it('names a trace of each side that is as usual', () => {
  const random = seeded(5);
  const [a, b] = [shopTraces(21, { random }), shopTraces(21, { random })];
  const compared = compareTraceSets(a, b);
  const sorted = a.map((trace) => durationOf(trace, 0)).toSorted((x, y) => x - y);
  const example = a.find(({ traceId }) => traceId === compared.a.example);
  expect(example && durationOf(example, 0)).toBe(sorted[10]);
  expect(b.map(({ traceId }) => traceId)).toContain(pathNamed(compared, 'authorize')?.b.example);
});

it('finds nothing in 95 of 100 comparisons of like with like', () => {
  const seeds = 400;
  let found = 0;
  for (let seed = 0; seed < seeds; seed += 1) {
    const random = seeded(1000 + seed);
    const like = { random, failing: 0.3 };
    found += significant(compareTraceSets(shopTraces(15, like), shopTraces(18, like))).length > 0 ? 1 : 0;
  }
  expect(found / seeds).toBeLessThanOrEqual(0.05);
});

/** A trace of any shape, on small whole numbers, with children outside their parents and several roots. */
const anyTrace: fc.Arbitrary<Trace> = fc
  .array(
    fc.record({
      up: fc.integer({ min: 0, max: 6 }),
      start: fc.integer({ min: 0, max: 60 }),
      length: fc.integer({ min: 0, max: 40 }),
      name: fc.constantFrom('a', 'b', 'c'),
      service: fc.constantFrom('x', 'y'),
      kind: fc.constantFrom(...SPAN_KINDS),
    }),
    { minLength: 1, maxLength: 14 }
  )
  .map((spans) => {
    const builder = createTraceBuilder('1');
    spans.forEach(({ up, start, length, name, service, kind }, at) =>
      builder.add({
        ...{ name, kind, status: 'unset', attributes: [], resource: { service, attributes: [] } },
        spanId: String(at + 1),
        parentSpanId: at === 0 || up === 0 ? '' : String(Math.max(1, at + 1 - up)),
        start: BigInt(start),
        end: BigInt(start + length),
      })
    );
    return builder.build();
  });

it('parts the difference of the means among the paths without a rest', () => {
  const set = fc.array(anyTrace, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(set, set, fc.integer({ min: 1, max: 30 }), (a, b, mostPaths) => {
      const comparer = createTraceSetComparer(mostPaths);
      a.forEach((trace) => comparer.add('a', trace));
      b.forEach((trace) => comparer.add('b', trace));
      const { paths, differenceNs } = comparer.finish();
      const sum = paths.reduce((total, { contributionNs }) => total + contributionNs, 0);
      const mean = (traces: readonly Trace[]): number =>
        traces.reduce((total, trace) => total + durationOf(trace, trace.roots[0] ?? 0), 0) / traces.length;
      expect(sum).toBeCloseTo(mean(b) - mean(a), 8);
      expect(differenceNs).toBeCloseTo(mean(b) - mean(a), 8);
    })
  );
});

it('finds no difference between a set and itself, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(anyTrace, { minLength: 1, maxLength: 6 }), (traces) => {
      const compared = compareTraceSets(traces, traces);
      expect(compared.differenceNs).toBe(0);
      expect(compared.paths.filter(({ contributionNs }) => contributionNs !== 0)).toEqual([]);
      expect(significant(compared)).toEqual([]);
      const spans = compared.paths.reduce((sum, { a }) => sum + a.spans, 0);
      expect(spans).toBe(traces.reduce((sum, { size }) => sum + size, 0));
    })
  );
});

it('folds what is too much into the path above, and says how much that was', () => {
  const random = seeded(6);
  const comparer = createTraceSetComparer(2);
  shopTraces(3, { random }).forEach((trace) => comparer.add('a', trace));
  shopTraces(3, { random }).forEach((trace) => comparer.add('b', trace));
  const compared = comparer.finish();
  expect(compared.paths.map(({ operation }) => operation).toSorted()).toEqual(['POST /checkout', 'get cart']);
  // Of each trace: the stock, the charge and the authorisation.
  expect(compared.folded).toBe(18);
  expect(pathNamed(compared, 'POST /checkout')?.a.spans).toBe(3);
});
