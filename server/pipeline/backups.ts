import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { addMs, days, epochMs, hours, minutes, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { EngineError, messageOf } from '../errors.ts';
import { backupName, listBackups, listLeftovers, type BackupEntry } from '../store/backup/backupFile.ts';
import { writeBackup, type BackupSource } from '../store/backup/writeBackup.ts';

export interface BackupsDeps {
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error' | 'info'>;
  readonly source: BackupSource;
  readonly version: string;
  readonly folder: string;
  /** Time of day, after midnight UTC; null makes none by itself. */
  readonly at: DurationMs | null;
  /** How many stay. */
  readonly keep: number;
  /** Of several engines on one database the leader makes them by itself; absent means this is the only one. */
  readonly isLeader?: () => boolean;
  readonly onDone?: (outcome: 'made' | 'failed') => void;
}

export interface BackupState {
  /** The newest first. */
  readonly backups: readonly BackupEntry[];
  readonly running: boolean;
  /** When the next is due; null when none is made by itself. */
  readonly nextAt: EpochMs | null;
  /** Why the last attempt failed; null when it did not. */
  readonly lastError: string | null;
}

export interface Backups {
  start(): void;
  /** Waits for the one that is under way. */
  stop(): Promise<void>;
  state(): BackupState;
  /** Makes one now, and resolves when it is there. @throws EngineError `conflict` while another is being made */
  run(): Promise<BackupEntry>;
}

/** Looked at each minute, not slept until: clocks are set and machines are suspended. */
const LOOK_EVERY = minutes(1);
/** An engine that runs only by day must have a backup too. */
const FIRST_AFTER = hours(1);
const AFTER_FAILURE = hours(1);

/** Backs the store up each night, on demand besides, and keeps the newest. */
export function createBackups(deps: BackupsDeps): Backups {
  const { clock, log, folder, at, isLeader = () => true } = deps;
  const startedAt = clock.now();
  let failure: { readonly at: EpochMs; readonly message: string } | null = null;
  let current: Promise<BackupEntry> | undefined;
  let cancel = (): void => undefined;

  const nextAt = (): EpochMs | null => {
    if (at === null || !isLeader()) {
      return null;
    }
    // One from a time when the clock was ahead must not keep the next ones away.
    const newest = listBackups(folder).find(({ createdAt }) => createdAt <= clock.now())?.createdAt;
    const due = newest === undefined ? addMs(startedAt, FIRST_AFTER) : nextTimeOfDay(newest, at);
    return failure === null ? due : epochMs(Math.max(due, addMs(failure.at, AFTER_FAILURE)));
  };

  const make = async (): Promise<BackupEntry> => {
    const createdAt = clock.now();
    const name = backupName(createdAt);
    const file = path.join(folder, name);
    try {
      const sizeBytes = await writeBackup(deps.source, file, { version: deps.version, createdAt });
      failure = null;
      dropOld(deps);
      deps.onDone?.('made');
      log.info({ file, sizeBytes, ms: clock.now() - createdAt }, 'the store was backed up');
      return { name, file, createdAt, sizeBytes };
    } catch (error) {
      failure = { at: createdAt, message: messageOf(error) };
      deps.onDone?.('failed');
      log.error({ reason: failure.message, folder }, 'the store could not be backed up');
      throw error;
    }
  };

  const run = (): Promise<BackupEntry> => {
    if (current !== undefined) {
      return Promise.reject(new EngineError('conflict', 'A backup is being made already: wait for it.'));
    }
    const running = make().finally(() => {
      current = undefined;
    });
    current = running;
    return running;
  };

  const look = (): void => {
    const due = nextAt();
    if (due !== null && clock.now() >= due && current === undefined) {
      // What failed is logged, shown, and tried again in an hour.
      run().catch(() => undefined);
    }
    cancel = clock.after(LOOK_EVERY, look);
  };

  return {
    start: () => {
      cancel = clock.after(LOOK_EVERY, look);
    },
    async stop() {
      cancel();
      await current?.catch(() => undefined);
    },
    state: () => ({
      backups: listBackups(folder),
      running: current !== undefined,
      nextAt: nextAt(),
      lastError: failure?.message ?? null,
    }),
    run,
  };
}

/** Of the last days the newest each: whoever makes many today does not lose yesterday's. */
function dropOld({ folder, keep, clock }: BackupsDeps): void {
  const all = listBackups(folder);
  const dayOf = ({ createdAt }: BackupEntry): string => new Date(createdAt).toISOString().slice(0, 10);
  const newestOfDays = [...Map.groupBy(all, dayOf).values()].flatMap(([newest]) =>
    newest === undefined ? [] : [newest]
  );
  const kept = new Set([...all.slice(0, keep), ...newestOfDays.slice(0, keep)]);
  const old = all.filter((entry) => !kept.has(entry));
  const leftovers = listLeftovers(folder, addMs(clock.now(), days(-1)));
  for (const file of [...old.map((entry) => entry.file), ...leftovers]) {
    rmSync(file, { force: true });
  }
}

/** The first moment after `time` with this time of day. */
function nextTimeOfDay(time: EpochMs, at: DurationMs): EpochMs {
  const today = epochMs(Math.floor(time / days(1)) * days(1) + at);
  return today > time ? today : addMs(today, days(1));
}
