import { drawTrace, type DrawnSpan } from './drawTrace.fixture.ts';
import { operationTimes } from './operationTimes.ts';
import { createDraw, drawTree } from './pathOracle.fixture.ts';

const checkout = (charge: number): DrawnSpan[] => [
  { id: 'r', from: 0, to: 20 + charge, service: 'shop', name: 'checkout' },
  { id: 'a', parent: 'r', from: 10, to: 10 + charge, service: 'pay', name: 'charge', failed: charge > 100 },
];

describe('operationTimes', () => {
  it('adds up what spans of a service and operation took, over traces', () => {
    const rows = operationTimes([drawTrace(checkout(100)), drawTrace(checkout(300))]);
    expect(rows).toEqual([
      {
        ...{ service: 'pay', operation: 'charge', count: 2, errors: 1, traces: 2 },
        ...{ totalNs: 400, selfNs: 400, criticalNs: 400, pathShare: 400 / 440 },
        durationNs: { p50: 200, p95: 290, p99: 298 },
        criticalPerTraceNs: { p50: 200, p95: 290, p99: 298 },
      },
      {
        ...{ service: 'shop', operation: 'checkout', count: 2, errors: 0, traces: 2 },
        ...{ totalNs: 440, selfNs: 40, criticalNs: 40, pathShare: 40 / 440 },
        durationNs: { p50: 220, p95: 310, p99: 318 },
        criticalPerTraceNs: { p50: 20, p95: 20, p99: 20 },
      },
    ]);
  });

  it('tells the same operation of two services apart', () => {
    const rows = operationTimes([
      drawTrace([
        { id: 'a', from: 0, to: 5, service: 'x', name: 'get' },
        { id: 'b', parent: 'a', from: 0, to: 2, service: 'y', name: 'get' },
      ]),
    ]);
    expect(rows.map(({ service, criticalNs }) => `${service} ${criticalNs}`)).toEqual(['x 3', 'y 2']);
  });

  it('has nothing to say of no trace', () => {
    expect(operationTimes([])).toEqual([]);
    expect(operationTimes([drawTrace([])])).toEqual([]);
  });

  it('gives out each critical path once, and no more self time than there is', () => {
    const draw = createDraw(3);
    const traces = Array.from({ length: 300 }, () => drawTrace(drawTree({ draw, mostSpans: 9, longest: 9 })));
    const rows = operationTimes(traces);
    const roots = traces.map(({ startNs, endNs, roots: [root = 0] }) => (endNs[root] ?? 0) - (startNs[root] ?? 0));
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(rows.map(({ criticalNs }) => criticalNs))).toBe(sum(roots));
    expect(sum(rows.map(({ pathShare }) => pathShare))).toBeCloseTo(1);
    expect(rows.every(({ selfNs, totalNs, criticalNs }) => selfNs <= totalNs && criticalNs <= totalNs)).toBe(true);
  });
});
