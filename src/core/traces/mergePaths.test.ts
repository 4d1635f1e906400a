import { drawTrace, type DrawnSpan } from './drawTrace.fixture.ts';
import { mergePaths, type MergedPaths } from './mergePaths.ts';
import { operationTimes } from './operationTimes.ts';
import { createDraw, drawTree } from './pathOracle.fixture.ts';

const lines = ({ paths }: MergedPaths): string[] =>
  paths.map(
    ({ depth, service, operation, count, traces, total, self, critical }) =>
      `${'. '.repeat(depth)}${service}/${operation} ×${count} in ${traces}: ${total.sumNs} ${self.sumNs} ${critical.sumNs}`
  );

const calls = (...charges: readonly number[]): DrawnSpan[] => [
  { id: 'r', from: 0, to: 1000, name: 'checkout' },
  ...charges.map((took, i) => ({ id: `c${i}`, parent: 'r', from: i * 100, to: i * 100 + took, name: 'charge' })),
  { id: 'q', parent: 'r', from: 900, to: 950, name: 'query' },
  { id: 'under', parent: 'q', from: 900, to: 910, name: 'charge' },
];

describe('mergePaths', () => {
  it('joins spans to which the same operations lead, and no others', () => {
    expect(lines(mergePaths([drawTrace(calls(10, 20)), drawTrace(calls(50))]))).toEqual([
      'shop/checkout ×2 in 2: 2000 1820 1820',
      '. shop/query ×2 in 2: 100 80 80',
      '. . shop/charge ×2 in 2: 20 20 20',
      '. shop/charge ×3 in 2: 80 80 80',
    ]);
  });

  it('gives percentiles per trace, over the traces that have the path', () => {
    const { paths } = mergePaths([drawTrace(calls(10, 20)), drawTrace(calls(50)), drawTrace(calls())]);
    const charge = paths.find(({ operation, depth }) => operation === 'charge' && depth === 1);
    expect(charge).toMatchObject({ traces: 2, critical: { sumNs: 80, p50Ns: 40, p95Ns: 49 } });
  });

  it('gives the same sums as by operation, in a tree whose parts fit', () => {
    const draw = createDraw(5);
    const traces = Array.from({ length: 200 }, () =>
      drawTrace(drawTree({ draw, mostSpans: 9, longest: 9 }).map((span) => ({ ...span, name: `op${draw(3)}` })))
    );
    const { paths } = mergePaths(traces);
    const byOperation = operationTimes(traces);
    for (const { operation, criticalNs, selfNs, count, errors } of byOperation) {
      const own = paths.filter((path) => path.operation === operation);
      const sum = (of: (path: (typeof paths)[number]) => number): number =>
        own.reduce((total, one) => total + of(one), 0);
      expect([sum((one) => one.critical.sumNs), sum((one) => one.self.sumNs)]).toEqual([criticalNs, selfNs]);
      expect([sum((one) => one.count), sum((one) => one.errors)]).toEqual([count, errors]);
    }
    const keys = paths.map(({ parent, service, operation }) => `${parent} ${service} ${operation}`);
    expect(new Set(keys).size).toBe(keys.length);
    paths.forEach(({ parent, depth, subtreeEnd }, i) => {
      expect(parent).toBeLessThan(i);
      expect(depth).toBe(parent === -1 ? 0 : (paths[parent]?.depth ?? -9) + 1);
      expect(paths.slice(i + 1, subtreeEnd).every((below) => below.depth > depth)).toBe(true);
      expect(paths[subtreeEnd]?.depth ?? 0).toBeLessThanOrEqual(depth);
    });
  });

  it('takes a chain of 100,000', () => {
    const size = 100_000;
    const chain = Array.from({ length: size }, (_, i) => ({
      ...{ id: `s${i}`, name: 'step', from: i, to: 2 * size - i },
      ...(i === 0 ? {} : { parent: `s${i - 1}` }),
    }));
    expect(mergePaths([drawTrace(chain)]).paths.at(-1)).toMatchObject({ depth: size - 1, operation: 'step' });
  });
});
