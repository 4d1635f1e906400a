import { sql } from 'kysely';
import type { Matcher } from '../../src/core/matchers.ts';
import type { Silence } from '../../src/core/routing/silence.ts';
import { fromJson } from './codecs.ts';
import { decodeCursor, rowsToRead, toPage } from './cursor.ts';
import type { SilenceRow } from './schema.ts';
import type { Session } from './session.ts';
import type { SilenceRepository } from './store.ts';

export function createSilenceRepository(session: Session): SilenceRepository {
  const all = () => session.reader().selectFrom('silences').selectAll();
  return {
    async get(namespace, id) {
      const row = await all().where('namespace', '=', namespace).where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    async list(namespace, page) {
      const { endsAfter } = page;
      const before = page.cursor === undefined ? undefined : decodeCursor(page.cursor, ['number', 'string']);
      let query = all().where('namespace', '=', namespace);
      query = endsAfter === undefined ? query : query.where('ends_at', '>', endsAfter);
      query = before === undefined ? query : query.where(sql<boolean>`(ends_at, id) < (${before[0]}, ${before[1]})`);
      const rows = await query.orderBy('ends_at', 'desc').orderBy('id', 'desc').limit(rowsToRead(page)).execute();
      return toPage(rows, page, { item: fromRow, key: (row) => [row.ends_at, row.id] });
    },

    async listLive(now) {
      const rows = await all()
        .where('ends_at', '>', now)
        .orderBy('namespace')
        .orderBy('ends_at')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },

    async save(silence) {
      const row = toRow(silence);
      await session
        .writer('silences.save')
        .insertInto('silences')
        .values(row)
        .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(row))
        .execute();
    },
  };
}

const toRow = (silence: Silence): SilenceRow => ({
  namespace: silence.namespace,
  id: silence.id,
  matchers: JSON.stringify(silence.matchers),
  starts_at: silence.startsAt,
  ends_at: silence.endsAt,
  created_by: silence.createdBy,
  made_by: silence.madeBy ?? null,
  comment: silence.comment,
  created_at: silence.createdAt,
  updated_at: silence.updatedAt,
});

const fromRow = (row: SilenceRow): Silence => ({
  id: row.id,
  namespace: row.namespace,
  matchers: fromJson<readonly Matcher[]>(row.matchers),
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  createdBy: row.created_by,
  ...(row.made_by === null ? {} : { madeBy: row.made_by }),
  comment: row.comment,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
