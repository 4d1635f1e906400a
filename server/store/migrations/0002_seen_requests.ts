import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DialectTypes } from './dialectTypes.ts';

/** Signed requests that were taken, for as long as their signature would let them in again. */
export const seenRequests = ({ int, tableEnd }: DialectTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table seen_requests (
        namespace text not null, hash text not null, until ${int} not null, primary key (namespace, hash)
      ) ${tableEnd}`,
      // What has had its time goes, wherever it was sent.
      `create index seen_requests_until on seen_requests (until)`,
    ];
    for (const statement of statements) {
      await sql.raw(statement).execute(db);
    }
  },
});
