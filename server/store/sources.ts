import type { SourceRow } from './schema.ts';
import type { Session } from './session.ts';
import type { SourceRepository, StoredSource } from './sourceRepository.ts';

export function createSourceRepository(session: Session): SourceRepository {
  const all = () => session.reader().selectFrom('sources').selectAll();
  return {
    async list(namespace) {
      const rows = await all().where('namespace', '=', namespace).orderBy('created_at').orderBy('id').execute();
      return rows.map(fromRow);
    },

    async listAll() {
      const rows = await all().orderBy('namespace').orderBy('created_at').orderBy('id').execute();
      return rows.map(fromRow);
    },

    async save(source) {
      const row = toRow(source);
      await session
        .writer('sources.save')
        .insertInto('sources')
        .values(row)
        .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(row))
        .execute();
    },

    async delete(namespace, id) {
      const { numDeletedRows } = await session
        .writer('sources.delete')
        .deleteFrom('sources')
        .where('namespace', '=', namespace)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async answers() {
      const rows = await session.reader().selectFrom('source_answers').selectAll().execute();
      return rows.map(({ stale_since: staleSince, ...rest }) => ({ ...rest, staleSince }));
    },

    async saveAnswer({ namespace, id, url, staleSince }) {
      const row = { namespace, id, url, stale_since: staleSince };
      await session
        .writer('sources.saveAnswer')
        .insertInto('source_answers')
        .values(row)
        .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(row))
        .execute();
    },

    async forgetAnswer(namespace, id) {
      await session
        .writer('sources.forgetAnswer')
        .deleteFrom('source_answers')
        .where('namespace', '=', namespace)
        .where('id', '=', id)
        .execute();
    },
  };
}

const toRow = (source: StoredSource): SourceRow => ({
  namespace: source.namespace,
  id: source.id,
  kind: source.kind,
  name: source.name,
  url: source.url,
  tenant: source.tenant,
  secret: source.secret,
  created_at: source.createdAt,
  created_by: source.createdBy,
});

const fromRow = (row: SourceRow): StoredSource => ({
  namespace: row.namespace,
  id: row.id,
  kind: row.kind,
  name: row.name,
  url: row.url,
  tenant: row.tenant,
  secret: row.secret,
  createdAt: row.created_at,
  createdBy: row.created_by,
});
