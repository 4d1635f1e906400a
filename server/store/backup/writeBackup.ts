import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackupInfo } from './backupFile.ts';

/** Where the rows are. */
export interface BackupSource {
  /** `postgres://…`, or null for SQLite. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}

export interface BackupTask {
  readonly databaseUrl: string | null;
  readonly databaseFile: string;
  readonly target: string;
  readonly info: BackupInfo;
}

const WORKER = path.join(import.meta.dirname, 'backupWorker.ts');

/**
 * Backs a store up into `file`, which appears whole and checked or not at all. Engines that use the store go on meanwhile.
 *
 * The key that receivers' secrets are encrypted with is not in the database, and so not in the file.
 *
 * @returns its size in bytes
 * @throws Error with a sentence for the operator: nothing to back up, no room, the file is there already
 */
export async function writeBackup(
  { databaseUrl, dataDir }: BackupSource,
  file: string,
  info: Omit<BackupInfo, 'kind'>
): Promise<number> {
  const databaseFile = path.join(dataDir, 'pharos.db');
  const folder = path.dirname(file);
  if (existsSync(file)) {
    throw new Error(`${file} is there already: a backup never replaces a file.`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (databaseUrl === null) {
    requireRoom(databaseFile, folder);
  }
  const target = path.join(folder, `.${path.basename(file)}.${process.pid}.partial`);
  try {
    rmSync(target, { force: true });
    // For its owner only from the first byte on: it holds what the store holds.
    closeSync(openSync(target, 'wx', 0o600));
    chmodSync(target, 0o600);
    await runWorker({
      databaseUrl,
      databaseFile,
      target,
      info: { ...info, kind: databaseUrl === null ? 'sqlite' : 'postgres' },
    });
    renameSync(target, file);
    syncFolder(folder);
    return statSync(file).size;
  } finally {
    for (const rest of ['', '-journal', '-wal', '-shm']) {
      rmSync(`${target}${rest}`, { force: true });
    }
  }
}

function requireRoom(databaseFile: string, folder: string): void {
  const size = statSync(databaseFile, { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    throw new Error(`There is nothing to back up: ${databaseFile} does not exist.`);
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < size * 1.1) {
    throw new Error(
      `There is no room for a backup in ${folder}: ${megabytes(free)} are free, and about ${megabytes(size * 1.1)} are needed.`
    );
  }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

function runWorker(task: BackupTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: task, execArgv: ['--disable-warning=ExperimentalWarning'] });
    worker.once('error', reject);
    worker.once('message', () => resolve());
    worker.once('exit', (code) => reject(new Error(`The backup ended with code ${code} before it was done.`)));
  });
}

/** A file that was renamed is there after a power cut only when its folder has been written too. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
