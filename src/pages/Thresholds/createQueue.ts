/**
 * Runs tasks with at most `width` at a time, in the order in which they came; one that is aborted while it waits never runs.
 * A page of a hundred rows must leave connections free for what the person does.
 */
export function createQueue(width: number) {
  let free = width;
  const waiting: Array<() => void> = [];
  const release = (): void => {
    const next = waiting.shift();
    // Handed over, not freed: whoever comes before the next one goes on would take it as well.
    if (next === undefined) {
      free += 1;
    } else {
      next();
    }
  };
  return async function run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (free > 0) {
      free -= 1;
    } else {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      release();
    }
  };
}
