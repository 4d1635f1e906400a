import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The alerts that are due, in an order without ties: a sweep takes thousands that fell due at one moment in steps. */
export const dueAlerts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('drop index alerts_due').execute(db);
    await sql.raw('create index alerts_due on alerts (due_at, namespace, id) where due_at is not null').execute(db);
  },
};
