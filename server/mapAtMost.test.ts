import { mapAtMost } from './mapAtMost.ts';

it('works on so many at once, and keeps the order of the items', async () => {
  const waiting: Array<() => void> = [];
  let most = 0;
  const all = mapAtMost(2, ['a', 'b', 'c', 'd', 'e'], async (item) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      most = Math.max(most, waiting.length);
    });
    return item.toUpperCase();
  });
  while (waiting.length > 0) {
    // The one that began last ends first.
    waiting.pop()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await all).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(most).toBe(2);
});

it('fails with the first that fails', async () => {
  const failing = mapAtMost(3, [1, 2], (item) => Promise.reject(new Error(`no ${item}`)));
  await expect(failing).rejects.toThrow('no 1');
  expect(await mapAtMost(3, [], () => Promise.resolve(1))).toEqual([]);
});
