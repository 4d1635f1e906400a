import { criticalPath } from './criticalPath.ts';
import { drawTrace, type DrawnSpan } from './drawTrace.fixture.ts';
import { setClocksRight } from './setClocksRight.ts';
import { operationOf } from './spanFields.ts';
import { EPOCH_NS, traceOf } from './testTrace.fixture.ts';

const MS = 1_000_000;
const parent: DrawnSpan = { id: 'p', from: 0, to: 60 * MS + 100_000, kind: 'server' };
const call: DrawnSpan = { id: 'call', parent: 'p', from: 3 * MS, to: 60 * MS + 800_000, kind: 'client' };

describe('setClocksRight', () => {
  it('takes what a coarse clock made too late as waited for, and counts it', () => {
    const { trace, settled, adjustments } = setClocksRight(drawTrace([parent, call]));
    expect([settled, adjustments]).toEqual([1, []]);
    expect(criticalPath(trace).sections.map(({ span }) => operationOf(trace, span))).toEqual(['p', 'call']);
  });

  it('does both for one trace, and says both', () => {
    const shop = { service: 'shop', kind: 'client' } as const;
    const { trace, settled, adjustments } = setClocksRight(
      traceOf([
        { id: '1', ...shop, kind: 'server', from: 0, to: 10.1 * MS },
        { id: '2', parent: '1', ...shop, from: 1 * MS, to: 10.8 * MS },
        { id: '3', parent: '2', service: 'bank', kind: 'server', from: 501.5 * MS, to: 502.5 * MS },
      ])
    );
    expect(settled).toBe(1);
    expect(adjustments).toMatchObject([{ service: 'bank', spans: 1, byNs: -496.45 * MS }]);
    expect(trace.notices.map(({ code }) => code)).toEqual(['time_precision', 'clock_skew']);
    expect([trace.epochNs, trace.durationNs]).toEqual([EPOCH_NS, 10.1 * MS]);
  });

  it('answers the very trace where no clock was wrong', () => {
    const right = drawTrace([parent]);
    expect(setClocksRight(right)).toEqual({ trace: right, adjustments: [], settled: 0 });
    expect(setClocksRight(right).trace).toBe(right);
  });
});
