import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely';
import { messageOf } from '../errors.ts';
import type { BackupSource } from './backup/writeBackup.ts';
import { createCommitListeners } from './commitListeners.ts';
import { appliedMigrations } from './migrate.ts';
import { createRepositories } from './repositories.ts';
import type { Schema } from './schema.ts';
import { createReadSession } from './session.ts';
import { createSqliteDatabase } from './sqlite/sqliteDatabase.ts';
import type { Repositories } from './store.ts';

/** A store as it stands, looked at beside the engine that has it, without changing or locking anything. */
export interface StoreReader {
  readonly kind: 'sqlite' | 'postgres';
  /** The migrations that it has had. */
  readonly applied: readonly string[];
  /** Works when `applied` are all that this program knows. */
  readonly read: Repositories;
  readonly sizeBytes: number;
  /** Of the write-ahead log; null on PostgreSQL. */
  readonly logBytes: number | null;
  /** What is wrong with its pages; undefined when nothing is. Reads all of it. */
  findDamage(): string | undefined;
  close(): Promise<void>;
}

const BUSY_TIMEOUT_MS = 5000;

/** @returns undefined where no store has been made yet @throws Error when it cannot be opened */
export async function openReader({ databaseUrl, dataDir }: BackupSource): Promise<StoreReader | undefined> {
  if (databaseUrl !== null) {
    return openPostgresReader(databaseUrl);
  }
  const file = path.join(dataDir, 'pharos.db');
  return existsSync(file) ? openSqliteReader(file) : undefined;
}

async function openSqliteReader(file: string): Promise<StoreReader> {
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: createSqliteDatabase(database) }) });
    return {
      ...(await common(db, 'sqlite')),
      sizeBytes: sizeOf(file),
      logBytes: sizeOf(`${file}-wal`),
      findDamage: () => damageOf(database),
      close: () => Promise.resolve(database.close()),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function damageOf(database: DatabaseSync): string | undefined {
  try {
    const verdict = String(database.prepare('pragma quick_check(1)').get()?.['quick_check']);
    return verdict === 'ok' ? undefined : verdict;
  } catch (error) {
    return messageOf(error);
  }
}

async function openPostgresReader(databaseUrl: string): Promise<StoreReader> {
  const { createPool } = await import('./postgres/createPool.ts');
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: createPool(databaseUrl, { applicationName: 'pharos-doctor' }) }),
  });
  try {
    const { rows } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(db);
    return {
      ...(await common(db, 'postgres')),
      sizeBytes: rows[0]?.size ?? 0,
      logBytes: null,
      // Its server checks its own pages.
      findDamage: () => undefined,
      close: () => db.destroy(),
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

const common = async (db: Kysely<Schema>, kind: StoreReader['kind']) => ({
  kind,
  applied: await appliedMigrations(db),
  read: createRepositories(createReadSession(db, kind), createCommitListeners()),
});
