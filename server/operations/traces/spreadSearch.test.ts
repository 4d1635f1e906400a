import fc from 'fast-check';
import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { epochMs } from '../../../src/core/units.ts';
import { partsOf, spreadSearch } from './spreadSearch.ts';

const windowOf = (length: number): TimeWindow => ({
  from: epochMs(1_700_000_000_500),
  to: epochMs(1_700_000_000_500 + length),
});

it('cuts a window into at most ten parts that leave nothing out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000_000 }), fc.integer({ min: 1, max: 20 }), (length, most) => {
      const window = windowOf(length);
      const parts = partsOf(window, most);
      expect(parts.length).toBeGreaterThanOrEqual(1);
      expect(parts.length).toBeLessThanOrEqual(Math.min(10, most));
      expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([window.from, window.to]);
      parts.slice(1).forEach(({ from }, index) => expect(from).toBe(parts[index]?.to));
      expect(parts.length === 1 || parts.every(({ from, to }) => to - from >= 999)).toBe(true);
    })
  );
});

it('takes its share of each part, each trace once, and says whether there is more', async () => {
  const asked: Array<readonly [number, number]> = [];
  const window = windowOf(100_000);
  const answer = await spreadSearch({ window, limit: 20 }, async ({ from }, limit) => {
    const part = (from - window.from) / 10_000;
    asked.push([part, limit]);
    // The third is full; one trace reaches from the first into the second.
    return part === 2 ? [{ traceId: 'x' }, { traceId: 'y' }] : part < 2 ? [{ traceId: 'both' }] : [];
  });
  expect(asked).toEqual(Array.from({ length: 10 }, (_, part) => [part, 2]));
  expect(answer).toEqual({ items: [{ traceId: 'both' }, { traceId: 'x' }, { traceId: 'y' }], more: true });
  expect((await spreadSearch({ window, limit: 20 }, async () => [])).more).toBe(false);
});

it('fails as a whole where a part fails', async () => {
  const failing = spreadSearch({ window: windowOf(60_000), limit: 20 }, async ({ from }) => {
    if (from > windowOf(0).from) {
      throw new Error('Tempo is away');
    }
    return [];
  });
  await expect(failing).rejects.toThrow('Tempo is away');
});
