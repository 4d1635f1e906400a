import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DialectTypes } from './dialectTypes.ts';

/** Who of several engines does what only one may do, and until when, by the clock of the database. */
export const leases = ({ int, tableEnd }: DialectTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `create table leases (
          name text not null primary key, holder text not null, engine text not null, until ${int} not null
        ) ${tableEnd}`
      )
      .execute(db);
  },
});
