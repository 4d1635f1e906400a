import type { TransitionKind } from '../../src/core/alerts/transition.ts';
import type { AlertFilter } from './store.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import { after, sampleAlert, sampleTransition, START } from './testing/samples.ts';

const line = (alertId: string, at: number, rest: Partial<Parameters<typeof sampleTransition>[0]> = {}) =>
  sampleTransition({ alertId, at: after(at), ...rest });

describe.each(DATABASES)('what a count over time reads, on $name', (database) => {
  const opened = openForTests(database);

  it('finds the alerts that can have been open since a time: the open ones, and those that ended later', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const ended = (id: string, at: number) =>
      sampleAlert({ namespace, id, fingerprint: id, state: 'resolved', resolvedAt: after(at) });
    await store.write((tx) =>
      tx.alerts.save([
        sampleAlert({ namespace, id: 'open', fingerprint: 'f1', startsAt: after(3) }),
        ...[ended('before', 9), ended('then', 10), ended('later', 11), ended('last', 12)],
      ])
    );
    const during = async (limit: number) =>
      (await store.read.alerts.during(namespace, { from: after(10), filter: {}, limit })).map(({ id }) => id);
    expect(await during(10)).toEqual(['open', 'last', 'later', 'then']);
    expect(await during(2)).toEqual(['open', 'last', 'later']);
    const begunBy = async (to: number) =>
      (await store.read.alerts.during(namespace, { from: after(10), to: after(to), filter: {}, limit: 9 })).length;
    expect([await begunBy(2), await begunBy(3)]).toEqual([3, 4]);
    expect((await store.read.alerts.during(namespace, { from: START, filter: {}, limit: 1 }))[0]).toEqual({
      ...{ id: 'open', state: 'firing', severity: 'critical', service: 'checkout', source: 'pharos' },
      ...{ startsAt: after(3), resolvedAt: null },
    });
  });

  it('filters them by service, source and owner, which is a label', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const alert = (id: string, rest: Partial<Parameters<typeof sampleAlert>[0]>) =>
      sampleAlert({ namespace, id, fingerprint: id, ...rest });
    await store.write((tx) =>
      tx.alerts.save([
        alert('a', { labels: { owner: 'shop' } }),
        alert('b', { labels: { owner: 'shop floor', service: 'shop' }, service: 'cart' }),
        alert('c', { labels: { owner: 'pay"ments' }, source: 'grafana' }),
      ])
    );
    const ids = async (filter: Pick<AlertFilter, 'services' | 'owners' | 'sources'>) =>
      (await store.read.alerts.during(namespace, { from: START, filter, limit: 10 })).map(({ id }) => id).join('');
    expect(await ids({ owners: ['shop'] })).toBe('a');
    expect(await ids({ owners: ['shop', 'pay"ments'] })).toBe('ac');
    expect(await ids({ services: ['cart'] })).toBe('b');
    expect(await ids({ sources: ['grafana'] })).toBe('c');
    expect(await ids({ owners: [], services: [] })).toBe('abc');
    const listed = await store.read.alerts.list(namespace, { states: [], owners: ['shop floor'] }, { limit: 9 });
    expect(listed.items.map(({ id }) => id)).toEqual(['b']);
  });

  it('reads what alerts came to be, after one time and up to another, newest first', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await store.write((tx) =>
      tx.history.append(namespace, [
        line('a', 1, { kind: 'fired', from: null, severity: 'warning' }),
        line('a', 2, { kind: 'notified', to: 'firing' }),
        line('a', 3, { kind: 'severity_raised', from: 'firing' }),
        line('b', 3, { kind: 'no_data', from: 'firing', to: 'no_data' }),
        line('b', 4, { kind: 'resolved', to: 'resolved' }),
      ])
    );
    const read = (from: number, to: number, limit = 10) =>
      store.read.history.stateLines(namespace, { after: after(from), upTo: after(to), limit });
    expect(await read(0, 3)).toEqual([
      { alertId: 'b', at: after(3), from: 'firing', state: 'no_data', severity: 'critical' },
      { alertId: 'a', at: after(3), from: 'firing', state: 'firing', severity: 'critical' },
      { alertId: 'a', at: after(1), from: null, state: 'firing', severity: 'warning' },
    ]);
    expect((await read(1, 9, 2)).map(({ at }) => at)).toEqual([after(4), after(3)]);
    expect(await read(4, 9)).toEqual([]);
  });

  it('reads many of them piece by piece, each once', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    // Of one moment are many, so that a piece ends amid them.
    const rows = Array.from({ length: 10_050 }, (_, n) => line(`a${n}`, Math.floor(n / 4000)));
    await store.write((tx) => tx.history.append(namespace, rows));
    const read = async (limit: number) =>
      (await store.read.history.stateLines(namespace, { after: after(-1), upTo: after(9), limit })).map(
        ({ alertId }) => alertId
      );
    const newestFirst = rows.map(({ alertId }) => alertId).toReversed();
    expect(await read(20_000)).toEqual(newestFirst);
    expect(await read(10_020)).toEqual(newestFirst.slice(0, 10_020));
  });

  it('knows how each of many alerts stood at a time', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const ids = Array.from({ length: 1201 }, (_, index) => `a${index}`);
    const kinds: readonly TransitionKind[] = ['fired', 'severity_lowered'];
    await store.write(async (tx) => {
      await tx.alerts.save(ids.map((id) => sampleAlert({ namespace, id, fingerprint: id })));
      await tx.history.append(namespace, [
        ...ids.flatMap((id) =>
          kinds.map((kind) => line(id, 5, { kind, severity: kind === 'fired' ? 'error' : 'info' }))
        ),
        line('a7', 6, { kind: 'resolved', to: 'resolved' }),
        line('a8', 6, { kind: 'notification_failed', to: 'pending' }),
      ]);
    });
    const stood = await store.read.history.lastConditions(namespace, [...ids, 'unknown'], after(6));
    expect(stood.size).toBe(1201);
    expect(stood.get('a7')).toEqual({ state: 'resolved', severity: 'critical' });
    expect(stood.get('a8')).toEqual({ state: 'firing', severity: 'info' });
    expect((await store.read.history.lastConditions(namespace, ids, after(4))).size).toBe(0);
    expect((await store.read.history.lastConditions(namespace, [], after(6))).size).toBe(0);
  });

  it('finds the history of any of some services', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await store.write((tx) =>
      tx.history.append(namespace, [
        line('a', 1, { service: 'cart' }),
        line('b', 2, { service: 'checkout' }),
        line('c', 3, { service: '' }),
      ])
    );
    const found = async (services: readonly string[]) =>
      (await store.read.history.list(namespace, { services }, { limit: 9 })).items
        .map(({ alertId }) => alertId)
        .join('');
    expect([await found(['cart', 'checkout']), await found(['cart']), await found([])]).toEqual(['ba', 'a', 'cba']);
  });
});
