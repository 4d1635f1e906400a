import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DialectTypes } from './dialectTypes.ts';

/** Series that rules have had data of: one that ends while no engine runs is missed by the next. */
export const seenSeries = ({ tableEnd }: DialectTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `create table seen_series (
          namespace text not null, series text not null, rule_id text not null, labels text not null,
          asked text not null,
          primary key (namespace, series)
        ) ${tableEnd}`
      )
      .execute(db);
  },
});
