import fc from 'fast-check';
import { TRANSITION_KINDS } from '../../src/core/alerts/transition.ts';
import type { HistoryFilter, StoredTransition } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleTransition, START } from './testing/samples.ts';

const withoutSeq = ({ seq, ...rest }: StoredTransition) => rest;

describe.each(DATABASES)('history on $name', (database) => {
  const opened = openForTests(database);

  it('gives back what was appended, newest first', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const rows = [
      sampleTransition({ at: after(1), from: null, value: null, detail: {} }),
      sampleTransition({ at: after(3), kind: 'resolved', to: 'resolved' }),
      sampleTransition({ at: after(2), detail: { receiver: 'demo-inbox', error: 'no "answer"' } }),
    ];
    await store.write((tx) => tx.history.append(namespace, rows));
    const { items, next } = await store.read.history.list(namespace, {}, { limit: 10 });
    expect(items.map(withoutSeq)).toEqual([rows[1], rows[2], rows[0]]);
    expect(next).toBeNull();
    expect(await store.read.history.beginsAt(namespace)).toBe(after(1));
    expect(await store.read.history.beginsAt(freshNamespace())).toBeNull();
  });

  it('filters by time (both ends included), service, rule, actor, alert and kind', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await store.write((tx) =>
      tx.history.append(namespace, [
        sampleTransition({ summary: 'a', at: after(0) }),
        sampleTransition({ summary: 'b', at: after(10), service: 'cart' }),
        sampleTransition({ summary: 'c', at: after(20), ruleId: 'r2' }),
        sampleTransition({ summary: 'd', at: after(30), actor: 'ada', kind: 'acknowledged' }),
        sampleTransition({ summary: 'e', at: after(40), alertId: 'other', kind: 'resolved' }),
      ])
    );
    const found = async (filter: HistoryFilter) =>
      (await store.read.history.list(namespace, filter, { limit: 10 })).items.map((row) => row.summary).join('');
    expect(await found({ from: after(10), to: after(30) })).toBe('dcb');
    expect(await found({ service: 'cart' })).toBe('b');
    expect(await found({ ruleId: 'r2' })).toBe('c');
    expect(await found({ actor: 'ada' })).toBe('d');
    expect(await found({ alertId: 'other' })).toBe('e');
    expect(await found({ kinds: ['acknowledged', 'resolved'] })).toBe('ed');
    expect(await found({ kinds: [] })).toBe('edcba');
    expect(await found({ actor: 'ada', service: 'cart' })).toBe('');
  });

  it('holds texts of any length and characters, and finds them', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const long = Array.from({ length: 2048 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * i * 7919) % 20_000))).join(
      ''
    );
    const row = sampleTransition({ service: long, ruleId: long, actor: long, reason: 'long' });
    await store.write((tx) => tx.history.append(namespace, [row, { ...row, service: `${long}!`, reason: 'longer' }]));
    const { items } = await store.read.history.list(
      namespace,
      { service: long, ruleId: long, actor: long },
      { limit: 9 }
    );
    expect(items.map(withoutSeq)).toEqual([row]);
  });

  it('pages through every row exactly once, also while more is appended', async () => {
    const { store } = opened();
    const property = fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 45 }),
      async (times, limit) => {
        const namespace = freshNamespace();
        const rows = times.map((at, i) => sampleTransition({ at: after(at), summary: `row ${i}` }));
        await store.write((tx) => tx.history.append(namespace, rows));
        const seen: StoredTransition[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.read.history.list(namespace, {}, { limit, cursor });
          seen.push(...page.items);
          expect(seen.length).toBeLessThanOrEqual(rows.length);
          cursor = page.next ?? undefined;
          await store.write((tx) =>
            tx.history.append(namespace, [sampleTransition({ at: after(99), summary: 'late' })])
          );
        } while (cursor !== undefined);
        const expected = rows.map((row, i) => ({ row, i })).toSorted((a, b) => b.row.at - a.row.at || b.i - a.i);
        expect(seen.map(withoutSeq)).toEqual(expected.map(({ row }) => row));
      }
    );
    await fc.assert(property, { numRuns: 25 });
  });

  it('refuses a cursor of another list', async () => {
    const { store } = opened();
    const cursor = Buffer.from('["x",1]').toString('base64url');
    await expect(store.read.history.list('default', {}, { limit: 5, cursor })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('prunes what is older, in every namespace, at most as much as asked', async () => {
    const { store } = opened();
    const [one, two] = [freshNamespace(), freshNamespace()];
    const rows = [-3, -2, -1, 0].map((ms) => sampleTransition({ at: after(ms), summary: String(ms) }));
    await store.write(async (tx) => {
      await tx.history.append(one, rows);
      await tx.history.append(two, rows);
      await tx.history.prune(START, 0);
    });
    const left = async (namespace: string) =>
      (await store.read.history.list(namespace, {}, { limit: 9 })).items.map((row) => Number(row.summary));
    expect(await store.write((tx) => tx.history.prune(after(-1), 3))).toBe(3);
    expect([...(await left(one)), ...(await left(two))]).toHaveLength(5);
    expect(await store.write((tx) => tx.history.prune(START, 100))).toBe(3);
    expect(await left(one)).toEqual([0]);
    expect(await left(two)).toEqual([0]);
  });

  it('takes every kind of transition, and many rows at once', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const rows = Array.from({ length: 321 }, (_, i) =>
      sampleTransition({ at: after(i), kind: TRANSITION_KINDS[i % TRANSITION_KINDS.length] ?? 'fired' })
    );
    await store.write((tx) => tx.history.append(namespace, rows));
    const { items } = await store.read.history.list(namespace, {}, { limit: 1000 });
    expect(items.map(withoutSeq)).toEqual(rows.toReversed());
  });
});
