import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, START } from './testing/samples.ts';

describe.each(DATABASES)('seen requests on $name', (database) => {
  const opened = openForTests(database);
  const add = (namespace: string, hash: string, until = START) =>
    opened().store.write((tx) => tx.seenRequests.add(namespace, { hash, until }));

  it('know a request by its namespace and hash', async () => {
    const [one, other] = [freshNamespace(), freshNamespace()];
    expect(await add(one, 'a')).toBe(true);
    expect(await add(one, 'a', after(1))).toBe(false);
    expect(await add(one, 'b')).toBe(true);
    expect(await add(other, 'a')).toBe(true);
  });

  it('let one of two in that come at the same time', async () => {
    const namespace = freshNamespace();
    const answers = await Promise.all([add(namespace, 'a'), add(namespace, 'a'), add(namespace, 'a')]);
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('forget what was not committed', async () => {
    const namespace = freshNamespace();
    const failed = opened().store.write(async (tx) => {
      expect(await tx.seenRequests.add(namespace, { hash: 'a', until: START })).toBe(true);
      throw new Error('disk full');
    });
    await expect(failed).rejects.toThrow('disk full');
    expect(await add(namespace, 'a')).toBe(true);
  });

  it('go in steps when their time is over, the oldest first', async () => {
    const namespace = freshNamespace();
    const prune = (limit: number) => opened().store.write((tx) => tx.seenRequests.prune(after(10_000), limit));
    while ((await prune(100)) > 0) {
      // Of the other tests.
    }
    for (const n of [3, 1, 2, 10_000]) {
      await add(namespace, String(n), after(n));
    }
    expect([await prune(2), await prune(2), await prune(2)]).toEqual([2, 1, 0]);
    expect([await add(namespace, '3'), await add(namespace, '10000')]).toEqual([true, false]);
  });
});
