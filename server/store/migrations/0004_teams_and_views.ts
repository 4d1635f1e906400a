import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { teamOf } from '../../../src/core/alerts/team.ts';
import type { Labels } from '../../../src/core/labels.ts';
import { fromJson } from '../codecs.ts';
import type { DialectTypes } from './dialectTypes.ts';

const CHUNK = 1000;

type AlertLabels = { alerts: { namespace: string; id: string; team: string; labels: string } };

/** The team as a column, for filters and counts, and the views that people keep. */
export const teamsAndViews = ({ int, tableEnd }: DialectTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await sql`alter table alerts add column team text not null default ''`.execute(db);
    await fillTeams(db.withTables<AlertLabels>());
    await sql
      .raw(
        `create table views (
          namespace text not null, person text not null, id text not null, page text not null, name text not null,
          name_key text not null, params text not null, is_default ${int} not null, created_at ${int} not null,
          updated_at ${int} not null, primary key (namespace, person, id)
        ) ${tableEnd}`
      )
      .execute(db);
    await sql.raw(`create unique index views_by_name on views (namespace, person, page, name_key)`).execute(db);
  },
});

/** By the one rule that new alerts go by, in the order of the key, so that memory stays small however many there are. */
async function fillTeams(db: Kysely<AlertLabels>): Promise<void> {
  let last = { namespace: '', id: '' };
  for (;;) {
    const rows = await db
      .selectFrom('alerts')
      .select(['namespace', 'id', 'labels'])
      .where(sql<boolean>`(namespace, id) > (${last.namespace}, ${last.id})`)
      .orderBy('namespace')
      .orderBy('id')
      .limit(CHUNK)
      .execute();
    for (const { namespace, id, labels } of rows) {
      const team = teamOf(fromJson<Labels>(labels));
      if (team !== '') {
        await db.updateTable('alerts').set({ team }).where('namespace', '=', namespace).where('id', '=', id).execute();
      }
    }
    const end = rows.at(-1);
    if (end === undefined) {
      return;
    }
    last = end;
  }
}
