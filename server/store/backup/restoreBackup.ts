import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { epochMs, type EpochMs } from '../../../src/core/units.ts';
import { makeFolder } from '../../makeFolder.ts';
import { openStore } from '../openStore.ts';
import { lockDirectory } from '../sqlite/directoryLock.ts';
import { INFO_TABLE, inspectBackup } from './backupFile.ts';
import { leaveOutStale } from './leaveOutStale.ts';
import type { RestoreRequest } from './restoreRequest.ts';
import { syncFolder } from './writeBackup.ts';

export type Restored = ReturnType<typeof inspectBackup> & {
  /** Where what was there before is kept; null when nothing was. */
  readonly keptAside: string | null;
  /** Notifications that were waiting in the backup and are not sent any more. */
  readonly leftOut: number;
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
  let leftOut = 0;
  const withStagedFile: WithStaged = (place) =>
    withStaged(request, found, (staged) => {
      leftOut = staged.leftOut;
      return place(staged.file);
    });
  const keptAside = await restoreInto(request, withStagedFile);
  return { ...found, keptAside, leftOut };
}

type WithStaged = <T>(place: (file: string) => Promise<T>) => Promise<T>;

async function restoreInto(request: RestoreRequest, withStagedFile: WithStaged): Promise<string | null> {
  if (request.databaseUrl === null) {
    return await restoreToSqlite(request, withStagedFile);
  }
  const { restoreToPostgres } = await import('./restoreToPostgres.ts');
  return await restoreToPostgres({ ...request, databaseUrl: request.databaseUrl }, withStagedFile);
}

async function restoreToSqlite(
  { dataDir, force, clock }: RestoreRequest,
  withStagedFile: WithStaged
): Promise<string | null> {
  makeFolder(dataDir);
  const unlock = lockDirectory(dataDir);
  try {
    const database = path.join(dataDir, 'pharos.db');
    const present = existsSync(database);
    if (present && !force) {
      throw new Error(
        `There is a database in ${dataDir} already. Give --force to replace it; the old one is kept beside it.`
      );
    }
    return await withStagedFile((staged) => {
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
  place: (staged: { readonly file: string; readonly leftOut: number }) => Promise<T>
): Promise<T> {
  makeFolder(request.dataDir);
  const folder = mkdtempSync(path.join(request.dataDir, '.restore-'));
  try {
    const staged = path.join(folder, 'pharos.db');
    copyFileSync(request.file, staged);
    const leftOut = clean(staged, epochMs(found.createdAt), request.clock.now());
    await enterRestore(folder, request, found);
    syncFile(staged);
    return await place({ file: staged, leftOut });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes out what must not live again. @returns how many notifications were left out */
function clean(file: string, takenAt: EpochMs, now: EpochMs): number {
  const database = new DatabaseSync(file);
  try {
    database.exec(`drop table ${INFO_TABLE}; delete from sessions; delete from login_links`);
    return leaveOutStale(database, takenAt, now);
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
