import { backup, DatabaseSync } from 'node:sqlite';

/** About 16 MB between two looks at whether somebody waits for the file. */
const PAGES_PER_STEP = 4000;
const BUSY_TIMEOUT_MS = 5000;

/**
 * Copies an SQLite database as it stands at one moment, while others write to it.
 *
 * The open read transaction is what makes that work: it pins one moment, so that a commit of the engine does not start the copy
 * anew, as it does without, and never an end of it where commits come all the time. It takes no lock that a writer waits for; only
 * the write-ahead log cannot be reset until it ends, and so it ends before the copy is checked.
 */
export async function copySqlite(source: string, target: string): Promise<void> {
  const database = new DatabaseSync(source, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec('begin');
    database.prepare('select count(*) from sqlite_schema').get();
    await backup(database, target, { rate: PAGES_PER_STEP });
  } finally {
    database.close();
  }
}
