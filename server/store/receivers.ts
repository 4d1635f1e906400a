import type { JsonObject } from '../../src/core/json.ts';
import { fromJson } from './codecs.ts';
import type { ReceiverRow } from './schema.ts';
import type { Session } from './session.ts';
import type { ReceiverRepository, StoredReceiver } from './store.ts';

export function createReceiverRepository(session: Session): ReceiverRepository {
  const all = () => session.reader().selectFrom('receivers').selectAll();
  return {
    async list(namespace) {
      const rows = await all().where('namespace', '=', namespace).orderBy('name').execute();
      return rows.map(fromRow);
    },

    async listAll() {
      const rows = await all().orderBy('namespace').orderBy('name').execute();
      return rows.map(fromRow);
    },

    async get(namespace, name) {
      const row = await all().where('namespace', '=', namespace).where('name', '=', name).executeTakeFirst();
      return row && fromRow(row);
    },

    async save(receiver) {
      const row = toRow(receiver);
      await session
        .writer('receivers.save')
        .insertInto('receivers')
        .values(row)
        .onConflict((conflict) => conflict.columns(['namespace', 'name']).doUpdateSet(row))
        .execute();
    },

    async delete(namespace, name) {
      await session
        .writer('receivers.delete')
        .deleteFrom('receivers')
        .where('namespace', '=', namespace)
        .where('name', '=', name)
        .execute();
    },
  };
}

const toRow = (receiver: StoredReceiver): ReceiverRow => ({
  namespace: receiver.namespace,
  name: receiver.name,
  kind: receiver.kind,
  settings: JSON.stringify(receiver.settings),
  secrets: receiver.secrets,
  updated_at: receiver.updatedAt,
  updated_by: receiver.updatedBy,
  tested_at: receiver.testedAt,
  last_delivery_at: receiver.lastDeliveryAt,
  last_delivery_error: receiver.lastDeliveryError,
});

const fromRow = (row: ReceiverRow): StoredReceiver => ({
  namespace: row.namespace,
  name: row.name,
  kind: row.kind,
  settings: fromJson<JsonObject>(row.settings),
  secrets: row.secrets,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
  testedAt: row.tested_at,
  lastDeliveryAt: row.last_delivery_at,
  lastDeliveryError: row.last_delivery_error,
});
