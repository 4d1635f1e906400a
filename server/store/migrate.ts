import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { messageOf } from '../errors.ts';
import { initial } from './migrations/0001_initial.ts';
import { seenRequests } from './migrations/0002_seen_requests.ts';
import { dueAlerts } from './migrations/0003_due_alerts.ts';
import { teamsAndViews } from './migrations/0004_teams_and_views.ts';
import type { DialectTypes } from './migrations/dialectTypes.ts';
import type { Schema } from './schema.ts';

/** In the order in which they are applied, which is that of their names. */
const migrations = (types: DialectTypes): Record<string, Migration> => ({
  '0001_initial': initial(types),
  '0002_seen_requests': seenRequests(types),
  '0003_due_alerts': dueAlerts,
  '0004_teams_and_views': teamsAndViews(types),
});

/**
 * Brings the database to this program's schema, or leaves it as it was.
 * @throws Error when the database was written by a newer version: its rows may mean what this one does not know
 */
export async function migrate(db: Kysely<Schema>, types: DialectTypes): Promise<void> {
  const known = migrations(types);
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in known));
  if (unknown.length > 0) {
    const newest = Object.keys(known).at(-1) ?? '';
    throw new Error(
      `The database has the schema "${unknown.at(-1) ?? ''}" of a newer Pharos; this one knows up to "${newest}". Start the newer version.`
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(known) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the schema';
    throw new Error(`The database could not be brought to "${failed}": ${messageOf(error)}`, { cause: error });
  }
}

/** Names of the migrations that the database has had, oldest first; none on a fresh one. */
export async function appliedMigrations(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) {
    return [];
  }
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
}
