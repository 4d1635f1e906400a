import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { epochMs, type EpochMs } from '../../../src/core/units.ts';
import { messageOf } from '../../errors.ts';
import { requireKnown } from '../migrate.ts';

/*
 * A backup is one SQLite file, whatever database it was taken of: it can be checked page by page, read with any SQLite, and put
 * back into either database. Beside the tables of the store it holds this one, of names and values.
 */
export const INFO_TABLE = 'pharos_backup';

/** What a backup says of itself. */
export interface BackupInfo {
  /** The version of Pharos that made it. */
  readonly version: string;
  readonly createdAt: EpochMs;
  /** The database that it was taken of. */
  readonly kind: 'sqlite' | 'postgres';
}

/** A backup in the folder of backups. */
export interface BackupEntry {
  readonly name: string;
  readonly file: string;
  readonly createdAt: EpochMs;
  readonly sizeBytes: number;
}

const NAME = /^pharos-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.db$/;

/** `pharos-20261125T030000Z.db`: sorts by time, and is what `listBackups` finds again. */
export const backupName = (at: EpochMs): string =>
  `pharos-${new Date(at).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')}.db`;

/** The backups of a folder, newest first; none where there is no such folder. Files of other names are not ours and stay out. */
export function listBackups(folder: string): readonly BackupEntry[] {
  return namesIn(folder)
    .flatMap((name) => {
      const [, ...parts] = NAME.exec(name) ?? [];
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
      const file = path.join(folder, name);
      const size = statSync(file, { throwIfNoEntry: false })?.size;
      return parts.length === 0 || size === undefined
        ? []
        : [{ name, file, sizeBytes: size, createdAt: epochMs(Date.UTC(year, month - 1, day, hour, minute, second)) }];
    })
    .toSorted((a, b) => b.createdAt - a.createdAt);
}

/** What backups have left that were cut off, by a kill or a power cut, before the time. */
export const listLeftovers = (folder: string, before: EpochMs): readonly string[] =>
  namesIn(folder)
    .filter((name) => /^\.pharos-.*\.partial$/.test(name))
    .map((name) => path.join(folder, name))
    .filter((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < before);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What `file` is a backup of, and how many rows each table has. @throws Error with a sentence when it is none, is damaged or too new */
export function inspectBackup(file: string): BackupInfo & { readonly rows: Readonly<Record<string, number>> } {
  const database = openBackup(file);
  try {
    requireWhole(database, file);
    const info = readInfo(database, file);
    const applied = database.prepare('select name from kysely_migration order by name').all();
    requireKnown(
      `The backup ${file}`,
      applied.map(({ name }) => String(name))
    );
    return { ...info, rows: countRows(database) };
  } finally {
    database.close();
  }
}

function openBackup(file: string): DatabaseSync {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Error(`There is no file ${file}: expected one that pharos backup has made.`);
  }
  return new DatabaseSync(file, { readOnly: true });
}

/** @throws Error when a page is torn, or an index does not fit its table */
export function requireWhole(database: DatabaseSync, file: string): void {
  const problem = integrityProblem(database);
  if (problem !== undefined) {
    throw new Error(`${file} is damaged, or no backup at all (${problem}). Take an older one.`);
  }
}

function integrityProblem(database: DatabaseSync): string | undefined {
  try {
    const [first] = database.prepare('pragma integrity_check(1)').all();
    const verdict = String(first?.['integrity_check']);
    return verdict === 'ok' ? undefined : verdict;
  } catch (error) {
    return messageOf(error);
  }
}

function readInfo(database: DatabaseSync, file: string): BackupInfo {
  try {
    const rows = database.prepare(`select name, value from ${INFO_TABLE}`).all();
    const values = new Map(rows.map(({ name, value }) => [String(name), String(value)]));
    return {
      version: values.get('version') ?? '',
      createdAt: epochMs(Number(values.get('createdAt'))),
      kind: values.get('kind') === 'postgres' ? 'postgres' : 'sqlite',
    };
  } catch (error) {
    throw new Error(
      `${file} is a database, but no backup of Pharos: expected a file that pharos backup has made. A file pharos.db of a stopped engine can simply be put where it was.`,
      { cause: error }
    );
  }
}

/** Writes what a backup says of itself. */
export function writeInfo(database: DatabaseSync, info: BackupInfo): void {
  database.exec(`create table ${INFO_TABLE} (name text primary key, value text not null) strict`);
  const insert = database.prepare(`insert into ${INFO_TABLE} (name, value) values (?, ?)`);
  for (const [name, value] of Object.entries(info)) {
    insert.run(name, String(value));
  }
}

/** What the file holds encrypted: of receivers and of sources. */
export function readEncrypted(file: string): readonly string[] {
  const database = openBackup(file);
  try {
    const rows = database
      .prepare(`select secrets as text from receivers union all select secret from sources where secret <> ''`)
      .all();
    return rows.map(({ text }) => String(text));
  } finally {
    database.close();
  }
}

/** The tables that belong to the store, in a file of its schema. */
export const storeTables = (database: DatabaseSync): readonly string[] =>
  database
    .prepare(
      `select name from sqlite_schema where type = 'table' and name not glob 'sqlite_*' and name not glob 'kysely_*'
         and name <> '${INFO_TABLE}' order by name`
    )
    .all()
    .map(({ name }) => String(name));

export const columnsOf = (database: DatabaseSync, table: string): readonly string[] =>
  database
    .prepare('select name from pragma_table_info(?) order by cid')
    .all(table)
    .map(({ name }) => String(name));

const countRows = (database: DatabaseSync): Record<string, number> =>
  Object.fromEntries(
    storeTables(database).map((table) => [
      table,
      Number(database.prepare(`select count(*) as rows from "${table}"`).get()?.['rows']),
    ])
  );
