/**
 * Runs tasks with at most `width` at a time, in the order in which they came; one that is aborted while it waits never runs.
 * A page of a hundred rows must leave connections free for what the person does.
 */
export function createQueue(width: number) {
  let running = 0;
  const waiting: Array<() => void> = [];
  const release = (): void => {
    running -= 1;
    waiting.shift()?.();
  };
  return async function run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (running >= width) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      release();
    }
  };
}
