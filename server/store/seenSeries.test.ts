import type { SeenSeries } from './seenSeriesRepository.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';

const series = (key: string, ruleId = 'r1'): SeenSeries => ({
  key,
  ruleId,
  labels: { service: 'checkout', pod: key },
  asked: `by ${ruleId}`,
});

describe.each(DATABASES)('seen series on $name', (database) => {
  const opened = openForTests(database);
  const save = (namespace: string, ...all: readonly SeenSeries[]) =>
    opened().store.write((tx) => tx.seenSeries.save(namespace, all));
  const list = async (namespace: string) =>
    (await opened().store.read.seenSeries.list(namespace)).toSorted((a, b) => a.key.localeCompare(b.key));

  it('are kept with their rule and labels, any number at once', async () => {
    const namespace = freshNamespace();
    const many = Array.from({ length: 250 }, (_, n) => series(String(n).padStart(3, '0')));
    await save(namespace, ...many);
    expect(await list(namespace)).toEqual(many);
    await save(namespace);
    expect(await list(namespace)).toHaveLength(250);
  });

  it('go to the rule that saw them last', async () => {
    const namespace = freshNamespace();
    await save(namespace, series('a'), series('b'));
    await save(namespace, series('a', 'r2'));
    expect(await list(namespace)).toEqual([series('a', 'r2'), series('b')]);
  });

  it('are forgotten in one namespace, and stay in another', async () => {
    const [one, other] = [freshNamespace(), freshNamespace()];
    await save(one, series('a'), series('b'));
    await save(other, series('a'));
    await opened().store.write((tx) => tx.seenSeries.forget(one, ['a', 'never there']));
    expect([await list(one), await list(other)]).toEqual([[series('b')], [series('a')]]);
  });
});
