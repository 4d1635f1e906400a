import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { openStore } from '../openStore.ts';
import { clientTypes, ENGINE_NAME, named } from '../postgres/createPool.ts';
import { columnsOf, storeTables } from './backupFile.ts';
import type { RestoreRequest } from './restoreRequest.ts';
import { writeBackup } from './writeBackup.ts';

const ROWS_PER_STATEMENT = 2000;
/** What an engine writes by only being there. */
const SAYS_NOTHING = new Set(['store_check', 'leases', 'source_answers']);

type Target = RestoreRequest & { readonly databaseUrl: string };
type WithStaged = (place: (staged: string) => Promise<void>) => Promise<void>;

/** Puts the rows of a staged SQLite file into a PostgreSQL database, all or none. @returns where the old rows are kept, or null */
export async function restoreToPostgres(target: Target, withStaged: WithStaged): Promise<string | null> {
  const client = new pg.Client({
    connectionString: named(target.databaseUrl, 'pharos-restore'),
    types: clientTypes,
  });
  await client.connect();
  try {
    await requireNoEngine(client);
    // Makes the tables where there are none, and refuses a newer schema.
    await (await openStore({ databaseUrl: target.databaseUrl, dataDir: target.dataDir, clock: target.clock })).close();
    const keptAside = (await isEmpty(client)) ? null : await keepAside(target);
    await withStaged((staged) => replaceRows(client, staged));
    return keptAside;
  } finally {
    await client.end();
  }
}

async function requireNoEngine(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ address: string | null }>(
    `select client_addr::text as address from pg_stat_activity
     where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
    [ENGINE_NAME]
  );
  if (rows.length > 0) {
    const where = [...new Set(rows.map(({ address }) => address ?? 'this machine'))].join(', ');
    throw new Error(`An engine is connected to the database, from ${where}: stop all engines first.`);
  }
}

async function tablesOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name not like 'kysely%'`
  );
  return rows.map(({ name }) => name);
}

async function isEmpty(client: pg.Client): Promise<boolean> {
  for (const table of await tablesOf(client)) {
    const { rows } = await client.query(`select 1 from "${table}" limit 1`);
    if (rows.length > 0 && !SAYS_NOTHING.has(table)) {
      return false;
    }
  }
  return true;
}

async function keepAside({ force, databaseUrl, dataDir, backupDir, clock, version }: Target): Promise<string> {
  if (!force) {
    throw new Error('The database is not empty. Give --force to replace its rows; they are backed up first.');
  }
  const at = clock.now();
  const file = path.join(backupDir, `replaced-${new Date(at).toISOString().replaceAll(':', '')}.db`);
  await writeBackup({ databaseUrl, dataDir }, file, { version, createdAt: at });
  return file;
}

async function replaceRows(client: pg.Client, staged: string): Promise<void> {
  const database = new DatabaseSync(staged, { readOnly: true });
  try {
    await client.query('begin');
    // The audit refuses changes; the rows that come have their own chain.
    await client.query('alter table audit disable trigger user');
    await client.query(`truncate ${(await tablesOf(client)).map((table) => `"${table}"`).join(', ')}`);
    for (const table of storeTables(database)) {
      await copyTable(database, client, table);
    }
    await client.query('alter table audit enable trigger user');
    await continueNumbers(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    database.close();
  }
}

async function copyTable(database: DatabaseSync, client: pg.Client, table: string): Promise<void> {
  const names = columnsOf(database, table)
    .map((name) => `"${name}"`)
    .join(', ');
  const insert = `insert into "${table}" (${names}) select ${names} from json_populate_recordset(null::"${table}", $1::json)`;
  let rows: unknown[] = [];
  const send = async (): Promise<void> => {
    if (rows.length > 0) {
      await client.query(insert, [JSON.stringify(rows, asText)]);
      rows = [];
    }
  };
  for (const row of database.prepare(`select ${names} from "${table}"`).iterate()) {
    rows.push(row);
    if (rows.length === ROWS_PER_STATEMENT) {
      await send();
    }
  }
  await send();
}

/** JSON has no infinities, but PostgreSQL reads their names. */
const asText = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** The next row must not get a number that a restored one has. */
async function continueNumbers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = current_schema() and is_identity = 'YES'`
  );
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max("${column}"), 1), max("${column}") is not null) from "${table}"`,
      [table, column]
    );
  }
}
