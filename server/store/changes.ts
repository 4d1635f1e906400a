import { sql } from 'kysely';
import { chunks } from './chunks.ts';
import type { ChangeRepository } from './changeRepository.ts';
import type { CommitListeners } from './commitListeners.ts';
import type { Session } from './session.ts';

/** Rows in one answer of `since`. */
const MAX_CHANGES = 1000;

export function createChangeRepository(session: Session, listeners: CommitListeners): ChangeRepository {
  return {
    async append(namespace, changes) {
      const db = session.writer('changes.append');
      if (changes.length === 0) {
        return;
      }
      if (session.kind === 'postgres') {
        // Transactions that run side by side must commit in the order of their numbers: a reader that has seen 8 never asks
        // for 7 again. The lock ends with the transaction.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`pharos changes ${namespace}`}, 0))`.execute(db);
      }
      for (const some of chunks(changes)) {
        await db
          .insertInto('changes')
          .values(some.map(({ topic, id }) => ({ namespace, topic, change_id: id })))
          .execute();
      }
      session.changed(namespace);
    },

    async since(namespace, seq) {
      // Read first: what is committed in between belongs to the next call, and is not skipped by a caller who goes on from `newest`.
      const { oldest, newest } = await bounds(session, namespace);
      const rows = await session
        .reader()
        .selectFrom('changes')
        .select(['seq', 'topic', 'change_id as id'])
        .where('namespace', '=', namespace)
        .where('seq', '>', seq)
        .where('seq', '<=', newest)
        .orderBy('seq')
        .limit(MAX_CHANGES)
        .execute();
      return { changes: rows, oldest, newest };
    },

    async newest(namespace) {
      return (await bounds(session, namespace)).newest;
    },

    onCommit: (listener) => listeners.add(listener),

    async prune(keep, limit) {
      const db = session.writer('changes.prune');
      const newestToGo = db
        .selectFrom('changes')
        .select('seq')
        .orderBy('seq', 'desc')
        .limit(1)
        // One row always stays: it tells where the numbers are.
        .offset(Math.max(1, keep));
      const old = db.selectFrom('changes').select('seq').where('seq', '<=', newestToGo).orderBy('seq').limit(limit);
      const { numDeletedRows } = await db.deleteFrom('changes').where('seq', 'in', old).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/**
 * `oldest` is over all namespaces, as pruning is. `newest` is never before what was pruned, so that a namespace in which nothing
 * happens for long does not look as if it had lost something.
 */
async function bounds(session: Session, namespace: string): Promise<{ oldest: number; newest: number }> {
  const db = session.reader();
  const row = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('changes')
        .select((change) => change.fn.min<number | null>('seq').as('seq'))
        .as('oldest'),
      eb
        .selectFrom('changes')
        .select((change) => change.fn.max<number | null>('seq').as('seq'))
        .where('namespace', '=', namespace)
        .as('newest'),
    ])
    .executeTakeFirstOrThrow();
  const oldest = row.oldest ?? 1;
  return { oldest, newest: Math.max(row.newest ?? 0, oldest - 1) };
}
