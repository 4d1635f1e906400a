import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { requireWhole, writeInfo } from './backupFile.ts';
import { copySqlite } from './copySqlite.ts';
import type { BackupTask } from './writeBackup.ts';

/* Run as a thread of its own: copying and checking a large file would hold everything else up for seconds. */

const { databaseUrl, databaseFile, target, info } = workerData as BackupTask;

if (databaseUrl === null) {
  await copySqlite(databaseFile, target);
} else {
  const { copyPostgres } = await import('./copyPostgres.ts');
  await copyPostgres(databaseUrl, target);
}

const database = new DatabaseSync(target);
try {
  // One file, without a log beside it.
  database.exec('pragma journal_mode = delete; pragma synchronous = off');
  writeInfo(database, info);
  requireWhole(database, 'What was just written');
} finally {
  database.close();
}
const handle = openSync(target, 'r+');
fsyncSync(handle);
closeSync(handle);
parentPort?.postMessage('done');
