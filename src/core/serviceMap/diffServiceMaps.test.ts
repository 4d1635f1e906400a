import fc from 'fast-check';
import { mannWhitney } from '../statistics/mannWhitney.ts';
import { bucketsOfDurations } from './latencyBuckets.ts';
import { diffServiceMaps } from './diffServiceMaps.ts';
import { rankBuckets } from './rankBuckets.ts';
import { edgeId, type MapEdge, type MapNode, type ServiceMap } from './serviceMap.ts';

interface Calls {
  readonly calls: number;
  readonly failed?: number;
  /** Milliseconds. */
  readonly took?: readonly number[];
}

function edge(to: string, { calls, failed = 0, took = [] }: Calls): MapEdge {
  const sorted = took.toSorted((a, b) => a - b);
  const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1];
  return {
    ...{ id: edgeId('a', to), from: 'a', to, kind: 'call' },
    figures: {
      ...{ calls, failed, rate: calls / 900, errorRatio: calls > 0 ? failed / calls : null },
      p95: p95 === undefined ? null : p95 / 1000,
      latency: took.length === 0 ? [] : bucketsOfDurations(took.map((ms) => ms / 1000)),
    },
  };
}
const mapOf = (...edges: MapEdge[]): ServiceMap => ({ nodes: [], edges, windowSeconds: 900, sampled: false });
const told = (now: ServiceMap, before: ServiceMap) =>
  diffServiceMaps(now, before).changes.map(({ kind, edge: { to } }) => `${kind} ${to}`);

it('tells what is new and what is gone, when there were calls enough to tell', () => {
  const now = mapOf(edge('x', { calls: 40 }), edge('rare', { calls: 2 }), edge('same', { calls: 100 }));
  const before = mapOf(edge('y', { calls: 40 }), edge('seldom', { calls: 2 }), edge('same', { calls: 100 }));
  expect(told(now, before).toSorted()).toEqual(['gone y', 'new x']);
  expect(diffServiceMaps(now, before).missing.map(({ to }) => to)).toEqual(['y', 'seldom']);
});

describe('services without an edge', () => {
  const service = (name: string, seen: number): MapNode => ({
    id: name,
    kind: 'service',
    name,
    namespace: '',
    received: null,
    seen,
  });
  const nodesOf = (...nodes: MapNode[]): ServiceMap => ({ ...mapOf(), nodes });
  const toldNodes = (now: ServiceMap, before: ServiceMap) =>
    diffServiceMaps(now, before)
      .nodes.map(({ kind, node }) => `${kind} ${node.id}`)
      .toSorted();

  it('are new or gone by themselves, when they were seen often enough to tell', () => {
    const now = nodesOf(service('cron', 40), service('rare', 2), service('same', 40));
    const before = nodesOf(service('mailer', 40), service('seldom', 2), service('same', 40));
    expect(toldNodes(now, before)).toEqual(['gone mailer', 'new cron']);
    expect(diffServiceMaps(now, before).tests).toBe(4);
  });

  it('are no news where only their edges are', () => {
    const linked = { ...nodesOf(service('a', 40), service('x', 40)), edges: [edge('x', { calls: 40 })] };
    const alone = nodesOf(service('a', 40), service('x', 40));
    expect(toldNodes(alone, linked)).toEqual([]);
    expect(toldNodes(linked, alone)).toEqual([]);
    expect(toldNodes(linked, nodesOf())).toEqual([]);
    expect(told(linked, nodesOf())).toEqual(['new x']);
  });

  it('are gone where they are still known and do nothing any more', () => {
    expect(toldNodes(nodesOf(service('cron', 0)), nodesOf(service('cron', 40)))).toEqual(['gone cron']);
  });

  it('of samples are compared by their share of what was seen', () => {
    const sampled = (...nodes: MapNode[]): ServiceMap => ({ ...nodesOf(...nodes), sampled: true });
    const before = sampled(service('same', 10));
    expect(toldNodes(sampled(service('same', 1000), service('cron', 5)), before)).toEqual([]);
    expect(toldNodes(sampled(service('same', 10), service('cron', 50)), sampled(service('same', 60)))).toEqual([
      'new cron',
    ]);
  });

  it('count among the tests that are corrected together', () => {
    const many = Array.from({ length: 100 }, (_, n) => edge(`s${n}`, { calls: 100 }));
    expect(toldNodes(nodesOf(service('cron', 5)), nodesOf())).toEqual(['new cron']);
    expect(toldNodes({ ...mapOf(...many), nodes: [service('cron', 5)] }, mapOf(...many))).toEqual([]);
  });
});

it('tells more errors, not fewer, and not a difference that chance makes', () => {
  const before = mapOf(
    edge('x', { calls: 1000, failed: 5 }),
    edge('y', { calls: 1000, failed: 60 }),
    edge('z', { calls: 20 })
  );
  const now = mapOf(
    ...[edge('x', { calls: 1000, failed: 60 }), edge('y', { calls: 1000, failed: 5 })],
    edge('z', { calls: 20, failed: 2 })
  );
  expect(told(now, before)).toEqual(['more_errors x']);
});

it('does not call a rise of a thousandth trouble, however sure it is', () => {
  const before = mapOf(edge('x', { calls: 1e6, failed: 1000 }));
  expect(told(mapOf(edge('x', { calls: 1e6, failed: 2000 })), before)).toEqual([]);
});

it('tells slower by the buckets', () => {
  const fast = Array.from({ length: 200 }, (_, n) => 40 + (n % 20));
  const slow = fast.map((ms) => ms * 4);
  const before = mapOf(edge('x', { calls: 200, took: fast }));
  expect(told(mapOf(edge('x', { calls: 200, took: slow })), before)).toEqual(['slower x']);
  expect(told(before, mapOf(edge('x', { calls: 200, took: slow })))).toEqual([]);
  expect(told(before, before)).toEqual([]);
});

it('corrects for the number of edges: one in twenty of nothing is still nothing', () => {
  // Each on its own is below 0.05.
  const many = Array.from({ length: 100 }, (_, n) => n);
  const before = mapOf(...many.map((n) => edge(`s${n}`, { calls: 100, failed: 0 })));
  const now = mapOf(...many.map((n) => edge(`s${n}`, { calls: 100, failed: n === 0 ? 6 : 0 })));
  expect(told(mapOf(edge('s0', { calls: 100, failed: 6 })), mapOf(edge('s0', { calls: 100 })))).toEqual([
    'more_errors s0',
  ]);
  expect(told(now, before)).toEqual([]);
});

it('compares shares of samples, whose rates nobody knows', () => {
  const sampled = (...edges: MapEdge[]): ServiceMap => ({ ...mapOf(...edges), sampled: true });
  const before = sampled(edge('same', { calls: 10 }));
  // Ten times as many traces were picked: five calls among a thousand may well have been missed among ten.
  expect(told(sampled(edge('same', { calls: 1000 }), edge('x', { calls: 5 })), before)).toEqual([]);
});

it('finds nothing between a map and itself', () => {
  const calls = fc.record({
    calls: fc.integer({ min: 0, max: 5000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(calls, { maxLength: 20 }), (all) => {
      const map = mapOf(
        ...all.map(({ calls: n, share }, at) => edge(`s${at}`, { calls: n, failed: Math.floor(n * share) }))
      );
      expect(diffServiceMaps(map, map)).toMatchObject({ changes: [], missing: [] });
    })
  );
});

describe('rankBuckets', () => {
  const ordered = (...counts: number[]) => {
    let sum = 0;
    return counts.map((count, index) => ({
      le: index === counts.length - 1 ? Number.POSITIVE_INFINITY : index + 1,
      count: (sum += count),
    }));
  };

  it('is the Mann–Whitney test of the same values, ties and all', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 5 });
    const valuesOf = (all: readonly number[]) => all.flatMap((count, at) => Array.from({ length: count }, () => at));
    fc.assert(
      fc.property(counts, counts, (now, before) => {
        const [ours, theirs] = [valuesOf(now), valuesOf(before)];
        // Fewer may be counted exactly there, where no two values are equal.
        fc.pre(ours.length * theirs.length > 400 && new Set([...ours, ...theirs]).size > 1);
        const expected = mannWhitney(ours, theirs);
        const result = rankBuckets(ordered(...now), ordered(...before));
        expect(result?.p).toBeCloseTo(expected?.p ?? Number.NaN, 9);
        expect(result?.slower).toBeCloseTo((expected?.u ?? Number.NaN) / (ours.length * theirs.length), 9);
      })
    );
  });

  it('knows no difference between equal histograms, and nothing without spread or calls', () => {
    expect(rankBuckets(ordered(3, 4, 5), ordered(3, 4, 5))).toEqual({ p: 1, slower: 0.5 });
    expect(rankBuckets(ordered(3, 0), ordered(9, 0))).toBeUndefined();
    expect(rankBuckets([], ordered(9, 1))).toBeUndefined();
  });
});
