import type { EpochMs } from '../../src/core/units.ts';
import { chunks } from './chunks.ts';
import type { Claim } from './jobRepository.ts';
import type { Session } from './session.ts';

const FINISHED = { lease_until: null };

export async function completeBatch(
  session: Session,
  claim: Claim,
  { now, skippedIds }: { readonly now: EpochMs; readonly skippedIds: readonly string[] }
): Promise<boolean> {
  if (!(await releaseQueue(session, claim, null))) {
    return false;
  }
  await skip(session, claim, { now, skippedIds });
  await runningJobs(session, claim)
    .set({ ...FINISHED, state: 'done', finished_at: now })
    .execute();
  return true;
}

export async function retryBatch(
  session: Session,
  claim: Claim,
  { at, error }: { readonly at: EpochMs; readonly error: string }
): Promise<boolean> {
  if (!(await releaseQueue(session, claim, at))) {
    return false;
  }
  await runningJobs(session, claim)
    .set((eb) => ({
      state: 'queued',
      run_at: at,
      lease_until: null,
      last_error: error,
      attempts: eb('attempts', '+', 1),
    }))
    .execute();
  return true;
}

export async function buryBatch(
  session: Session,
  claim: Claim,
  { now, error, skippedIds }: { readonly now: EpochMs; readonly error: string; readonly skippedIds: readonly string[] }
): Promise<boolean> {
  if (!(await releaseQueue(session, claim, null))) {
    return false;
  }
  await skip(session, claim, { now, skippedIds });
  await runningJobs(session, claim)
    .set({ ...FINISHED, state: 'dead', finished_at: now, last_error: error })
    .execute();
  return true;
}

/** What nobody was to be told of ends as such, whatever becomes of the others. */
async function skip(
  session: Session,
  claim: Claim,
  { now, skippedIds }: { readonly now: EpochMs; readonly skippedIds: readonly string[] }
): Promise<void> {
  for (const some of chunks(skippedIds.map(Number))) {
    await runningJobs(session, claim)
      .where('seq', 'in', some)
      .set({ ...FINISHED, state: 'skipped', finished_at: now })
      .execute();
  }
}

const runningJobs = (session: Session, claim: Claim) =>
  session
    .writer('jobs.complete, retry or bury')
    .updateTable('jobs')
    .where('namespace', '=', claim.namespace)
    .where('batch_id', '=', claim.batchId)
    .where('state', '=', 'running');

/**
 * Gives the queue back, or makes it wait with its batch for the next attempt.
 * @returns false when the claim is no longer the newest of its batch, and then nothing was changed
 */
async function releaseQueue(session: Session, claim: Claim, retryAt: EpochMs | null): Promise<boolean> {
  const { numUpdatedRows } = await session
    .writer('jobs.complete, retry or bury')
    .updateTable('job_queues')
    .set(
      retryAt === null
        ? { batch_id: null, claimable_at: null }
        : // A new fence also ends the claim of the worker that asked for the retry.
          { fence: claim.fence + 1, claimable_at: retryAt }
    )
    .where('namespace', '=', claim.namespace)
    .where('queue', '=', claim.queue)
    .where('batch_id', '=', claim.batchId)
    .where('fence', '=', claim.fence)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
