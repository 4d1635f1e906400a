import { createTestClock } from '../testing/testClock.ts';
import { createWakeLoop } from './wakeLoop.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createWakeLoop', () => {
  it('looks at the start, at the time it named, and when woken', async () => {
    const clock = createTestClock();
    const look = jest.fn(() => Promise.resolve(5000));
    const loop = createWakeLoop({ clock, look, onError: () => 1 });
    loop.start();
    await turn();
    expect(look).toHaveBeenCalledTimes(1);
    clock.advance(4999);
    await turn();
    expect(look).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await turn();
    expect(look).toHaveBeenCalledTimes(2);
    loop.wake();
    await turn();
    expect(look).toHaveBeenCalledTimes(3);
    await loop.stop();
    clock.advance(60_000);
    loop.wake();
    await turn();
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('looks once more for any number of calls during a look, and never twice at a time', async () => {
    let looking = 0;
    let most = 0;
    const look = jest.fn(async () => {
      looking += 1;
      most = Math.max(most, looking);
      await turn();
      looking -= 1;
      return 1000;
    });
    const loop = createWakeLoop({ clock: createTestClock(), look, onError: () => 1 });
    loop.start();
    loop.wake();
    loop.wake();
    for (const _ of [1, 2, 3, 4, 5]) {
      await turn();
    }
    expect([look.mock.calls.length, most]).toEqual([2, 1]);
    await loop.stop();
  });

  it('goes on after a look that failed', async () => {
    const clock = createTestClock();
    const errors: unknown[] = [];
    const look = jest.fn<Promise<number>, []>().mockRejectedValueOnce(new Error('disk')).mockResolvedValue(9);
    const loop = createWakeLoop({ clock, look, onError: (error) => errors.push(error) && 1000 });
    loop.start();
    await turn();
    clock.advance(1000);
    await turn();
    expect([look.mock.calls.length, errors.length]).toEqual([2, 1]);
    await loop.stop();
  });
});
