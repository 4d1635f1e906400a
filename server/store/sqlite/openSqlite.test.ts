import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../openStore.ts';
import { createTestStore } from '../testing/createTestStore.ts';
import { lockDirectory } from './directoryLock.ts';
import { requireSafeSqlite } from './sqliteVersion.ts';

const HOLD = join(process.cwd(), 'server/store/testing/holdStore.ts');

function readOnce<T>(path: string, query: string): T[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare(query).all() as T[];
  database.close();
  return rows;
}

it('leaves the directory to the next when it cannot say whose it is', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pharos-lock-'));
  const owner = join(dataDir, 'pharos.owner');
  mkdirSync(owner);
  expect(() => lockDirectory(dataDir)).toThrow('EISDIR');
  rmSync(owner, { recursive: true });
  const unlock = lockDirectory(dataDir);
  expect(() => lockDirectory(dataDir)).toThrow(`in use by another engine (process ${process.pid})`);
  unlock();
  rmSync(dataDir, { recursive: true });
});

describe('the SQLite file', () => {
  it('is in WAL mode, for its owner only, and of strict tables', async () => {
    const store = await createTestStore();
    const path = join(store.dataDir, 'pharos.db');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readOnce(path, 'pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    const loose = readOnce<{ name: string }>(
      path,
      `select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0`
    );
    expect(loose.filter(({ name }) => !/^(kysely|sqlite)_/.test(name))).toEqual([]);
    await store.dispose();
  });

  it('has the namespace first in every key and index, but for what is looked up over all', async () => {
    const store = await createTestStore();
    const rows = readOnce<{ index: string; column: string }>(
      join(store.dataDir, 'pharos.db'),
      `select i.name as "index", c.name as "column" from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
       where t.type = 'table' and t.name not like 'kysely%' and c.seqno = 0 and c.name <> 'namespace'`
    );
    expect(rows.map(({ column }) => column).toSorted()).toEqual(['due_at', 'hash', 'hash', 'hash', 'name', 'until']);
    await store.dispose();
  });

  it('goes to one process: a second is refused by name, and a killed one leaves no lock', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'pharos-lock-'));
    const holder = spawn(process.execPath, [HOLD, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(holder.stdout, 'data');
      await expect(openStore({ databaseUrl: null, dataDir })).rejects.toThrow(
        `The data directory ${dataDir} is in use by another engine (process ${holder.pid}). SQLite serves one engine at a time: stop that one, give this one another directory, or set a PostgreSQL address to run several.`
      );
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    const store = await openStore({ databaseUrl: null, dataDir });
    await store.check();
    await expect(openStore({ databaseUrl: null, dataDir })).rejects.toThrow(`process ${process.pid}`);
    await store.close();
    await (await openStore({ databaseUrl: null, dataDir })).close();
    rmSync(dataDir, { recursive: true });
  });

  it('can be opened again after opening failed', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'pharos-broken-'));
    const path = join(dataDir, 'pharos.db');
    const database = new DatabaseSync(path);
    database.exec(
      `create table kysely_migration (name text, timestamp text); insert into kysely_migration values ('9', '')`
    );
    database.close();
    await expect(openStore({ databaseUrl: null, dataDir })).rejects.toThrow('of a newer Pharos');
    rmSync(path);
    await (await openStore({ databaseUrl: null, dataDir })).close();
    rmSync(dataDir, { recursive: true });
  });
});

describe('the version of SQLite', () => {
  it.each(['3.51.3', '3.51.10', '3.53.4', '4.0.0', process.versions.sqlite])('%s is safe', (version) => {
    expect(() => requireSafeSqlite(version)).not.toThrow();
  });

  it.each(['3.51.2', '3.50.9', '2.99.99', undefined])('%s is refused', (version) => {
    expect(() => requireSafeSqlite(version)).toThrow('Pharos needs 3.51.3 or newer');
  });
});
