import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../openStore.ts';
import { lockDirectory } from '../sqlite/directoryLock.ts';
import { INFO_TABLE, inspectBackup } from './backupFile.ts';
import type { RestoreRequest } from './restoreRequest.ts';
import { syncFolder } from './writeBackup.ts';

export type Restored = ReturnType<typeof inspectBackup> & {
  /** Where what was there before is kept; null when nothing was. */
  readonly keptAside: string | null;
};

/**
 * Puts a backup into the store that the settings name, whichever database it was taken of. An older schema is brought up to date,
 * sessions and login links are ended, and the restore stands in the audit. Until all of that has worked nothing is touched.
 *
 * @throws Error with a sentence for the operator: the file is damaged, no backup or of a newer schema; an engine runs on the store;
 *   the store is not empty and `force` is not given
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const found = inspectBackup(request.file);
  if (request.databaseUrl === null) {
    return { ...found, keptAside: await restoreToSqlite(request, found) };
  }
  const { restoreToPostgres } = await import('./restoreToPostgres.ts');
  const target = { ...request, databaseUrl: request.databaseUrl };
  const keptAside = await restoreToPostgres(target, (place) => withStaged(request, found, place));
  return { ...found, keptAside };
}

async function restoreToSqlite(
  request: RestoreRequest,
  found: ReturnType<typeof inspectBackup>
): Promise<string | null> {
  const { dataDir, force, clock } = request;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDirectory(dataDir);
  try {
    const database = path.join(dataDir, 'pharos.db');
    const present = existsSync(database);
    if (present && !force) {
      throw new Error(
        `There is a database in ${dataDir} already. Give --force to replace it; the old one is kept beside it.`
      );
    }
    return await withStaged(request, found, (staged) => {
      const aside = `${database}.replaced-${new Date(clock.now()).toISOString().replaceAll(':', '')}`;
      if (present) {
        keepAside(database, aside);
      }
      renameSync(staged, database);
      syncFolder(dataDir);
      return Promise.resolve(present ? aside : null);
    });
  } finally {
    unlock();
  }
}

/** Makes the database that is to be there, in a folder of its own, and hands it over. */
async function withStaged<T>(
  request: RestoreRequest,
  found: ReturnType<typeof inspectBackup>,
  place: (staged: string) => Promise<T>
): Promise<T> {
  mkdirSync(request.dataDir, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(request.dataDir, '.restore-'));
  try {
    const staged = path.join(folder, 'pharos.db');
    copyFileSync(request.file, staged);
    dropInfo(staged);
    await enterRestore(folder, request, found);
    syncFile(staged);
    return await place(staged);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function dropInfo(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec(`drop table ${INFO_TABLE}; delete from sessions; delete from login_links`);
  } finally {
    database.close();
  }
}

/** Brings the schema up to date, and notes the restore where every change is noted. */
async function enterRestore(
  dataDir: string,
  { clock, version }: RestoreRequest,
  found: ReturnType<typeof inspectBackup>
): Promise<void> {
  const store = await openStore({ databaseUrl: null, dataDir, clock });
  try {
    await store.write((tx) =>
      tx.audit.append('default', {
        ...{ at: clock.now(), actor: 'cli', actorName: 'pharos restore', action: 'restoreBackup', object: 'store' },
        ...{ outcome: 'done', before: null, requestId: '' },
        after: { takenAt: new Date(found.createdAt).toISOString(), takenBy: found.version, restoredBy: version },
      })
    );
  } finally {
    await store.close();
  }
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Leaves the old database under another name. It keeps its own name too, until the new one takes that in one step: a power cut in
 * between must not leave a directory without a database, in which an engine would begin anew.
 */
function keepAside(database: string, aside: string): void {
  if (foldLog(database)) {
    linkSync(database, aside);
    return;
  }
  // It cannot be opened: all of it is kept as it is.
  for (const end of ['-wal', '-shm', '']) {
    if (existsSync(`${database}${end}`)) {
      renameSync(`${database}${end}`, `${aside}${end}`);
    }
  }
}

/** Takes the write-ahead log into the file, because the new database must not find it. */
function foldLog(file: string): boolean {
  try {
    const database = new DatabaseSync(file);
    try {
      const mode = database.prepare('pragma journal_mode = delete').get();
      return mode?.['journal_mode'] === 'delete' && !existsSync(`${file}-wal`);
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}
