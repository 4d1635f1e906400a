import { asyncReason } from './blocking.ts';
import { coarseOverhangs, settleCoarseClocks } from './coarseClocks.ts';
import { criticalPath } from './criticalPath.ts';
import { drawTrace, spanAt, type DrawnSpan } from './drawTrace.fixture.ts';
import { operationOf } from './spanFields.ts';
import type { Trace } from './trace.ts';

const ms = 1_000_000;
const parent: DrawnSpan = { id: 'p', from: 0, to: 60 * ms + 100_000, kind: 'server' };
const call: DrawnSpan = { id: 'call', parent: 'p', from: 3 * ms, to: 60 * ms + 800_000, kind: 'client' };
const below: DrawnSpan = { id: 'below', parent: 'call', from: 5 * ms, to: 60 * ms + 700_000, kind: 'server' };
const onPath = (trace: Trace): string[] => criticalPath(trace).sections.map(({ span }) => operationOf(trace, span));

describe('settleCoarseClocks', () => {
  const trace = drawTrace([parent, call, below]);

  it('takes a child as waited for that ends after its parent by less than the clock can tell', () => {
    expect(onPath(trace)).toEqual(['p']);
    const settled = settleCoarseClocks(trace);
    expect(onPath(settled)).toEqual(['p', 'call', 'below']);
    expect([...settled.endNs]).toEqual([60 * ms + 100_000, 60 * ms + 100_000, 60 * ms + 100_000]);
    expect(settled.durationNs).toBe(60 * ms + 100_000);
    expect(settled.notices.slice(trace.notices.length)).toEqual([
      {
        code: 'time_precision',
        message:
          'One span ends up to 700 µs after the parent, which is less than the precision of its clock: the end was set to that of the parent.',
        count: 1,
        spanIds: [trace.spanIds[1]],
      },
    ]);
  });

  it('leaves the trace given as it was', () => {
    const before = structuredClone(trace);
    settleCoarseClocks(trace);
    expect(trace).toEqual(before);
  });

  it.each([
    ['the clock tells more', drawTrace([{ ...parent, from: 1000 }, call, below])],
    ['it ends later than the clock can tell', drawTrace([parent, { ...call, to: 61 * ms + 200_000 }, below])],
    ['nothing ends later', drawTrace([parent, { ...call, to: 60 * ms }])],
    ['there is no span', drawTrace([])],
  ])('changes nothing where %s', (_name, other) => {
    expect(settleCoarseClocks(other)).toBe(other);
  });

  it('leaves what goes on far longer asynchronous, also below what it settles', () => {
    const late = { id: 'late', parent: 'call', from: 4 * ms, to: 900 * ms };
    const settled = settleCoarseClocks(drawTrace([parent, call, below, late]));
    expect(asyncReason(settled, spanAt(settled, 'late'))).toBe('outlives');
    expect(coarseOverhangs(settled).spans).toEqual([]);
  });
});
