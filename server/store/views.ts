import { viewNameKey, type SavedView } from '../../src/core/views/savedView.ts';
import { fromJson, toFlag } from './codecs.ts';
import type { ViewRow } from './schema.ts';
import type { Session } from './session.ts';
import type { ViewRepository } from './viewRepository.ts';

export function createViewRepository(session: Session): ViewRepository {
  return {
    async list(namespace, person) {
      const rows = await session
        .reader()
        .selectFrom('views')
        .selectAll()
        .where('namespace', '=', namespace)
        .where('person', '=', person)
        .execute();
      return rows.map(fromRow).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
    },

    async save(view) {
      const row = toRow(view);
      await session
        .writer('views.save')
        .insertInto('views')
        .values(row)
        .onConflict((conflict) => conflict.columns(['namespace', 'person', 'id']).doUpdateSet(row))
        .execute();
    },

    async delete(namespace, person, id) {
      const { numDeletedRows } = await session
        .writer('views.delete')
        .deleteFrom('views')
        .where('namespace', '=', namespace)
        .where('person', '=', person)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

const toRow = (view: SavedView): ViewRow => ({
  namespace: view.namespace,
  person: view.person,
  id: view.id,
  page: view.page,
  name: view.name,
  name_key: viewNameKey(view.name),
  params: JSON.stringify(view.params),
  is_default: toFlag(view.isDefault),
  created_at: view.createdAt,
  updated_at: view.updatedAt,
});

const fromRow = (row: ViewRow): SavedView => ({
  id: row.id,
  namespace: row.namespace,
  person: row.person,
  page: row.page,
  name: row.name,
  params: fromJson<Readonly<Record<string, string>>>(row.params),
  isDefault: row.is_default === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
