import type { EpochMs } from '../../src/core/units.ts';
import { chunks } from './chunks.ts';
import { dismissDead, listDead, reviveDead } from './deadJobs.ts';
import { claimBatch, endLeases } from './jobClaims.ts';
import { buryBatch, completeBatch, retryBatch } from './jobOutcomes.ts';
import { dueQueues, ensureQueues, nextDueAt } from './jobQueues.ts';
import type { Job, JobRepository, JobState, PruneTimes } from './jobRepository.ts';
import { fromJobRow, toNewJobRow } from './jobRow.ts';
import { readJobBacklog, readJobStats } from './jobStats.ts';
import { namespacesOf } from './namespacesOf.ts';
import type { Session } from './session.ts';

export function createJobRepository(session: Session): JobRepository {
  return {
    async enqueue(jobs) {
      const db = session.writer('jobs.enqueue');
      await ensureQueues(session, jobs);
      for (const some of chunks(jobs.map(toNewJobRow))) {
        await db
          .insertInto('jobs')
          .values(some)
          .onConflict((conflict) => conflict.columns(['namespace', 'idempotency_key']).doNothing())
          .execute();
      }
    },

    dueQueues: (kind, now) => dueQueues(session, kind, now),
    claim: (request) => claimBatch(session, request),

    complete: (claim, now, outcome) => completeBatch(session, claim, { now, ...outcome }),
    retry: (claim, at, error) => retryBatch(session, claim, { at, error }),
    bury: (claim, now, outcome) => buryBatch(session, claim, { now, ...outcome }),
    endLeases: (kind, now) => endLeases(session, kind, now),

    async listBySubject(namespace, kind, subjects) {
      const found: Job[] = [];
      for (const some of chunks(subjects)) {
        const rows = await session
          .reader()
          .selectFrom('jobs')
          .selectAll()
          .where('namespace', '=', namespace)
          .where('kind', '=', kind)
          .where('subject', 'in', some)
          .orderBy('seq')
          .execute();
        found.push(...rows.map(fromJobRow));
      }
      return found;
    },

    stats: (namespace, kind, since) => readJobStats(session, { namespace, kind, since }),
    backlog: (kind) => readJobBacklog(session, kind),
    nextDueAt: (kind) => nextDueAt(session, kind),

    listDead: (namespace, kind, page) => listDead(session, { namespace, kind }, page),
    revive: (request, now) => reviveDead(session, request, now),
    dismiss: (request) => dismissDead(session, request),

    async prune(before, limit) {
      let deleted = 0;
      for (const namespace of await namespacesOf(session.writer('jobs.prune'), 'jobs')) {
        for (const ended of endedBefore(before)) {
          deleted += await prune(session, { ...ended, namespace, limit: limit - deleted });
        }
      }
      return deleted;
    },
  };
}

interface Ended {
  readonly states: readonly JobState[];
  readonly before: EpochMs;
}

/** What nobody has seen to is kept for as long as there may be somebody to do so. */
const endedBefore = ({ finished, dead }: PruneTimes): readonly Ended[] => [
  { states: ['done', 'skipped', 'dismissed'], before: finished },
  { states: ['dead'], before: dead },
];

async function prune(
  session: Session,
  { namespace, states, before, limit }: Ended & { readonly namespace: string; readonly limit: number }
): Promise<number> {
  const db = session.writer('jobs.prune');
  const old = db
    .selectFrom('jobs')
    .select('seq')
    .where('namespace', '=', namespace)
    .where('state', 'in', states)
    .where('finished_at', '<', before)
    // They say who was told that an alert began, and so who is told of its end.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('alerts')
            .select('alerts.id')
            .whereRef('alerts.namespace', '=', 'jobs.namespace')
            .whereRef('alerts.id', '=', 'jobs.subject')
            .where('alerts.state', '<>', 'resolved')
        )
      )
    )
    .limit(Math.max(0, limit));
  const { numDeletedRows } = await db.deleteFrom('jobs').where('seq', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}
