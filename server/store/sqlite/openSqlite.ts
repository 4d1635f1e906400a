import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { makeFolder } from '../../makeFolder.ts';
import { migrate } from '../migrate.ts';
import { SQLITE_TYPES } from '../migrations/dialectTypes.ts';
import type { Schema } from '../schema.ts';
import type { Driver } from '../createStore.ts';
import { lockDirectory } from './directoryLock.ts';
import { createSqliteDatabase } from './sqliteDatabase.ts';
import { requireSafeSqlite } from './sqliteVersion.ts';

/** Waiting for a lock of a reader outside, such as a backup; set at opening, since the first pragma already needs it. */
const BUSY_TIMEOUT_MS = 5000;

const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA wal_autocheckpoint = 1000;
  PRAGMA mmap_size = 0;
`;

/**
 * Opens `<dataDir>/pharos.db`: one connection that writes, one that only reads and so sees committed rows only.
 * @throws Error when another process has the directory, when SQLite is too old, or when the schema is newer than this program
 */
export async function openSqlite(dataDir: string): Promise<Driver> {
  requireSafeSqlite(process.versions.sqlite);
  makeFolder(dataDir);
  const unlock = lockDirectory(dataDir);
  const opened: DatabaseSync[] = [];
  const closeAll = () => {
    for (const database of opened.toReversed()) {
      database.close();
    }
    unlock();
  };
  try {
    const path = join(dataDir, 'pharos.db');
    closeSync(openSync(path, 'a', 0o600));
    const writing = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    opened.push(writing);
    writing.exec(PRAGMAS);
    const writer = connect(writing);
    // Kysely's migrator begins no transaction on SQLite: killed in the middle, a migration would be half done and never begin again.
    await transact(writing, () => migrate(writer, SQLITE_TYPES));
    const reading = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
    opened.push(reading);
    return {
      kind: 'sqlite',
      reader: connect(reading),
      transaction: oneAtATime((work) => transact(writing, () => work(writer))),
      sizeBytes: () => Promise.resolve(fileSize(path) + fileSize(`${path}-wal`)),
      close: () => Promise.resolve(closeAll()),
    };
  } catch (error) {
    closeAll();
    throw error;
  }
}

const connect = (database: DatabaseSync): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new SqliteDialect({ database: createSqliteDatabase(database) }) });

const fileSize = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** IMMEDIATE takes the write lock at once: a transaction that reads first and writes later cannot find it taken in between. */
async function transact<T>(database: DatabaseSync, work: () => Promise<T>): Promise<T> {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) {
      database.exec('ROLLBACK');
    }
    throw error;
  }
}

type RunTransaction = Driver['transaction'];

/** Transactions share one connection, so each waits for the one before, whether that succeeds or not. */
function oneAtATime(run: RunTransaction): RunTransaction {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => run(work));
    last = result.catch(() => undefined);
    return result;
  };
}
