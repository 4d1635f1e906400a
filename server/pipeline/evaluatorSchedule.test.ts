import fc from 'fast-check';
import { epochMs, seconds } from '../../src/core/units.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createSchedule } from './evaluatorSchedule.ts';

const interval = seconds(5);

it('runs each key once per interval, whatever the keys', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 20 }), async (keys) => {
      const clock = createTestClock();
      const runs: string[] = [];
      const schedule = createSchedule({ clock, interval }, (key) => Promise.resolve(void runs.push(key)));
      schedule.set(keys);
      for (let i = 0; i < 3; i++) {
        clock.advance(interval);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(runs.toSorted()).toEqual([...keys, ...keys, ...keys].toSorted());
      expect(schedule.counts()).toEqual({ late: 0, missed: 0 });
      await schedule.stop();
    }),
    { numRuns: 20 }
  );
});

it('spreads keys over the interval, each at the same place every time', () => {
  const places = (start: number): Map<string, number> => {
    const clock = createTestClock(epochMs(start));
    const at = new Map<string, number>();
    const schedule = createSchedule({ clock, interval }, (key) => {
      at.set(key, clock.now() % interval);
      return Promise.resolve();
    });
    schedule.set(Array.from({ length: 100 }, (_, i) => `key ${i}`));
    clock.advance(interval);
    return at;
  };
  const first = places(1_700_000_000_000);
  expect(places(1_800_000_123_456)).toEqual(first);
  const perSecond = Map.groupBy(first.values(), (ms) => Math.floor(ms / 1000));
  expect(perSecond.size).toBe(5);
  expect(Math.max(...[...perSecond.values()].map((all) => all.length))).toBeLessThan(40);
});

it('counts what is missed while a run is still going, and starts no second one', async () => {
  const clock = createTestClock();
  let finish = (): void => undefined;
  let started = 0;
  const schedule = createSchedule({ clock, interval }, () => {
    started += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  schedule.set(['slow']);
  clock.advance(3 * interval);
  expect([started, schedule.counts()]).toEqual([1, { late: 0, missed: 2 }]);
  expect(schedule.counts(() => false)).toEqual({ late: 0, missed: 0 });
  finish();
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(interval);
  expect(started).toBe(2);
  finish();
  await schedule.stop();
});

it('counts a late start, and the times that a sleeping process did not keep', () => {
  let now = 1_700_000_000_000;
  let due: (() => void) | undefined;
  const clock = {
    now: () => epochMs(now),
    after: (ms: number, callback: () => void) => {
      void ms;
      due = callback;
      return () => undefined;
    },
  };
  const schedule = createSchedule({ clock, interval }, () => Promise.resolve());
  schedule.set(['a']);
  now += 4 * interval + 4000;
  due?.();
  const { late, missed } = schedule.counts();
  expect(late).toBe(1);
  expect(missed).toBeGreaterThanOrEqual(3);
});

it('runs once for a timer that fires a moment early', () => {
  let now = 1_700_000_000_000;
  const timers: Array<{ ms: number; callback: () => void }> = [];
  const clock = {
    now: () => epochMs(now),
    after: (ms: number, callback: () => void) => {
      timers.push({ ms, callback });
      return () => undefined;
    },
  };
  const schedule = createSchedule({ clock, interval }, () => Promise.resolve());
  schedule.set(['a']);
  const first = timers.shift();
  now += (first?.ms ?? 0) - 1;
  first?.callback();
  expect(timers.map(({ ms }) => ms)).toEqual([interval + 1]);
  expect(schedule.counts()).toEqual({ late: 0, missed: 0 });
});

it('drops what is no longer wanted', () => {
  const clock = createTestClock();
  const runs: string[] = [];
  const schedule = createSchedule({ clock, interval }, (key) => Promise.resolve(void runs.push(key)));
  schedule.set(['a', 'b']);
  schedule.set(['b']);
  clock.advance(interval);
  expect(runs).toEqual(['b']);
});
