/**
 * `Promise.all` over items of which at most `atOnce` are worked on at the same time; what comes of them is in their order. It rejects
 * with the first that fails.
 */
export async function mapAtMost<T, R>(
  atOnce: number,
  items: readonly T[],
  work: (item: T) => Promise<R>
): Promise<R[]> {
  const done: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      done[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}
