import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The trace that an episode belongs to: what is done about it after a restart goes on in the same one. */
export const alertTraces: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('alter table alerts add column traceparent text').execute(db);
  },
};
