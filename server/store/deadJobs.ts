import { sql } from 'kysely';
import type { EpochMs } from '../../src/core/units.ts';
import { chunks } from './chunks.ts';
import { decodeCursor, rowsToRead, toPage } from './cursor.ts';
import type { DeadJobs, Job } from './jobRepository.ts';
import { fromJobRow, type JobRow } from './jobRow.ts';
import type { Page, PageRequest } from './page.ts';
import type { Session } from './session.ts';

type Scope = Omit<DeadJobs, 'ids'>;

const selectDead = (session: Session, { namespace, kind }: Scope) =>
  session
    .reader()
    .selectFrom('jobs')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('state', '=', 'dead')
    .where('kind', '=', kind);

/** Newest first, by the index of finished jobs. */
export async function listDead(session: Session, scope: Scope, page: PageRequest): Promise<Page<Job>> {
  const before = page.cursor === undefined ? undefined : decodeCursor(page.cursor, ['number', 'number']);
  const rows = await selectDead(session, scope)
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(finished_at, seq) < (${before?.[0]}, ${before?.[1]})`)
    )
    .orderBy('finished_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(rowsToRead(page))
    .execute();
  return toPage(rows, page, { item: fromJobRow, key: (row) => [row.finished_at ?? 0, row.seq] });
}

/** As a job that was only just asked for: its age and its attempts count from now, and it goes out in a batch of its own time. */
export const reviveDead = (session: Session, request: DeadJobs, now: EpochMs): Promise<readonly Job[]> =>
  change(session, request, {
    ...{ state: 'queued', attempts: 0, batch_id: null, last_error: null, finished_at: null },
    ...{ run_at: now, first_run_at: now, created_at: now },
  });

/** What went wrong, and when, stays with it. */
export const dismissDead = (session: Session, request: DeadJobs): Promise<readonly Job[]> =>
  change(session, request, { state: 'dismissed' });

async function change(session: Session, request: DeadJobs, values: Partial<JobRow>): Promise<readonly Job[]> {
  const db = session.writer('jobs.revive or dismiss');
  const changed: Job[] = [];
  for (const ids of chunks([...new Set(request.ids)].map(Number))) {
    const rows = await selectDead(session, request)
      .where('seq', 'in', ids)
      .orderBy('seq')
      // Another engine may be at the same jobs.
      .$if(session.kind === 'postgres', (query) => query.forUpdate())
      .execute();
    if (rows.length > 0) {
      const seqs = rows.map(({ seq }) => seq);
      await db
        .updateTable('jobs')
        .set(values)
        .where('namespace', '=', request.namespace)
        .where('seq', 'in', seqs)
        .execute();
    }
    changed.push(...rows.map(fromJobRow));
  }
  return changed;
}
