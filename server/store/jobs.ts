import { chunks } from './chunks.ts';
import { claimBatch, endLeases } from './jobClaims.ts';
import { buryBatch, completeBatch, retryBatch } from './jobOutcomes.ts';
import { dueQueues, ensureQueues, nextDueAt } from './jobQueues.ts';
import type { Job, JobRepository } from './jobRepository.ts';
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
    bury: (claim, now, error) => buryBatch(session, claim, { now, error }),
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

    async prune(before, limit) {
      const db = session.writer('jobs.prune');
      let deleted = 0;
      for (const namespace of await namespacesOf(db, 'jobs')) {
        const old = db
          .selectFrom('jobs')
          .select('seq')
          .where('namespace', '=', namespace)
          // Dead letters stay until somebody has seen to them.
          .where('state', 'in', ['done', 'skipped'])
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
          .limit(Math.max(0, limit - deleted));
        const { numDeletedRows } = await db.deleteFrom('jobs').where('seq', 'in', old).executeTakeFirst();
        deleted += Number(numDeletedRows);
      }
      return deleted;
    },
  };
}
