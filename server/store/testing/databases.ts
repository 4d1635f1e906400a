import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Clock } from '../../clock.ts';
import type { BackupSource } from '../backup/writeBackup.ts';
import { openStore } from '../openStore.ts';
import type { Store } from '../store.ts';

/** An empty database of its own for one test file. */
export interface FreshDatabase {
  /** Opens the store; a second call on SQLite needs the first one closed. */
  open(options?: { readonly clock?: Clock }): Promise<Store>;
  /** Runs a statement past the store, as somebody with access to the database could. */
  execute(statement: string): Promise<void>;
  /** Where it is, as the settings say it. */
  readonly source: BackupSource;
  /** Removes the database; stores have to be closed before. */
  dispose(): Promise<void>;
}

export interface TestDatabase {
  readonly name: Store['kind'];
  create(): Promise<FreshDatabase>;
}

const SERVER = process.env['PHAROS_TEST_DATABASE_URL'];

/** SQLite always; PostgreSQL when `PHAROS_TEST_DATABASE_URL` names a server on which databases may be made. */
export const DATABASES: readonly TestDatabase[] = [
  { name: 'sqlite', create: createSqlite },
  ...(SERVER === undefined ? [] : [{ name: 'postgres' as const, create: () => createPostgres(SERVER) }]),
];

function createSqlite(): Promise<FreshDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pharos-store-'));
  return Promise.resolve({
    source: { databaseUrl: null, dataDir },
    open: (options) => openStore({ databaseUrl: null, dataDir, ...options }),
    execute: async (statement) => {
      const database = new DatabaseSync(join(dataDir, 'pharos.db'), { timeout: 5000 });
      database.exec(statement);
      database.close();
    },
    dispose: async () => rmSync(dataDir, { recursive: true, force: true }),
  });
}

async function createPostgres(server: string): Promise<FreshDatabase> {
  const name = `pharos_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const databaseUrl = url.href;
  await runOn(server, `create database ${name}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'pharos-store-'));
  return {
    source: { databaseUrl, dataDir },
    open: (options) => openStore({ databaseUrl, dataDir, ...options }),
    execute: (statement) => runOn(databaseUrl, statement),
    dispose: async () => {
      await runOn(server, `drop database ${name} with (force)`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function runOn(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
