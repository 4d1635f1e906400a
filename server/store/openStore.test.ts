import { KNOWN_MIGRATIONS } from './migrate.ts';
import { DATABASES } from './testing/databases.ts';
import { freshNamespace, openForTests } from './testing/openForTests.ts';
import {
  after,
  sampleAlert,
  sampleAudit,
  sampleJob,
  sampleSilence,
  sampleThreshold,
  START,
} from './testing/samples.ts';

/** Takes back what came after the third migration, as a database of that time would be. */
const TO_0003 = [
  'drop table views',
  'alter table alerts drop column team',
  'alter table alerts drop column traceparent',
  'alter table silences drop column made_by',
  'drop table audit_anchors',
  'drop table leases',
  'drop table seen_series',
  'drop table source_answers',
  `delete from kysely_migration where name >= '0004'`,
];

const others = DATABASES.filter(({ name }) => name !== 'sqlite').map(({ name }) => name);

it(`runs on SQLite${others.length > 0 ? ` and ${others.join()}` : ' only: PHAROS_TEST_DATABASE_URL is not set'}`, () => {
  expect(DATABASES.map(({ name }) => name)).toContain('sqlite');
});

describe.each(DATABASES)('the store on $name', (database) => {
  let now = START;
  const opened = openForTests(database, { clock: { now: () => now, after: () => () => undefined } });

  it('says its schema, its size and that it can be written', async () => {
    const { store } = opened();
    expect(store.kind).toBe(database.name);
    expect(await store.schemaVersion()).toBe(KNOWN_MIGRATIONS.at(-1));
    expect(await store.sizeBytes()).toBeGreaterThan(10_000);
    await store.check();
  });

  it('checks by writing, and again a second later', async () => {
    const { store, database: raw } = opened();
    now = after(10_000);
    await store.check();
    await raw.execute('alter table store_check rename to gone');
    now = after(10_999);
    await store.check();
    now = after(11_000);
    await expect(store.check()).rejects.toThrow('store_check');
    await expect(store.check()).rejects.toThrow('store_check');
    await raw.execute('alter table gone rename to store_check');
    await store.check();
  });

  it('gives the result of the work', async () => {
    expect(await opened().store.write(() => Promise.resolve(42))).toBe(42);
  });

  it('keeps nothing of a transaction that throws', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const failed = store.write(async (tx) => {
      await tx.alerts.save([sampleAlert({ namespace })]);
      await tx.thresholds.save([sampleThreshold({ namespace })]);
      await tx.jobs.enqueue([sampleJob({ namespace })]);
      await tx.audit.append(namespace, sampleAudit());
      expect(await tx.alerts.get(namespace, 'a1-start')).toBeDefined();
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await store.read.alerts.get(namespace, 'a1-start')).toBeUndefined();
    expect(await store.read.thresholds.list(namespace)).toEqual([]);
    expect(await store.read.jobs.listBySubject(namespace, 'notify', ['a1-start'])).toEqual([]);
    expect(await store.read.audit.verify(namespace)).toMatchObject({ rows: 0 });
  });

  it('keeps nothing of a transaction in which a statement fails', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    const failed = store.write(async (tx) => {
      await tx.alerts.save([sampleAlert({ namespace, id: 'one' })]);
      await tx.alerts.save([sampleAlert({ namespace, id: 'two' })]);
    });
    await expect(failed).rejects.toThrow(/unique/i);
    expect(await store.read.alerts.listOpen(namespace)).toEqual([]);
  });

  it('shows readers only what is committed', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await store.write(async (tx) => {
      await tx.alerts.save([sampleAlert({ namespace })]);
      expect(await store.read.alerts.listOpen(namespace)).toEqual([]);
      expect(await tx.alerts.listOpen(namespace)).toHaveLength(1);
    });
    expect(await store.read.alerts.listOpen(namespace)).toHaveLength(1);
  });

  it('loses no update of writers that read first', async () => {
    const { store } = opened();
    const namespace = freshNamespace();
    await store.write((tx) => tx.thresholds.save([sampleThreshold({ namespace, version: 0 })]));
    const raise = () =>
      store.write(async (tx) => {
        const threshold = (await tx.thresholds.get(namespace, 'threshold-1')) ?? sampleThreshold();
        await tx.thresholds.save([{ ...threshold, version: threshold.version + 1 }]);
      });
    await Promise.all([raise(), raise(), raise(), raise(), raise()]);
    expect((await store.read.thresholds.get(namespace, 'threshold-1'))?.version).toBe(5);
  });

  it('goes on after a failed write', async () => {
    const { store } = opened();
    const outcomes = await Promise.allSettled([
      store.write(() => Promise.reject(new Error('first'))),
      store.write(() => Promise.resolve('second')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('refuses to write outside a transaction', async () => {
    const { read } = opened().store;
    const sentence = 'call it on the transaction that store.write gives';
    await expect(read.alerts.save([])).rejects.toThrow(`alerts.save changes rows: ${sentence}`);
    await expect(read.jobs.enqueue([])).rejects.toThrow(sentence);
    await expect(read.audit.append('default', sampleAudit())).rejects.toThrow(sentence);
    await expect(read.sessions.consumeLink('hash')).rejects.toThrow(sentence);
  });

  it('refuses a transaction after its end, and a write inside a write', async () => {
    const { store } = opened();
    const kept = await store.write((tx) => Promise.resolve({ tx }));
    await expect(kept.tx.alerts.save([sampleAlert()])).rejects.toThrow('This transaction has ended');
    await expect(kept.tx.alerts.get('default', 'x')).rejects.toThrow('This transaction has ended');
    await expect(store.write(() => store.write(() => Promise.resolve()))).rejects.toThrow(
      'store.write was called inside store.write'
    );
  });
});

describe.each(DATABASES)('opening and closing on $name', ({ create }) => {
  it('finds everything again, and what was being written when it closed', async () => {
    const database = await create();
    const store = await database.open();
    const written = store.write((tx) => tx.alerts.save([sampleAlert()]));
    await store.close();
    await store.close();
    await written;
    await expect(store.write(() => Promise.resolve())).rejects.toThrow('The store is closed');
    const again = await database.open();
    expect(await again.read.alerts.get('default', 'a1-start')).toEqual(sampleAlert());
    await again.close();
    await database.dispose();
  });

  it('does not know who made the silences that an older version stored', async () => {
    const database = await create();
    const store = await database.open();
    await store.write((tx) => tx.silences.save(sampleSilence()));
    await store.close();
    for (const statement of TO_0003) {
      await database.execute(statement);
    }
    const again = await database.open();
    const { madeBy: _madeBy, ...old } = sampleSilence();
    expect(await again.read.silences.get('default', old.id)).toEqual(old);
    await again.close();
    await database.dispose();
  });

  it('reads the teams of alerts that an older version stored', async () => {
    const database = await create();
    const store = await database.open();
    const alert = (id: string, labels: Readonly<Record<string, string>>) =>
      sampleAlert({ id, fingerprint: id, labels });
    await store.write((tx) =>
      tx.alerts.save([
        ...Array.from({ length: 1005 }, (_, i) => alert(`many-${i}`, { team: 'many' })),
        alert('owned', { owner: 'O\'Hara "x"' }),
        alert('nobody', { service: 'cart' }),
      ])
    );
    await store.close();
    for (const statement of TO_0003) {
      await database.execute(statement);
    }
    const again = await database.open();
    const counts = await again.read.alerts.countByTeam('default', ['firing']);
    expect(Object.fromEntries(counts.map(({ team, count }) => [team, count]))).toEqual({
      '': 1,
      many: 1005,
      'O\'Hara "x"': 1,
    });
    expect(await again.read.views.list('default', 'console:Ada')).toEqual([]);
    await again.close();
    await database.dispose();
  });

  it('is as it was when a migration fails in the middle, and goes on once the reason is gone', async () => {
    const database = await create();
    await (await database.open()).close();
    for (const statement of [...TO_0003, 'create table views (in_the_way text)']) {
      await database.execute(statement);
    }
    await expect(database.open()).rejects.toThrow(/could not be brought to "0004_teams_and_views": .*views/);
    await database.execute('drop table views');
    const again = await database.open();
    expect(await again.schemaVersion()).toBe(KNOWN_MIGRATIONS.at(-1));
    await again.close();
    await database.dispose();
  });

  it('refuses a database that a newer version has changed', async () => {
    const database = await create();
    await (await database.open()).close();
    await database.execute(`insert into kysely_migration values ('0999_from_the_future', '2030-01-01')`);
    await expect(database.open()).rejects.toThrow(
      `The database has the schema "0999_from_the_future" of a newer Pharos; this one knows up to "${KNOWN_MIGRATIONS.at(-1)}". Start the newer version.`
    );
    await database.execute(`delete from kysely_migration where name = '0999_from_the_future'`);
    await (await database.open()).close();
    await database.dispose();
  });
});
