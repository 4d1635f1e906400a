import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { messageOf } from '../errors.ts';
import { initial } from './migrations/0001_initial.ts';
import { seenRequests } from './migrations/0002_seen_requests.ts';
import { dueAlerts } from './migrations/0003_due_alerts.ts';
import { teamsAndViews } from './migrations/0004_teams_and_views.ts';
import { auditAnchors } from './migrations/0005_audit_anchors.ts';
import { alertTraces } from './migrations/0006_alert_traces.ts';
import { silenceMakers } from './migrations/0007_silence_makers.ts';
import { leases } from './migrations/0008_leases.ts';
import { sourceAnswers } from './migrations/0009_source_answers.ts';
import { seenSeries } from './migrations/0010_seen_series.ts';
import { SQLITE_TYPES, type DialectTypes } from './migrations/dialectTypes.ts';
import type { Schema } from './schema.ts';

/** In the order in which they are applied, which is that of their names. */
const migrations = (types: DialectTypes): Record<string, Migration> => ({
  '0001_initial': initial(types),
  '0002_seen_requests': seenRequests(types),
  '0003_due_alerts': dueAlerts,
  '0004_teams_and_views': teamsAndViews(types),
  '0005_audit_anchors': auditAnchors(types),
  '0006_alert_traces': alertTraces,
  '0007_silence_makers': silenceMakers,
  '0008_leases': leases(types),
  '0009_source_answers': sourceAnswers(types),
  '0010_seen_series': seenSeries(types),
});

/** Names of the migrations that this program knows, oldest first. */
export const KNOWN_MIGRATIONS: readonly string[] = Object.keys(migrations(SQLITE_TYPES));

/** @throws Error for the operator when `applied` holds a migration that this program does not know */
export function requireKnown(what: string, applied: readonly string[]): void {
  const newer = applied.filter((name) => !KNOWN_MIGRATIONS.includes(name)).at(-1);
  if (newer !== undefined) {
    throw new Error(
      `${what} has the schema "${newer}" of a newer Pharos; this one knows up to "${KNOWN_MIGRATIONS.at(-1) ?? ''}". Start the newer version.`
    );
  }
}

/**
 * Brings the database to this program's schema, or leaves it as it was.
 * @throws Error when the database was written by a newer version: its rows may mean what this one does not know
 */
export async function migrate(db: Kysely<Schema>, types: DialectTypes): Promise<void> {
  requireKnown('The database', await appliedMigrations(db));
  const known = migrations(types);
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
