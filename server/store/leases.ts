import { sql, type RawBuilder } from 'kysely';
import type { LeaseHolder, LeaseRepository } from './lease.ts';
import type { Session } from './session.ts';

const NOW: Readonly<Record<Session['kind'], RawBuilder<number>>> = {
  sqlite: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  // Not `now()`, which is when the transaction began.
  postgres: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
};

export function createLeaseRepository(session: Session): LeaseRepository {
  const now = NOW[session.kind];
  return {
    async take(name, { id, engine }, lasts) {
      const db = session.writer('leases.take');
      const until = sql<number>`${now} + cast(${lasts} as bigint)`;
      const taken = await db
        .insertInto('leases')
        .values({ name, holder: id, engine, until })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder: id, engine, until })
            .where(({ or, eb }) => or([eb('leases.holder', '=', id), eb('leases.until', '<=', now)]))
        )
        .returning(['holder as id', 'engine'])
        .executeTakeFirst();
      return taken ?? (await holderOf(session, name));
    },

    async release(name, { id }) {
      await session
        .writer('leases.release')
        .deleteFrom('leases')
        .where('name', '=', name)
        .where('holder', '=', id)
        .execute();
    },
  };
}

const holderOf = (session: Session, name: string): Promise<LeaseHolder> =>
  session
    .reader()
    .selectFrom('leases')
    .select(['holder as id', 'engine'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
