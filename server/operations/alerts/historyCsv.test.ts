import { createTestStore, type TestStore } from '../../store/testing/createTestStore.ts';
import { after, sampleTransition } from '../../store/testing/samples.ts';
import type { PageRequest } from '../../store/page.ts';
import { historyCsv } from './historyCsv.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
  await store.write((tx) =>
    tx.history.append(
      'default',
      Array.from({ length: 2500 }, (_, n) => sampleTransition({ at: after(n), alertId: `a${n}` }))
    )
  );
});
afterAll(() => store.dispose());

/** Lines without the heading. */
async function rowsOf(limit: number, signal = new AbortController().signal): Promise<readonly string[]> {
  const list = (page: Parameters<typeof store.read.history.list>[2]) => store.read.history.list('default', {}, page);
  const [, ...rows] = (await historyCsv({ list, limit, signal })).trimEnd().split('\r\n');
  return rows;
}

it('ends with the oldest row, and says nothing more, when all have room', async () => {
  for (const limit of [2500, 100_000]) {
    const rows = await rowsOf(limit);
    expect(rows).toHaveLength(2500);
    expect(rows.at(-1)).toMatch(/^2026-01-01T00:00:00\.000Z,checkout,.*,fired,.*,a0$/);
  }
});

it.each([1, 1000, 2499])(
  'says in a row of its own that it ends after %i rows, and how to get the rest',
  async (limit) => {
    const rows = await rowsOf(limit);
    expect(rows).toHaveLength(limit + 1);
    const end = new Date(after(2500 - limit)).toISOString();
    expect(rows.at(-2)).toMatch(new RegExp(`^${end},checkout,.*,a${2500 - limit}$`));
    expect(rows.at(-1)).toBe(
      `${end},,,export_ended,,,,,,"This file ends here, after ${limit} rows, and older ones are missing: export again with an end (to) of ${end}.",,`
    );
  }
);

it('disarms texts that a spreadsheet would run, and leaves numbers numbers', async () => {
  const own = await createTestStore();
  const row = sampleTransition({ at: after(0), value: -2.5, summary: "-2+3+cmd|' /C calc'!A0", reason: '\t=1' });
  await own.write((tx) => tx.history.append('default', [row]));
  const list = (page: PageRequest) => own.read.history.list('default', {}, page);
  const csv = await historyCsv({ list, limit: 10, signal: new AbortController().signal });
  expect(csv).toContain(",'-2+3+cmd|' /C calc'!A0,");
  expect(csv).toMatch(/,-2\.5,[^,]*,'\t=1,/);
  await own.dispose();
});

it('stops when nobody waits for it any more', async () => {
  await expect(rowsOf(10, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});
