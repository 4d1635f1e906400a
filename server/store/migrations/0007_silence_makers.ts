import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who called when a silence was made: over Alertmanager's API `created_by` is whatever the client writes. */
export const silenceMakers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('alter table silences add column made_by text').execute(db);
  },
};
