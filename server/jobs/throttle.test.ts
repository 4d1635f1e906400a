import { seconds } from '../../src/core/units.ts';
import { createTestClock } from '../testing/testClock.ts';
import { createThrottle } from './throttle.ts';

it('does the first at once, and the last of many when the time has passed', () => {
  const clock = createTestClock();
  const started = clock.now();
  const done: number[] = [];
  const throttle = createThrottle({ clock, every: seconds(10) }, () => void done.push(clock.now() - started));
  throttle.ask();
  clock.advance(1000);
  throttle.ask();
  clock.advance(1000);
  throttle.ask();
  clock.advance(60_000);
  throttle.ask();
  clock.advance(0);
  expect(done).toEqual([0, 10_000, 62_000]);
  throttle.ask();
  throttle.stop();
  clock.advance(60_000);
  expect(done).toHaveLength(3);
});
