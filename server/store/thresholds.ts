import {
  specOf,
  type Threshold,
  type ThresholdSpec,
  type ThresholdVersion,
} from '../../src/core/thresholds/threshold.ts';
import { chunks } from './chunks.ts';
import { fromJson } from './codecs.ts';
import type { ThresholdRow, ThresholdVersionRow } from './schema.ts';
import type { Session } from './session.ts';
import type { ThresholdRepository } from './store.ts';

export function createThresholdRepository(session: Session): ThresholdRepository {
  const all = () => session.reader().selectFrom('thresholds').selectAll();
  return {
    async list(namespace) {
      const rows = await all().where('namespace', '=', namespace).orderBy('id').execute();
      return rows.map(fromRow);
    },

    async get(namespace, id) {
      const row = await all().where('namespace', '=', namespace).where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },

    async listAll() {
      const rows = await all().orderBy('namespace').orderBy('id').execute();
      return rows.map(fromRow);
    },

    async save(thresholds) {
      const db = session.writer('thresholds.save');
      for (const threshold of thresholds) {
        const row = toRow(threshold);
        await db
          .insertInto('thresholds')
          .values(row)
          .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(row))
          .execute();
      }
    },

    async delete(namespace, id) {
      await session
        .writer('thresholds.delete')
        .deleteFrom('thresholds')
        .where('namespace', '=', namespace)
        .where('id', '=', id)
        .execute();
    },

    async appendVersions(namespace, versions) {
      const db = session.writer('thresholds.appendVersions');
      for (const some of chunks(versions)) {
        await db
          .insertInto('threshold_versions')
          .values(some.map((version) => toVersionRow(namespace, version)))
          .execute();
      }
    },

    async versions(namespace, thresholdId) {
      const rows = await session
        .reader()
        .selectFrom('threshold_versions')
        .selectAll()
        .where('namespace', '=', namespace)
        .where('threshold_id', '=', thresholdId)
        .orderBy('version', 'desc')
        .execute();
      return rows.map(fromVersionRow);
    },
  };
}

const toRow = (threshold: Threshold): ThresholdRow => ({
  namespace: threshold.namespace,
  id: threshold.id,
  spec: JSON.stringify(specOf(threshold)),
  version: threshold.version,
  created_at: threshold.createdAt,
  updated_at: threshold.updatedAt,
  updated_by: threshold.updatedBy,
});

const fromRow = (row: ThresholdRow): Threshold => ({
  ...fromJson<ThresholdSpec>(row.spec),
  id: row.id,
  namespace: row.namespace,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
});

const toVersionRow = (namespace: string, version: ThresholdVersion): ThresholdVersionRow => ({
  namespace,
  threshold_id: version.thresholdId,
  version: version.version,
  at: version.at,
  by: version.by,
  reason: version.reason,
  change: version.change,
  spec: version.spec === null ? null : JSON.stringify(version.spec),
});

const fromVersionRow = (row: ThresholdVersionRow): ThresholdVersion => ({
  thresholdId: row.threshold_id,
  version: row.version,
  at: row.at,
  by: row.by,
  reason: row.reason,
  change: row.change,
  spec: row.spec === null ? null : fromJson<ThresholdSpec>(row.spec),
});
