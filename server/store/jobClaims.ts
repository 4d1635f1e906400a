import { randomUUID } from 'node:crypto';
import type { EpochMs } from '../../src/core/units.ts';
import { chunks } from './chunks.ts';
import type { Claim, JobRepository } from './jobRepository.ts';
import { fromJobRow, type JobRow } from './jobRow.ts';
import type { JobQueueRow } from './schema.ts';
import type { Session } from './session.ts';

type ClaimRequest = Parameters<JobRepository['claim']>[0];
type QueueKey = Pick<JobQueueRow, 'namespace' | 'kind' | 'queue'>;

/** `seq in (…)` with every member of a batch at once; a batch may be larger than one statement takes variables. */
const SEQS_PER_STATEMENT = 1000;

/**
 * Takes the queue's batch: the one whose lease ended or whose retry is due, else a new one of fresh jobs.
 *
 * ```
 *            claim                complete, bury
 *   free ───────────────▶ leased ───────────────▶ free
 *                        ▲  │ retry
 *     lease over: claim  └──┤
 *     retry due: claim      ▼
 *                         waiting
 * ```
 *
 * A waiting batch holds its queue: what came later is not told before it.
 */
export async function claimBatch(session: Session, request: ClaimRequest): Promise<Claim | undefined> {
  const queue = await lockQueue(session, request);
  if (queue === undefined || (queue.claimable_at !== null && queue.claimable_at > request.now)) {
    return undefined;
  }
  const rows = await (queue.batch_id === null ? freshJobs(session, request) : batchJobs(session, queue));
  if (rows.length === 0) {
    return undefined;
  }
  const batchId = queue.batch_id ?? randomUUID();
  const fence = queue.fence + 1;
  await lease(session, rows, { batchId, fence, leaseUntil: request.leaseUntil, queue });
  return {
    namespace: request.namespace,
    queue: request.queue,
    batchId,
    fence,
    jobs: rows.map((row) =>
      fromJobRow({ ...row, state: 'running', batch_id: batchId, fence, lease_until: request.leaseUntil })
    ),
  };
}

/** The queue's row, kept from other engines; one that another engine is just claiming counts as taken. */
const lockQueue = (session: Session, { namespace, kind, queue }: ClaimRequest): Promise<JobQueueRow | undefined> =>
  session
    .writer('jobs.claim')
    .selectFrom('job_queues')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('kind', '=', kind)
    .where('queue', '=', queue)
    .$if(session.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();

const batchJobs = (session: Session, { namespace, batch_id }: JobQueueRow): Promise<JobRow[]> =>
  session
    .reader()
    .selectFrom('jobs')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('batch_id', '=', batch_id)
    .where('state', 'in', ['queued', 'running'])
    .orderBy('first_run_at')
    .orderBy('seq')
    .execute();

const freshJobs = (session: Session, { namespace, kind, queue, now, max }: ClaimRequest): Promise<JobRow[]> =>
  session
    .reader()
    .selectFrom('jobs')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('kind', '=', kind)
    .where('queue', '=', queue)
    .where('state', '=', 'queued')
    .where('run_at', '<=', now)
    .orderBy('run_at')
    .orderBy('seq')
    .limit(max)
    .execute();

async function lease(
  session: Session,
  rows: readonly JobRow[],
  given: { batchId: string; fence: number; leaseUntil: EpochMs; queue: QueueKey }
): Promise<void> {
  const db = session.writer('jobs.claim');
  const seqs = rows.map((row) => row.seq);
  for (const some of chunks(seqs, SEQS_PER_STATEMENT)) {
    await db
      .updateTable('jobs')
      .set({ state: 'running', batch_id: given.batchId, fence: given.fence, lease_until: given.leaseUntil })
      .where('namespace', '=', given.queue.namespace)
      .where('seq', 'in', some)
      .execute();
  }
  await db
    .updateTable('job_queues')
    .set({ batch_id: given.batchId, fence: given.fence, claimable_at: given.leaseUntil })
    .where('namespace', '=', given.queue.namespace)
    .where('kind', '=', given.queue.kind)
    .where('queue', '=', given.queue.queue)
    .execute();
}

/** A queue with running jobs is leased; one whose batch waits for its retry has none. */
export async function endLeases(session: Session, kind: string, now: EpochMs): Promise<void> {
  await session
    .writer('jobs.endLeases')
    .updateTable('job_queues')
    .set({ claimable_at: now })
    .where('kind', '=', kind)
    .where('claimable_at', '>', now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('jobs')
          .select('jobs.seq')
          .whereRef('jobs.namespace', '=', 'job_queues.namespace')
          .whereRef('jobs.batch_id', '=', 'job_queues.batch_id')
          .where('jobs.state', '=', 'running')
      )
    )
    .execute();
}
