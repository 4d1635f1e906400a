import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../errors.ts';
import { requireWhole, writeInfo } from './backupFile.ts';
import { copySqlite } from './copySqlite.ts';
import type { BackupOutcome, BackupTask } from './writeBackup.ts';

/* Run as a program of its own: copying and checking a large file would hold everything else up for seconds. */

process.once('message', (task: BackupTask) => {
  void make(task)
    .then((): BackupOutcome => ({ ok: true }))
    .catch((error: unknown): BackupOutcome => ({ ok: false, reason: messageOf(error) }))
    .then((outcome) => process.send?.(outcome, () => process.disconnect()));
});
// Whoever asked for it is gone: nobody would put the file where it belongs.
process.once('disconnect', () => process.exit());

async function make({ databaseUrl, databaseFile, target, info }: BackupTask): Promise<void> {
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
}
