import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DialectTypes } from './dialectTypes.ts';

/** Which sources have ever answered, and since when they do not: an outage goes on over a restart of the engine. */
export const sourceAnswers = ({ int, tableEnd }: DialectTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `create table source_answers (
          namespace text not null, id text not null, url text not null, stale_since ${int}, primary key (namespace, id)
        ) ${tableEnd}`
      )
      .execute(db);
  },
});
