import type { DatabaseSync } from 'node:sqlite';
import { minutes, sinceMs, type EpochMs } from '../../../src/core/units.ts';
import { NOTIFY } from '../../notifyPayload.ts';

/** A backup that is put back within this time is a move: what was queued in it has not been sent by anybody else. */
const STILL_CURRENT = minutes(15);

/**
 * Takes the notifications that were waiting in an older backup out of their queues, because the engine of that time went on and sent
 * them: a restore must page nobody about the past. What still fires is announced by its source again.
 *
 * @returns how many were left out
 */
export function leaveOutStale(database: DatabaseSync, takenAt: EpochMs, now: EpochMs): number {
  if (sinceMs(takenAt, now) <= STILL_CURRENT) {
    return 0;
  }
  const { changes } = database
    .prepare(
      `update jobs set state = 'skipped', lease_until = null, finished_at = ?, last_error = ?
       where kind = '${NOTIFY}' and state in ('queued', 'running')`
    )
    .run(now, `was waiting in a backup of ${new Date(takenAt).toISOString()}, and is not sent after the restore`);
  database.exec(`update job_queues set batch_id = null, claimable_at = null where kind = '${NOTIFY}'`);
  return Number(changes);
}
