import { chunks } from './chunks.ts';
import type { SeenRequestRepository } from './seenRequest.ts';
import type { Session } from './session.ts';

export function createSeenRequestRepository(session: Session): SeenRequestRepository {
  return {
    async add(namespace, { hash, until }) {
      const { numInsertedOrUpdatedRows } = await session
        .writer('seenRequests.add')
        .insertInto('seen_requests')
        .values({ namespace, hash, until })
        .onConflict((conflict) => conflict.columns(['namespace', 'hash']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async prune(before, limit) {
      const db = session.writer('seenRequests.prune');
      const old = await db
        .selectFrom('seen_requests')
        .select(['namespace', 'hash'])
        .where('until', '<', before)
        .orderBy('until')
        .limit(limit)
        .execute();
      for (const [namespace, rows] of Map.groupBy(old, (row) => row.namespace)) {
        for (const some of chunks(rows)) {
          const hashes = some.map(({ hash }) => hash);
          await db.deleteFrom('seen_requests').where('namespace', '=', namespace).where('hash', 'in', hashes).execute();
        }
      }
      return old.length;
    },
  };
}
