import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery, Kysely, PostgresDialect, sql, type PostgresPool } from 'kysely';
import type { Clock } from '../../clock.ts';
import { messageOf } from '../../errors.ts';
import type { Driver } from '../createStore.ts';
import { migrate } from '../migrate.ts';
import { POSTGRES_TYPES } from '../migrations/dialectTypes.ts';
import type { Schema } from '../schema.ts';
import { isConflict } from './conflict.ts';
import { createPool } from './createPool.ts';
import { watchChanges } from './watchChanges.ts';

/** How often a transaction that met another one is begun anew before the conflict is given to the caller. */
const ATTEMPTS = 10;
const LONGEST_DELAY_MS = 50;

/**
 * Opens a PostgreSQL database; several engines may.
 * @throws Error when it cannot be reached, or when its schema is newer than this program
 */
export async function openPostgres(databaseUrl: string, clock: Clock): Promise<Driver> {
  await prepare(databaseUrl);
  const db = open(createPool(databaseUrl));
  return {
    kind: 'postgres',
    reader: db,
    transaction: (work) => transact(db, work),
    sizeBytes: async () => {
      const { rows } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(db);
      return rows[0]?.size ?? null;
    },
    watch: (onChange) => watchChanges(db, clock, onChange),
    close: () => db.destroy(),
  };
}

const open = (pool: PostgresPool): Kysely<Schema> =>
  new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        // What is acknowledged has to be on disk, whatever the server's default.
        await connection.executeQuery(CompiledQuery.raw('set synchronous_commit = on'));
      },
    }),
  });

/** Brings the schema up to date, by connections of its own: a migration of many rows, or of another engine, may take long. */
async function prepare(databaseUrl: string): Promise<void> {
  const db = open(createPool(databaseUrl, { answersWithinMs: null }));
  try {
    await sql`select 1`.execute(db).catch((error: unknown) => {
      throw new Error(`PostgreSQL cannot be reached: ${messageOf(error)}`, { cause: error });
    });
    await migrate(db, POSTGRES_TYPES);
  } finally {
    await db.destroy();
  }
}

/**
 * Repeatable read: a row that was read and has been changed by another engine since cannot be overwritten, which is what SQLite
 * gives by having one writer. PostgreSQL refuses the later of the two, and it starts again on what is there now.
 */
async function transact<T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel('repeatable read').execute(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) {
        throw error;
      }
      await delay(Math.random() * Math.min(LONGEST_DELAY_MS, 2 ** attempt));
    }
  }
}
