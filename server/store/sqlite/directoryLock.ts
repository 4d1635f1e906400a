import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Keeps the data directory for this process.
 *
 * The lock is an exclusive transaction, held open for good, on an empty SQLite database beside the real one: SQLite asks the
 * kernel for it, so it ends with the process however that ends, and process numbers that are used twice (containers, reboots) mean
 * nothing to it. The owner file only serves the message.
 *
 * @returns what gives the directory back
 * @throws Error naming the process that has the directory
 */
export function lockDirectory(dataDir: string): () => void {
  const ownerFile = join(dataDir, 'pharos.owner');
  const lock = new DatabaseSync(join(dataDir, 'pharos.lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) {
      throw error;
    }
    throw new Error(
      `The data directory ${dataDir} is in use by ${ownerOf(ownerFile)}. SQLite serves one engine at a time: stop that one, give this one another directory, or set a PostgreSQL address to run several.`,
      { cause: error }
    );
  }
  try {
    writeFileSync(ownerFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => {
    try {
      rmSync(ownerFile, { force: true });
    } finally {
      lock.close();
    }
  };
}

/** SQLITE_BUSY; the lower byte of the number that node:sqlite gives is SQLite's primary result code. */
const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;

function ownerOf(ownerFile: string): string {
  try {
    return `another engine (process ${readFileSync(ownerFile, 'utf8').trim()})`;
  } catch {
    return 'another engine';
  }
}
