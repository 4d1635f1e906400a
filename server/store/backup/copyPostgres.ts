import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate, KNOWN_MIGRATIONS } from '../migrate.ts';
import { SQLITE_TYPES } from '../migrations/dialectTypes.ts';
import { clientTypes, named } from '../postgres/createPool.ts';
import type { Schema } from '../schema.ts';
import { createSqliteDatabase } from '../sqlite/sqliteDatabase.ts';
import { columnsOf, storeTables } from './backupFile.ts';

const ROWS_PER_FETCH = 2000;

/** Copies a PostgreSQL database as it stands at one moment into an SQLite file of the same schema, a few rows at a time. */
export async function copyPostgres(databaseUrl: string, target: string): Promise<void> {
  const client = new pg.Client({
    connectionString: named(databaseUrl, 'pharos-backup'),
    types: clientTypes,
  });
  await client.connect();
  const database = new DatabaseSync(target);
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    await requireThisSchema(client);
    database.exec('pragma journal_mode = off; pragma synchronous = off');
    await migrate(
      new Kysely<Schema>({ dialect: new SqliteDialect({ database: createSqliteDatabase(database) }) }),
      SQLITE_TYPES
    );
    const later = takeOut(database);
    for (const table of storeTables(database)) {
      await copyTable(client, database, table);
    }
    database.exec(later.join(';\n'));
  } finally {
    database.close();
    await client.end();
  }
}

/** Rows of an older schema would not fit; of a newer one they would be cut. */
async function requireThisSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  const newest = rows.at(-1)?.name ?? 'none';
  if (newest !== KNOWN_MIGRATIONS.at(-1)) {
    throw new Error(
      `The database has the schema "${newest}" and this program "${KNOWN_MIGRATIONS.at(-1) ?? ''}": back it up with the version of its engine.`
    );
  }
}

/** Indexes are made in one go after the rows, which is faster than one by one; triggers would refuse rows of the audit. */
function takeOut(database: DatabaseSync): readonly string[] {
  const made = database
    .prepare(`select type, name, sql from sqlite_schema where type in ('index', 'trigger') and sql is not null`)
    .all();
  for (const { type, name } of made) {
    database.exec(`drop ${String(type)} "${String(name)}"`);
  }
  return made.map(({ sql }) => String(sql));
}

async function copyTable(client: pg.Client, database: DatabaseSync, table: string): Promise<void> {
  const columns = columnsOf(database, table);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const insert = database.prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join(', ')})`);
  await client.query(`declare everything no scroll cursor for select ${names} from "${table}"`);
  for (;;) {
    const { rows } = await client.query<Record<string, string | number | null>>(
      `fetch ${ROWS_PER_FETCH} from everything`
    );
    database.exec('begin');
    for (const row of rows) {
      insert.run(...columns.map((name) => row[name] ?? null));
    }
    database.exec('commit');
    if (rows.length < ROWS_PER_FETCH) {
      break;
    }
  }
  await client.query('close everything');
}
