import { criticalPath } from '../criticalPath.ts';
import { traceOf } from '../testTrace.fixture.ts';
import { drawnStretches } from './drawnStretches.ts';
import { indexPath, isOnPath, pathStretches } from './pathIndex.ts';

/** Kinds are not said, so that nothing counts as asynchronous. */
const TRACE = traceOf([
  { id: '1', from: 0, to: 100, kind: 'unspecified' },
  { id: '2', parent: '1', from: 10, to: 60, kind: 'unspecified' },
  { id: '3', parent: '2', from: 20, to: 40, kind: 'unspecified' },
  { id: '4', parent: '1', from: 15, to: 50, kind: 'unspecified' },
  { id: '5', parent: '1', from: 60, to: 90, kind: 'unspecified' },
]);
const INDEX = indexPath(TRACE, criticalPath(TRACE));
const at = (id: string): number => TRACE.spanIds.indexOf(id.padStart(16, '0'));
const times = (id: string, below: boolean): Array<[number, number]> =>
  pathStretches(INDEX, at(id), below).map(({ startNs, endNs }) => [startNs, endNs]);

describe('indexPath', () => {
  it('knows the sections that are a span’s own', () => {
    expect(times('1', false)).toEqual([
      [0, 10],
      [90, 100],
    ]);
    expect(times('2', false)).toEqual([
      [10, 20],
      [40, 60],
    ]);
    expect(INDEX.ownNs[at('2')]).toBe(30);
  });

  it('knows those of all below it', () => {
    expect(times('2', true)).toEqual([
      [10, 20],
      [20, 40],
      [40, 60],
    ]);
    expect(times('1', true).flat().at(-1)).toBe(100);
  });

  it('knows what is not on the path', () => {
    expect(isOnPath(INDEX, at('4'))).toBe(false);
    expect(times('4', true)).toEqual([]);
    expect(isOnPath(INDEX, at('5'))).toBe(true);
  });
});

describe('drawnStretches', () => {
  const view = { fromNs: 0, toNs: 1000 };

  it('joins what would touch on the screen', () => {
    const stretches = [
      { startNs: 0, endNs: 100 },
      { startNs: 101, endNs: 200 },
      { startNs: 500, endNs: 600 },
    ];
    expect(drawnStretches(stretches, view, 100)).toEqual([
      { left: 0, width: 0.2, covered: 0.995 },
      { left: 0.5, width: 0.09999999999999998, covered: 1 },
    ]);
    expect(drawnStretches(stretches, view, 100_000)).toHaveLength(3);
  });

  it('cuts at the edges and leaves out what is beyond', () => {
    const stretches = [
      { startNs: -500, endNs: -10 },
      { startNs: -100, endNs: 250 },
      { startNs: 2000, endNs: 3000 },
    ];
    expect(drawnStretches(stretches, view, 100)).toEqual([{ left: 0, width: 0.25, covered: 1 }]);
  });

  it('knows how little many short ones cover', () => {
    const short = Array.from({ length: 1000 }, (_, i) => ({ startNs: i, endNs: i + 0.1 }));
    const [piece, another] = drawnStretches(short, view, 100);
    expect(another).toBeUndefined();
    expect(piece?.covered).toBeCloseTo(0.1, 3);
  });

  it('never draws more pieces than there are pixels', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({ startNs: i / 100, endNs: i / 100 + 0.001 }));
    expect(drawnStretches(many, view, 300).length).toBeLessThanOrEqual(301);
  });
});
