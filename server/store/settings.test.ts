import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import {
  after,
  sampleReceiver,
  sampleSilence,
  sampleSource,
  sampleThreshold,
  sampleVersion,
  sampleView,
  START,
} from './testing/samples.ts';

describe.each(DATABASES)('thresholds on $name', (database) => {
  const opened = openForTests(database);

  it('saves many, replaces by id, deletes one', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const first = sampleThreshold({ namespace, id: 't1' });
    const second = sampleThreshold({ namespace, id: 't2', signal: { expr: 'up == 0' }, warning: null, enabled: false });
    await store.write((tx) => tx.thresholds.save([first, second]));
    expect(await store.read.thresholds.list(namespace)).toEqual([first, second]);
    const changed = { ...first, critical: 2, version: 2, updatedAt: after(1), updatedBy: 'grace', labels: {} };
    await store.write((tx) => tx.thresholds.save([changed]));
    expect(await store.read.thresholds.get(namespace, 't1')).toEqual(changed);
    await store.write((tx) => tx.thresholds.delete(namespace, 't1'));
    expect(await store.read.thresholds.get(namespace, 't1')).toBeUndefined();
    const all = await store.read.thresholds.listAll();
    expect(all.filter((threshold) => threshold.namespace === namespace)).toEqual([second]);
  });

  it('keeps versions, newest first, also after the deletion', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const versions = [
      sampleVersion({ version: 1 }),
      sampleVersion({ version: 2, change: 'updated', reason: 'too noisy', at: after(1) }),
      sampleVersion({ version: 3, change: 'deleted', spec: null }),
    ];
    await store.write((tx) => tx.thresholds.appendVersions(namespace, versions));
    expect(await store.read.thresholds.versions(namespace, 'threshold-1')).toEqual(versions.toReversed());
    await expect(
      store.write((tx) => tx.thresholds.appendVersions(namespace, [sampleVersion({ version: 3 })]))
    ).rejects.toThrow(/unique/i);
  });
});

describe.each(DATABASES)('silences on $name', (database) => {
  const opened = openForTests(database);

  it('lists the newest end first, by pages, and live ones over all namespaces', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const silences = [30, 10, 20, 20].map((ms, i) => sampleSilence({ namespace, id: `s${i}`, endsAt: after(ms) }));
    await store.write(async (tx) => {
      for (const silence of silences) {
        await tx.silences.save(silence);
      }
    });
    const first = await store.read.silences.list(namespace, { limit: 3 });
    expect(first.items.map(({ id }) => id)).toEqual(['s0', 's3', 's2']);
    const rest = await store.read.silences.list(namespace, { limit: 3, cursor: first.next ?? '' });
    expect(rest).toEqual({ items: [silences[1]], next: null });
    const later = await store.read.silences.list(namespace, { limit: 9, endsAfter: after(20) });
    expect(later.items.map(({ id }) => id)).toEqual(['s0']);
    const live = await store.read.silences.listLive(after(10));
    expect(live.filter((silence) => silence.namespace === namespace).map(({ id }) => id)).toEqual(['s2', 's3', 's0']);
  });

  it('replaces by id', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const silence = sampleSilence({ namespace });
    await store.write((tx) => tx.silences.save(silence));
    const ended = { ...silence, endsAt: after(1), comment: 'over', matchers: [], updatedAt: after(1) };
    await store.write((tx) => tx.silences.save(ended));
    expect(await store.read.silences.get(namespace, 'silence-1')).toEqual(ended);
    expect(await store.read.silences.get(namespace, 'nobody')).toBeUndefined();
  });
});

describe.each(DATABASES)('views on $name', (database) => {
  const opened = openForTests(database);

  it('are kept by person, listed by name, replaced by id and deleted', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const night = sampleView({ namespace });
    const all = sampleView({ namespace, id: 'view-2', name: 'all', params: {} });
    const theirs = sampleView({ namespace, person: 'console:Ada' });
    const renamed = { ...night, name: 'shop at night', isDefault: true, params: { team: 'a,b' }, updatedAt: after(1) };
    await store.write(async (tx) => {
      await tx.views.save(night);
      await tx.views.save(all);
      await tx.views.save(theirs);
      await tx.views.save(renamed);
    });
    expect(await store.read.views.list(namespace, night.person)).toEqual([all, renamed]);
    expect(await store.write((tx) => tx.views.delete(namespace, night.person, 'view-1'))).toBe(true);
    expect(await store.write((tx) => tx.views.delete(namespace, night.person, 'view-1'))).toBe(false);
    expect(await store.read.views.list(namespace, night.person)).toEqual([all]);
    expect(await store.read.views.list(namespace, theirs.person)).toEqual([theirs]);
  });

  it('have different names, whatever their case', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await store.write((tx) => tx.views.save(sampleView({ namespace })));
    const same = sampleView({ namespace, id: 'view-2', name: 'SHOP at night' });
    await expect(store.write((tx) => tx.views.save(same))).rejects.toThrow(/unique/i);
  });
});

describe.each(DATABASES)('routes on $name', (database) => {
  const opened = openForTests(database);

  it('starts at version 0 and is replaced whole', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    expect(await store.read.routes.get(namespace)).toEqual({ routes: [], version: 0, updatedAt: null, updatedBy: '' });
    const table = {
      routes: [
        { matchers: [{ name: 'team', op: '=', value: 'shop' }], receiver: 'slack', continue: true } as const,
        { matchers: [], receiver: 'demo-inbox', continue: false },
      ],
      version: 1,
      updatedAt: START,
      updatedBy: 'ada',
    };
    await store.write((tx) => tx.routes.save(namespace, table));
    expect(await store.read.routes.get(namespace)).toEqual(table);
    const next = { routes: [], version: 2, updatedAt: after(1), updatedBy: 'grace' };
    await store.write((tx) => tx.routes.save(namespace, next));
    expect(await store.read.routes.get(namespace)).toEqual(next);
  });
});

describe.each(DATABASES)('receivers on $name', (database) => {
  const opened = openForTests(database);

  it('saves, replaces, lists by name and deletes', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const inbox = sampleReceiver({ namespace });
    const slack = sampleReceiver({ namespace, name: 'alpha', kind: 'slack', settings: {} });
    const tested = { ...inbox, testedAt: after(1), lastDeliveryAt: after(2), lastDeliveryError: 'answered 500' };
    await store.write(async (tx) => {
      await tx.receivers.save(inbox);
      await tx.receivers.save(slack);
      await tx.receivers.save(tested);
    });
    expect(await store.read.receivers.list(namespace)).toEqual([slack, tested]);
    await store.write((tx) => tx.receivers.delete(namespace, 'alpha'));
    expect(await store.read.receivers.get(namespace, 'alpha')).toBeUndefined();
    expect(await store.read.receivers.get(namespace, 'demo-inbox')).toEqual(tested);
  });
});

describe.each(DATABASES)('sources on $name', (database) => {
  const opened = openForTests(database);

  it('saves, replaces, lists and deletes, and says whether there was something to delete', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const prometheus = sampleSource({ namespace });
    const loki = sampleSource({ namespace, id: 'source-2', kind: 'loki', tenant: 'shop', createdAt: after(1) });
    const moved = { ...prometheus, url: 'https://mimir.example', secret: 'v1.x' };
    await store.write(async (tx) => {
      await tx.sources.save(prometheus);
      await tx.sources.save(loki);
      await tx.sources.save(moved);
    });
    expect(await store.read.sources.list(namespace)).toEqual([moved, loki]);
    const all = await store.read.sources.listAll();
    expect(all.filter((source) => source.namespace === namespace)).toEqual([moved, loki]);
    expect(await store.write((tx) => tx.sources.delete(namespace, 'source-1'))).toBe(true);
    expect(await store.write((tx) => tx.sources.delete(namespace, 'source-1'))).toBe(false);
    expect(await store.read.sources.list(namespace)).toEqual([loki]);
  });

  it('keep one answer of each, also of those that are not stored here', async () => {
    const { store } = opened();
    const [namespace, other] = [freshNamespace(), freshNamespace()];
    const answer = { namespace, id: 'prometheus', url: 'http://127.0.0.1:9090', staleSince: null };
    const lost = { ...answer, url: 'http://127.0.0.1:9091', staleSince: after(1) };
    const elsewhere = { ...answer, namespace: other };
    const all = async () =>
      (await store.read.sources.answers()).filter((one) => [namespace, other].includes(one.namespace));
    await store.write(async (tx) => {
      await tx.sources.saveAnswer(answer);
      await tx.sources.saveAnswer(elsewhere);
      await tx.sources.saveAnswer(lost);
    });
    expect(new Set(await all())).toEqual(new Set([lost, elsewhere]));
    await store.write((tx) => tx.sources.forgetAnswer(namespace, 'prometheus'));
    expect(await all()).toEqual([elsewhere]);
  });
});
