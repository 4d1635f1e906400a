import fc from 'fast-check';
import { compileThreshold } from '../thresholds/compileThreshold.ts';
import { withDefaults } from '../thresholds/validateThreshold.ts';
import { epochMs, seconds } from '../units.ts';
import { backtest } from './backtest.ts';
import type { Rule } from './rule.ts';

const ruleWith = (rest: Partial<Rule> = {}): Rule => ({
  ...compileThreshold({
    ...withDefaults({ service: 'checkout', signal: 'latency_p95', warning: 1, critical: 2, for: seconds(10) }),
    ...{ id: 't1', namespace: 'default' },
  }),
  ...rest,
});
const STEP = 5000;
const series = (values: readonly number[]) => ({ times: values.map((_, index) => epochMs(index * STEP)), values });

describe('backtest', () => {
  it('counts how often and how long each level would have fired', () => {
    const { levels, episodes } = backtest(
      ruleWith({ keepFiringFor: seconds(0) }),
      series([0, 3, 3, 3, 3, 1.5, 0, 0, 1.5, 1.5, 1.5, 0])
    );
    expect(levels.map(({ level, count, total }) => [level.name, count, total])).toEqual([
      ['warning', 2, 15_000 + 5000],
      ['critical', 1, 10_000],
    ]);
    expect(episodes).toEqual([
      { level: 'warning', from: 15_000, to: 30_000 },
      { level: 'warning', from: 50_000, to: 55_000 },
      { level: 'critical', from: 15_000, to: 25_000 },
    ]);
  });

  it('ends what is still firing with the series, and has nothing to say of none', () => {
    expect(backtest(ruleWith(), series([3, 3, 3, 3])).episodes.map(({ to }) => to)).toEqual([15_000, 15_000]);
    expect(backtest(ruleWith(), series([]))).toMatchObject({
      episodes: [],
      levels: [{ count: 0, total: 0 }, { count: 0 }],
    });
  });

  it('sees a gap in time as no data, not as a straight line', () => {
    const gap = { times: [0, 5000, 60_000, 65_000, 70_000].map(epochMs), values: [3, 3, 3, 3, 3] };
    expect(backtest(ruleWith({ keepFiringFor: seconds(0) }), gap).episodes[0]?.from).toBe(70_000);
  });

  it('does not change the series that it is given', () => {
    const given = series([3, 0, 3]);
    const copy = structuredClone(given);
    backtest(ruleWith(), given);
    expect(given).toEqual(copy);
  });

  /**
   * The oracle says it without state: a level has fired at a point when the level was crossed at every point of the last `for`,
   * and it is still firing when that was so at some point since which it was never clear for all of `keepFiringFor`.
   */
  it('agrees with a definition that keeps no state', () => {
    const values = fc.array(fc.constantFrom(0, 1.5, 3, Number.NaN), { minLength: 1, maxLength: 40 });
    const points = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(values, points, points, (list, forPoints, keepPoints) => {
        const rule = ruleWith({ for: seconds(5 * forPoints), keepFiringFor: seconds(5 * keepPoints) });
        const { episodes } = backtest(rule, series(list));
        const firing = episodes
          .filter(({ level }) => level === 'warning')
          .flatMap(({ from, to }) => list.flatMap((_, i) => (i * STEP >= from && i * STEP < to ? [i] : [])));
        const last = list.length - 1;
        const expected = list.flatMap((_, i) => (isFiring(list, i, { forPoints, keepPoints }) ? [i] : []));
        // An episode that lasts to the end has no end of its own: its last point is the end of the series.
        expect(firing.filter((i) => i !== last)).toEqual(expected.filter((i) => i !== last));
      })
    );
  });
});

const isCrossed = (value: number | undefined): boolean => value !== undefined && value > 1;

function isFiring(
  list: readonly number[],
  at: number,
  { forPoints, keepPoints }: { forPoints: number; keepPoints: number }
): boolean {
  const held = (i: number): boolean => i - forPoints >= 0 && list.slice(i - forPoints, i + 1).every(isCrossed);
  const begin = list.slice(0, at + 1).findLastIndex((_, i) => held(i));
  if (begin === -1) {
    return false;
  }
  let clear = -1;
  for (let i = begin + 1; i <= at; i++) {
    clear = isCrossed(list[i]) ? -1 : clear + 1;
    if (clear >= keepPoints) {
      return false;
    }
  }
  return true;
}
