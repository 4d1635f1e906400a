import { fork } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../makeFolder.ts';
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

/** What the process of a backup says at its end. */
export type BackupOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

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
  makeFolder(folder);
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

/** Gives way to the engine: a backup may take a little longer, an alert may not. */
const NICENESS = 5;

/**
 * In a process of its own, not a thread: what it needs in memory is given back when it ends. The task goes over the channel, as the
 * address of a database may hold a password that no list of processes should show.
 */
function runWorker(task: BackupTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(WORKER, [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let outcome: BackupOutcome | undefined;
    worker.once('error', reject);
    worker.once('message', (message: BackupOutcome) => {
      outcome = message;
    });
    worker.once('exit', (code, signal) => {
      if (outcome?.ok === true) {
        resolve();
      } else {
        reject(new Error(outcome?.reason ?? `The backup ended before it was done (${signal ?? `code ${code}`}).`));
      }
    });
    if (worker.pid !== undefined) {
      setPriority(worker.pid, NICENESS);
    }
    worker.send(task);
  });
}

/** A file that was renamed is there after a power cut only when its folder has been written too. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
