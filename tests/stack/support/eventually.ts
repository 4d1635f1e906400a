const EVERY_MS = 100;

/** A turn of polling; tests never wait for a fixed time and hope. */
export const nextLook = (ms: number = EVERY_MS): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Looks again and again until there is something.
 * @param within ms
 * @throws Error saying what was waited for, and what the last look threw
 */
export async function eventually<T>(what: string, within: number, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined) {
        return found;
      }
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${within / 1000} s in vain for: ${what}.`, { cause: last });
    }
    await nextLook();
  }
}
