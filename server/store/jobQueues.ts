import { sql } from 'kysely';
import type { EpochMs } from '../../src/core/units.ts';
import type { NewJob } from './jobRepository.ts';
import type { Session } from './session.ts';

/** Looks before it inserts: on PostgreSQL an insert would collide with every claim that runs beside it. */
export async function ensureQueues(session: Session, jobs: readonly NewJob[]): Promise<void> {
  const db = session.writer('jobs.enqueue');
  const wanted = new Map(
    jobs.map(({ namespace, kind, queue }) => [JSON.stringify([namespace, kind, queue]), { namespace, kind, queue }])
  );
  for (const key of wanted.values()) {
    const known = await db
      .selectFrom('job_queues')
      .select('queue')
      .where('namespace', '=', key.namespace)
      .where('kind', '=', key.kind)
      .where('queue', '=', key.queue)
      .executeTakeFirst();
    if (known === undefined) {
      await db
        .insertInto('job_queues')
        .values({ ...key, fence: 0, batch_id: null, claimable_at: null })
        .onConflict((conflict) => conflict.columns(['namespace', 'kind', 'queue']).doNothing())
        .execute();
    }
  }
}

/** When the earliest fresh job of the queue in the outer query is due. */
const earliestFresh = sql<EpochMs | null>`(
  select min(jobs.run_at) from jobs where jobs.namespace = job_queues.namespace and jobs.kind = job_queues.kind
    and jobs.queue = job_queues.queue and jobs.state = 'queued'
)`;

/** A queue with a batch is claimable when its lease or its wait is over, one without when its earliest job is due. */
const claimableAt = sql<EpochMs | null>`case when batch_id is null then ${earliestFresh} else claimable_at end`;

export const dueQueues = (session: Session, kind: string, now: EpochMs) =>
  session
    .reader()
    .selectFrom('job_queues')
    .select(['namespace', 'queue'])
    .where('kind', '=', kind)
    .where(claimableAt, '<=', now)
    .orderBy(claimableAt)
    .orderBy('namespace')
    .orderBy('queue')
    .execute();

export async function nextDueAt(session: Session, kind: string): Promise<EpochMs | null> {
  const row = await session
    .reader()
    .selectFrom('job_queues')
    .select((eb) => eb.fn.min<EpochMs | null>(claimableAt).as('at'))
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row?.at ?? null;
}
