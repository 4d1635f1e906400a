import { createQueue } from './createQueue.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) {
    await Promise.resolve();
  }
};

describe('createQueue', () => {
  it('runs so many at a time and the rest in order', async () => {
    const run = createQueue(2);
    const { signal } = new AbortController();
    const started: number[] = [];
    const finish: Array<() => void> = [];
    const all = Promise.all(
      [0, 1, 2, 3].map((id) =>
        run(() => {
          started.push(id);
          return new Promise<number>((resolve) => finish.push(() => resolve(id)));
        }, signal)
      )
    );
    await settle();
    expect(started).toEqual([0, 1]);
    finish[1]?.();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    finish[0]?.();
    finish[2]?.();
    await settle();
    finish[3]?.();
    expect(await all).toEqual([0, 1, 2, 3]);
  });

  it('lets nobody in between the end of one and the next that waits', async () => {
    const run = createQueue(1);
    const { signal } = new AbortController();
    let running = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
    };
    const all = [run(task, signal), run(task, signal)];
    // Whenever it is that the first ends, somebody comes in that very moment.
    for (let i = 0; i < 30; i++) {
      await Promise.resolve();
      all.push(run(task, signal));
    }
    await Promise.all(all);
    expect(most).toBe(1);
  });

  it('goes on after a failure, and drops what was given up while it waited', async () => {
    const run = createQueue(1);
    const kept = new AbortController();
    const dropped = new AbortController();
    const task = jest.fn(() => Promise.resolve('ran'));
    const first = run(() => Promise.reject(new Error('broken')), kept.signal);
    const second = run(task, dropped.signal);
    const third = run(task, kept.signal);
    dropped.abort(new Error('gone'));
    await expect(first).rejects.toThrow('broken');
    await expect(second).rejects.toThrow('gone');
    await expect(third).resolves.toBe('ran');
    expect(task).toHaveBeenCalledTimes(1);
  });
});
