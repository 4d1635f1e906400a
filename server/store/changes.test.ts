import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';

const change = (id: string, topic = 'alerts') => ({ topic, id });

describe.each(DATABASES)('changes on $name', (database) => {
  const opened = openForTests(database);

  it('gives what came after a number, oldest first, of one namespace', async () => {
    const { store } = opened();
    const [one, two] = [freshNamespace(), freshNamespace()];
    const start = await store.read.changes.newest(one);
    await store.write((tx) => tx.changes.append(one, [change('a'), change('b')]));
    await store.write((tx) => tx.changes.append(two, [change('hidden')]));
    await store.write((tx) => tx.changes.append(one, [change('', 'thresholds')]));
    const all = await store.read.changes.since(one, start);
    expect(all.changes.map(({ topic, id }) => [topic, id])).toEqual([
      ['alerts', 'a'],
      ['alerts', 'b'],
      ['thresholds', ''],
    ]);
    const second = all.changes[1]?.seq ?? 0;
    const later = await store.read.changes.since(one, second);
    expect(later.changes).toEqual(all.changes.slice(2));
    expect(later.newest).toBe(all.changes[2]?.seq);
    expect(await store.read.changes.newest(one)).toBe(later.newest);
  });

  it('answers at most 1,000 at a time', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const start = await store.read.changes.newest(namespace);
    const many = Array.from({ length: 1001 }, (_, i) => change(String(i)));
    await store.write((tx) => tx.changes.append(namespace, many));
    const first = await store.read.changes.since(namespace, start);
    expect(first.changes).toHaveLength(1000);
    const rest = await store.read.changes.since(namespace, first.changes.at(-1)?.seq ?? 0);
    expect(rest.changes.map(({ id }) => id)).toEqual(['1000']);
  });

  it('tells listeners once per commit and namespace, after the commit, until they leave', async () => {
    const { store } = opened();
    const [one, two] = [freshNamespace(), freshNamespace()];
    const heard: string[] = [];
    const leave = store.read.changes.onCommit((namespace) => heard.push(namespace));
    const mine = () => heard.filter((namespace) => namespace === one || namespace === two);
    await store.write(async (tx) => {
      await tx.changes.append(one, [change('a')]);
      await tx.changes.append(one, [change('b')]);
      await tx.changes.append(two, [change('c')]);
      await tx.changes.append(freshNamespace(), []);
      expect(mine()).toEqual([]);
    });
    expect(mine()).toEqual([one, two]);
    await expect(
      store.write(async (tx) => {
        await tx.changes.append(one, [change('d')]);
        throw new Error('no');
      })
    ).rejects.toThrow('no');
    expect(mine()).toEqual([one, two]);
    leave();
    await store.write((tx) => tx.changes.append(one, [change('e')]));
    expect(mine()).toEqual([one, two]);
  });

  it('keeps a commit whose listener fails, and tells the others', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const warnings: string[] = [];
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation((warning) => {
      warnings.push(String(warning));
    });
    const heard: string[] = [];
    const leave = [
      store.read.changes.onCommit(() => {
        throw new Error('listener broke');
      }),
      store.read.changes.onCommit((changed) => heard.push(changed)),
    ];
    await store.write((tx) => tx.changes.append(namespace, [change('a')]));
    leave.forEach((go) => go());
    warn.mockRestore();
    expect(heard).toContain(namespace);
    expect(warnings).toContain('A listener for changes failed: listener broke');
  });

  it('prunes to the newest rows of the database and says from where on it knows', async () => {
    const { store } = opened();
    const [busy, quiet] = [freshNamespace(), freshNamespace()];
    await store.write((tx) => tx.changes.append(busy, [change('1'), change('2'), change('3'), change('4')]));
    const newest = await store.read.changes.newest(busy);
    await store.write((tx) => tx.changes.prune(2, 10_000));
    const kept = await store.read.changes.since(busy, 0);
    expect(kept.changes.map(({ id }) => id)).toEqual(['3', '4']);
    expect(kept.oldest).toBe(newest - 1);
    // A namespace without changes can start from its newest and has then lost nothing.
    const start = await store.read.changes.newest(quiet);
    const { changes, oldest, newest: last } = await store.read.changes.since(quiet, start);
    expect(changes).toEqual([]);
    expect(start).toBeGreaterThanOrEqual(oldest - 1);
    expect(last).toBe(start);
    await store.write((tx) => tx.changes.prune(0, 10_000));
    expect(await store.read.changes.newest(busy)).toBe(newest);
  });

  it('numbers in the order of the commits, also with many writers at once', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    let last = await store.read.changes.newest(namespace);
    const start = last;
    const seen: string[] = [];
    const reads: Array<Promise<void>> = [];
    const leave = store.read.changes.onCommit(() => {
      reads.push(
        (reads.at(-1) ?? Promise.resolve()).then(async () => {
          const found = await store.read.changes.since(namespace, last);
          last = found.changes.at(-1)?.seq ?? last;
          seen.push(...found.changes.map(({ id }) => id));
        })
      );
    });
    const ids = Array.from({ length: 30 }, (_, i) => `c${i}`);
    await Promise.all(ids.map((id) => store.write((tx) => tx.changes.append(namespace, [change(id)]))));
    await Promise.all(reads);
    leave();
    expect(seen.toSorted()).toEqual(ids.toSorted());
    const all = await store.read.changes.since(namespace, start);
    expect(seen).toEqual(all.changes.map(({ id }) => id));
  });
});
