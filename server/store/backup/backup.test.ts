import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../clock.ts';
import { openStore } from '../openStore.ts';
import type { Store } from '../store.ts';
import { DATABASES, type FreshDatabase } from '../testing/databases.ts';
import {
  after,
  sampleAlert,
  sampleAudit,
  sampleJob,
  sampleSession,
  sampleThreshold,
  sampleTransition,
  START,
} from '../testing/samples.ts';
import { backupName, inspectBackup, listBackups } from './backupFile.ts';
import { restoreBackup } from './restoreBackup.ts';
import type { RestoreRequest } from './restoreRequest.ts';
import { writeBackup } from './writeBackup.ts';

const INFO = { version: '1.2.3', createdAt: START };

let folder: string;
let databases: FreshDatabase[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pharos-backup-'));
  databases = [];
});
afterEach(async () => {
  await Promise.all(databases.map((database) => database.dispose()));
  rmSync(folder, { recursive: true, force: true });
});

const keep = async (created: Promise<FreshDatabase>): Promise<FreshDatabase> => {
  const database = await created;
  databases.push(database);
  return database;
};

/** A minute after the backup: what was queued is still to be sent. */
const soon = { ...systemClock, now: () => after(60_000) };

const request = (database: FreshDatabase, file: string, force = false): RestoreRequest => ({
  ...database.source,
  file,
  force,
  backupDir: path.join(folder, 'aside'),
  version: '1.2.4',
  clock: soon,
});

async function fill(store: Store, alerts = 1): Promise<void> {
  await store.write(async (tx) => {
    for (let n = 0; n < alerts; n += 1) {
      const id = `a${n}`;
      await tx.alerts.save([sampleAlert({ id, fingerprint: id, value: n === 0 ? Infinity : n, endsAt: after(n) })]);
      await tx.history.append('default', [sampleTransition({ alertId: id })]);
      await tx.audit.append('default', sampleAudit({ object: id }));
    }
    await tx.thresholds.save([sampleThreshold()]);
    await tx.jobs.enqueue([sampleJob()]);
    await tx.sessions.save(sampleSession());
    await tx.changes.append('default', [{ topic: 'alerts', id: 'a0' }]);
  });
}

const everything = async ({ read }: Store) => ({
  alerts: (await read.alerts.list('default', { states: [] }, { limit: 1000 })).items,
  history: (await read.history.list('default', {}, { limit: 1000 })).items,
  thresholds: await read.thresholds.list('default'),
  jobs: await read.jobs.listBySubject('default', 'notify', ['a1-start']),
});

const DUE = { kind: 'notify', namespace: 'default', queue: 'demo-inbox', max: 10 } as const;

const pairs = DATABASES.flatMap((from) => DATABASES.map((to) => ({ from, to, name: `${from.name} to ${to.name}` })));

describe.each(pairs)('a backup from $name', ({ from, to }) => {
  it('brings back every row, and numbers go on where they were', async () => {
    const source = await keep(from.create());
    const store = await source.open();
    await fill(store, 3);
    const before = await everything(store);
    const file = path.join(folder, 'backups', 'one.db');
    // The engine has it open, and goes on writing.
    const [size] = await Promise.all([writeBackup(source.source, file, INFO), store.check()]);
    expect(statSync(file)).toMatchObject({ size });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['one.db']);
    await store.close();

    const target = await keep(to.create());
    const restored = await restoreBackup(request(target, file));
    expect(restored).toMatchObject({ ...INFO, kind: from.name, keptAside: null });
    expect(restored.rows).toMatchObject({ alerts: 3, history: 3, audit: 3, thresholds: 1, jobs: 1 });
    const again = await target.open();
    expect(await everything(again)).toEqual(before);
    // One row more than before says that it was restored.
    expect(await again.read.audit.verify('default')).toEqual({ ok: true, rows: 4, firstBadSeq: null });
    const [newest] = (await again.read.audit.list('default', {}, { limit: 1 })).items;
    expect(newest).toMatchObject({ action: 'restoreBackup', actor: 'cli', after: { takenBy: '1.2.3' } });
    expect(await again.read.sessions.findByHash('hash-1')).toBeUndefined();
    await again.write((tx) => tx.history.append('default', [sampleTransition({ alertId: 'new', at: after(1) })]));
    expect((await again.read.history.list('default', {}, { limit: 1 })).items[0]).toMatchObject({
      alertId: 'new',
      seq: 4,
    });
    expect(await again.schemaVersion()).toBe(await schemaOf(file));
    await again.close();
  });
});

const schemaOf = (file: string): Promise<unknown> => {
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare('select max(name) as name from kysely_migration').get();
  database.close();
  return Promise.resolve(row?.['name']);
};

describe.each(DATABASES)('restoring on $name', (kind) => {
  async function backedUp(): Promise<{ database: FreshDatabase; file: string }> {
    const database = await keep(kind.create());
    const store = await database.open();
    await fill(store);
    const file = path.join(folder, 'one.db');
    await writeBackup(database.source, file, INFO);
    await store.write((tx) => tx.alerts.save([sampleAlert({ id: 'later', fingerprint: 'later' })]));
    await store.close();
    return { database, file };
  }

  it('refuses what is not empty, and with force keeps that aside', async () => {
    const { database, file } = await backedUp();
    await expect(restoreBackup(request(database, file))).rejects.toThrow(/Give --force to replace/);
    const store = await database.open();
    expect(await store.read.alerts.get('default', 'later')).toBeDefined();
    await store.close();

    const { keptAside } = await restoreBackup(request(database, file, true));
    const again = await database.open();
    expect((await everything(again)).alerts.map(({ id }) => id)).toEqual(['a0']);
    await again.close();
    const aside = new DatabaseSync(keptAside ?? '', { readOnly: true });
    expect(
      aside
        .prepare('select id from alerts order by id')
        .all()
        .map(({ id }) => id)
    ).toEqual(['a0', 'later']);
    aside.close();
  });

  it.each([
    [15, 'queued', 0],
    [16, 'skipped', 1],
  ])(
    'sends what waited in a backup of %s minutes ago only while that is now: it is %s',
    async (age, state, leftOut) => {
      const { database, file } = await backedUp();
      const clock = { ...systemClock, now: () => after(age * 60_000) };
      expect(await restoreBackup({ ...request(database, file, true), clock })).toMatchObject({ leftOut });
      const store = await database.open();
      expect(await store.read.jobs.listBySubject('default', 'notify', ['a1-start'])).toMatchObject([{ state }]);
      // Nothing holds the queue: what comes after is claimed at once.
      await store.write((tx) => tx.jobs.enqueue([sampleJob({ idempotencyKey: 'next', subject: 'next' })]));
      const claim = await store.write((tx) => tx.jobs.claim({ ...DUE, now: clock.now(), leaseUntil: clock.now() }));
      expect(claim?.jobs.map(({ subject }) => subject)).toEqual(leftOut === 1 ? ['next'] : ['a1-start', 'next']);
      await store.close();
    }
  );

  it('refuses while an engine runs on it', async () => {
    const { database, file } = await backedUp();
    const { databaseUrl } = database.source;
    // However the operator names the engine's connections.
    const store = await openStore({
      ...database.source,
      databaseUrl: databaseUrl === null ? null : `${databaseUrl}?application_name=ours`,
    });
    await expect(restoreBackup(request(database, file, true))).rejects.toThrow(
      /in use by another engine|An engine is connected/
    );
    expect(await store.read.alerts.get('default', 'later')).toBeDefined();
    await store.close();
  });

  it('refuses a newer schema, and leaves everything as it was', async () => {
    const { database, file } = await backedUp();
    const changed = new DatabaseSync(file);
    changed.exec(`insert into kysely_migration values ('0999_from_the_future', '2030-01-01')`);
    changed.close();
    await expect(restoreBackup(request(database, file, true))).rejects.toThrow(
      `The backup ${file} has the schema "0999_from_the_future" of a newer Pharos`
    );
    const store = await database.open();
    expect(await store.read.alerts.get('default', 'later')).toBeDefined();
    await store.close();
  });
});

describe('a file that is no good backup', () => {
  const target = async () => keep(sqlite().create());
  const sqlite = () => DATABASES[0] ?? fail();
  const fail = (): never => {
    throw new Error('SQLite is always there');
  };
  const restore = async (file: string) => restoreBackup(request(await target(), file));

  it('is named when it does not exist', async () => {
    await expect(restore(path.join(folder, 'none.db'))).rejects.toThrow(
      `There is no file ${path.join(folder, 'none.db')}`
    );
  });

  it('is refused when it is something else', async () => {
    const file = path.join(folder, 'text.db');
    writeFileSync(file, 'these are not the rows that you are looking for\n'.repeat(100));
    await expect(restore(file)).rejects.toThrow(/text.db is damaged, or no backup at all .*file is not a database/);
    const other = path.join(folder, 'other.db');
    const database = new DatabaseSync(other);
    database.exec('create table songs (name text)');
    database.close();
    await expect(restore(other)).rejects.toThrow(/is a database, but no backup of Pharos/);
  });

  it('is refused when it was cut off or written over', async () => {
    const source = await keep(sqlite().create());
    const store = await source.open();
    await fill(store, 200);
    await store.close();
    const file = path.join(folder, 'whole.db');
    await writeBackup(source.source, file, INFO);
    const bytes = readFileSync(file);
    const cut = path.join(folder, 'cut.db');
    writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length / 2)));
    await expect(restore(cut)).rejects.toThrow(/cut.db is damaged/);
    const spoilt = path.join(folder, 'spoilt.db');
    bytes.fill(7, 4096 * 20, 4096 * 24);
    writeFileSync(spoilt, bytes);
    await expect(restore(spoilt)).rejects.toThrow(/spoilt.db is damaged/);
    expect(inspectBackup(file).rows).toMatchObject({ alerts: 200 });
  });

  it('goes nowhere where no folder can be made', async () => {
    const source = await keep(sqlite().create());
    await (await source.open()).close();
    const file = path.join(folder, 'whole.db');
    await writeBackup(source.source, file, INFO);
    const nowhere = { ...request(source, file), dataDir: '/proc/pharos/data' };
    await expect(restoreBackup(nowhere)).rejects.toThrow(/^The folder \/proc\/pharos cannot be made: /);
  });
});

describe('writing', () => {
  it('refuses to replace a file, and says when there is nothing to back up', async () => {
    const file = path.join(folder, 'there.db');
    writeFileSync(file, 'mine');
    const nothing = { databaseUrl: null, dataDir: folder };
    await expect(writeBackup(nothing, file, INFO)).rejects.toThrow(`${file} is there already`);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    await expect(writeBackup(nothing, path.join(folder, 'new.db'), INFO)).rejects.toThrow(
      'There is nothing to back up'
    );
    expect(readdirSync(folder)).toEqual(['there.db']);
  });

  it('says so where no folder can be made', async () => {
    const source = { databaseUrl: null, dataDir: folder };
    await expect(writeBackup(source, '/proc/pharos/backups/new.db', INFO)).rejects.toThrow(
      /^The folder \/proc\/pharos cannot be made: /
    );
  });

  it('leaves nothing behind when it fails', async () => {
    writeFileSync(path.join(folder, 'pharos.db'), 'not a database, though of the right name'.repeat(100));
    const file = path.join(folder, 'out', 'new.db');
    await expect(writeBackup({ databaseUrl: null, dataDir: folder }, file, INFO)).rejects.toThrow(
      'file is not a database'
    );
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });
});

it('lists backups newest first, and nothing else of the folder', () => {
  const names = [after(0), after(86_400_000)].map(backupName);
  expect(names).toEqual(['pharos-20260101T000000Z.db', 'pharos-20260102T000000Z.db']);
  for (const name of [...names, 'pharos.db', 'replaced-2026.db', '.pharos-20260101T000000Z.db.1.partial']) {
    writeFileSync(path.join(folder, name), '123');
  }
  expect(listBackups(folder).map(({ name, createdAt, sizeBytes }) => ({ name, createdAt, sizeBytes }))).toEqual([
    { name: names[1], createdAt: after(86_400_000), sizeBytes: 3 },
    { name: names[0], createdAt: START, sizeBytes: 3 },
  ]);
  expect(listBackups(path.join(folder, 'none'))).toEqual([]);
});
