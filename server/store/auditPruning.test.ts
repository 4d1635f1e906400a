import type { Store } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleAudit } from './testing/samples.ts';

const HOUR = 3_600_000;

/** A row for each hour. */
async function append(store: Store, namespace: string, hours: readonly number[]): Promise<void> {
  await store.write(async (tx) => {
    for (const hour of hours) {
      await tx.audit.append(namespace, sampleAudit({ at: after(hour * HOUR), object: `hour ${hour}` }));
    }
  });
}

const cut = (store: Store, namespace: string, hour: number): Promise<boolean> =>
  store.write((tx) => tx.audit.cut(namespace, { before: after(hour * HOUR), now: after(100 * HOUR) }));

const prune = (store: Store, limit = 1000): Promise<number> => store.write((tx) => tx.audit.prune(limit));

async function objects({ read }: Store, namespace: string): Promise<readonly string[]> {
  return (await read.audit.list(namespace, {}, { limit: 100 })).items.map(({ object }) => object).toReversed();
}

describe.each(DATABASES)('pruning the audit on $name', (database) => {
  const opened = openForTests(database);

  it('gives up what is old, says so in the chain, and leaves a chain that verifies', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await append(store, namespace, [0, 1, 2, 3, 4]);
    expect(await cut(store, namespace, 0)).toBe(false);
    expect(await cut(store, namespace, 3)).toBe(true);
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 3, firstBadSeq: null });
    expect(await prune(store, 2)).toBe(2);
    expect(await prune(store, 2)).toBe(1);
    expect(await prune(store, 2)).toBe(0);
    expect(await objects(store, namespace)).toEqual(['hour 3', 'hour 4', 'audit']);
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 3, firstBadSeq: null });
    const [newest] = (await store.read.audit.list(namespace, {}, { limit: 1 })).items;
    expect(newest).toMatchObject({ seq: 6, actor: 'engine', action: 'pruneAudit', after: { upTo: 3 } });
  });

  it('goes on chaining and cutting, up to the very last row', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    for (let hour = 0; hour < 60; hour += 3) {
      await append(store, namespace, [hour, hour + 1, hour + 2]);
      await cut(store, namespace, hour);
      await prune(store);
      expect(await store.read.audit.verify(namespace)).toMatchObject({ ok: true });
    }
    // All of it is old by now, the notes of earlier cuts too.
    expect(await cut(store, namespace, 1000)).toBe(true);
    await prune(store);
    expect(await objects(store, namespace)).toEqual(['audit']);
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: true, rows: 1, firstBadSeq: null });
  });

  it('finds what is tampered with after a cut, and a cut that the chain does not state', async () => {
    const { store, database: raw } = opened();
    const namespace = freshNamespace();
    await append(store, namespace, [0, 1, 2, 3, 4, 5]);
    await cut(store, namespace, 2);
    await prune(store);
    const hash = async (seq: number) =>
      (await store.read.audit.list(namespace, {}, { limit: 100 })).items.find((row) => row.seq === seq)?.hash ?? '';
    const moved = await hash(4);
    await raw.execute(`update audit_anchors set seq = 4, hash = '${moved}' where namespace = '${namespace}'`);
    await prune(store);
    expect(await objects(store, namespace)).toEqual(['hour 4', 'hour 5', 'audit']);
    expect(await store.read.audit.verify(namespace)).toEqual({ ok: false, rows: 0, firstBadSeq: 4 });
  });

  it('keeps refusing the deletion of any other row', async () => {
    const { store, database: raw } = opened();
    const namespace = freshNamespace();
    await append(store, namespace, [0, 1, 2]);
    await cut(store, namespace, 1);
    const where = `where namespace = '${namespace}' and seq`;
    await expect(raw.execute(`delete from audit ${where} = 2`)).rejects.toThrow('audit rows are only ever added');
    await expect(raw.execute(`update audit set actor = actor ${where} = 1`)).rejects.toThrow('only ever added');
    await raw.execute(`delete from audit ${where} = 1`);
    expect(await store.read.audit.verify(namespace)).toMatchObject({ ok: true });
  });

  it('can be verified while it is pruned', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await append(
      store,
      namespace,
      Array.from({ length: 300 }, (_, hour) => hour)
    );
    const verdicts = await Promise.all([
      ...[50, 100, 150, 200].map(async (hour) => {
        await cut(store, namespace, hour);
        await prune(store);
        return { ok: true };
      }),
      ...Array.from({ length: 8 }, () => store.read.audit.verify(namespace)),
    ]);
    expect(verdicts.map(({ ok }) => ok)).toEqual(Array.from({ length: 12 }, () => true));
  });
});
