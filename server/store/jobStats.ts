import { sql } from 'kysely';
import { epochMs, type EpochMs } from '../../src/core/units.ts';
import type { JobBacklog, JobStats } from './jobRepository.ts';
import type { Session } from './session.ts';

interface Scope {
  readonly namespace: string;
  readonly kind: string;
  readonly since: EpochMs;
}

/** Dead letters that nobody has seen to are counted over all time, done and failed (newly dead) ones since `since`. */
export async function readJobStats(session: Session, { namespace, kind, since }: Scope): Promise<JobStats> {
  const jobs = () => session.reader().selectFrom('jobs').where('namespace', '=', namespace).where('kind', '=', kind);
  const queues = await jobs()
    .select((eb) => ['queue', eb.fn.countAll<number>().as('count'), eb.fn.min('created_at').as('oldest')])
    .where('state', '=', 'queued')
    .groupBy('queue')
    .orderBy('queue')
    .execute();
  const finished = await jobs()
    .select((eb) => [
      'state',
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('finished_at', '>=', since).as('countSince'),
    ])
    .where((eb) =>
      eb.or([eb('state', '=', 'dead'), eb('state', 'in', ['done', 'dismissed']).and('finished_at', '>=', since)])
    )
    .groupBy('state')
    .execute();
  const done = finished.find((row) => row.state === 'done');
  const dead = finished.find((row) => row.state === 'dead');
  const dismissed = finished.find((row) => row.state === 'dismissed');
  return {
    queued: queues.reduce((sum, row) => sum + row.count, 0),
    oldestQueuedAt: queues.map((row) => row.oldest).toSorted((a, b) => a - b)[0] ?? null,
    dead: dead?.count ?? 0,
    doneSince: done?.countSince ?? 0,
    failedSince: (dead?.countSince ?? 0) + (dismissed?.countSince ?? 0),
    queuedByQueue: Object.fromEntries(queues.map((row) => [row.queue, row.count])),
  };
}

/**
 * Over all namespaces. What waits is read by the partial index of queued jobs, dead letters by a seek for each namespace that ever
 * had a queue: neither touches the jobs that are done.
 */
export async function readJobBacklog(session: Session, kind: string): Promise<JobBacklog> {
  const db = session.reader();
  const waiting = await db
    .selectFrom('jobs')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min<EpochMs | null>('created_at').as('oldest')])
    .where(sql<boolean>`state = 'queued'`)
    .where('kind', '=', kind)
    .executeTakeFirst();
  const dead = await db
    .selectFrom('jobs')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('namespace', 'in', db.selectFrom('job_queues').select('namespace').where('kind', '=', kind))
    .where('state', '=', 'dead')
    .where('finished_at', '>', epochMs(0))
    .where('kind', '=', kind)
    .executeTakeFirst();
  return { queued: waiting?.count ?? 0, oldestQueuedAt: waiting?.oldest ?? null, dead: dead?.count ?? 0 };
}
