import fc from 'fast-check';
import { levelStep, moveLevel, rangeOf, roomAbove, type Levels } from './levelScale.ts';

const MIB = 1024 ** 2;

describe('levelStep', () => {
  it.each([
    [1, 'seconds', 0.01],
    [1.3, 'seconds', 0.02],
    [0.08, 'ratio', 0.001],
    [250, 'count', 5],
    [600 * MIB, 'bytes', 10 * MIB],
    [900, 'bytes', 10],
    [0, 'seconds', 1],
  ] as const)('of 0 to %d %s is %d', (max, unit, step) => {
    expect(levelStep({ min: 0, max }, unit)).toBe(step);
  });

  it('looks at the span, not at where it lies', () => {
    expect(levelStep({ min: -50, max: 50 }, 'none')).toBe(1);
  });
});

it('leaves room above the highest level, and seldom another', () => {
  expect([0.8, 0.84, 0.86, 1, 1.31, 250, 0, -3].map(roomAbove)).toEqual([1, 1, 1, 1.5, 2, 300, 1, 1]);
});

const scale = { min: 0, max: 1 };
const mover = (levels: Levels, direction: 'above' | 'below' = 'above') =>
  ({ levels, direction, scale, unit: 'seconds' }) as const;

describe('rangeOf', () => {
  it('keeps warning on the near side of critical, whichever that is', () => {
    const both = { warning: 0.5, critical: 0.8 };
    expect(rangeOf('warning', mover(both))).toEqual({ min: 0, max: 0.79 });
    expect(rangeOf('critical', mover(both))).toEqual({ min: 0.51, max: 1 });
    const down = { warning: 0.3, critical: 0.2 };
    expect(rangeOf('warning', mover(down, 'below'))).toEqual({ min: 0.21, max: 1 });
    expect(rangeOf('critical', mover(down, 'below'))).toEqual({ min: 0, max: 0.29 });
  });

  it('is the whole scale for a level that is alone', () => {
    expect(rangeOf('critical', mover({ warning: null, critical: 0.8 }))).toEqual(scale);
  });
});

describe('moveLevel', () => {
  it('lands on a number that people would write', () => {
    expect(moveLevel('warning', 0.123456, mover({ warning: 0.5, critical: 0.8 }))).toBe(0.12);
    expect(moveLevel('critical', 7, mover({ warning: 0.5, critical: 0.8 }))).toBe(1);
    expect(moveLevel('critical', 0.1, mover({ warning: 0.5, critical: 0.8 }))).toBe(0.51);
  });

  it('never leaves its range, nor passes the other level', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.constantFrom('above' as const, 'below' as const),
        (value, other, direction) => {
          const critical = moveLevel('critical', value, mover({ warning: other, critical: null }, direction));
          expect(direction === 'above' ? critical > other : critical < other).toBe(true);
          expect(critical).toBeGreaterThanOrEqual(0);
          expect(critical).toBeLessThanOrEqual(1);
        }
      )
    );
  });
});
