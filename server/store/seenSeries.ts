import type { Labels } from '../../src/core/labels.ts';
import { chunks } from './chunks.ts';
import { fromJson } from './codecs.ts';
import type { SeenSeriesRepository } from './seenSeriesRepository.ts';
import type { Session } from './session.ts';

export function createSeenSeriesRepository(session: Session): SeenSeriesRepository {
  return {
    async list(namespace) {
      const rows = await session
        .reader()
        .selectFrom('seen_series')
        .selectAll()
        .where('namespace', '=', namespace)
        .execute();
      return rows.map(({ series, rule_id, labels, asked }) => ({
        key: series,
        ruleId: rule_id,
        labels: fromJson<Labels>(labels),
        asked,
      }));
    },

    async save(namespace, all) {
      const db = session.writer('seenSeries.save');
      for (const some of chunks(all)) {
        const rows = some.map(({ key, ruleId, labels, asked }) => ({
          namespace,
          series: key,
          rule_id: ruleId,
          labels: JSON.stringify(labels),
          asked,
        }));
        await db
          .insertInto('seen_series')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['namespace', 'series'])
              .doUpdateSet(({ ref }) => ({ rule_id: ref('excluded.rule_id'), asked: ref('excluded.asked') }))
          )
          .execute();
      }
    },

    async forget(namespace, keys) {
      const db = session.writer('seenSeries.forget');
      for (const some of chunks(keys)) {
        await db.deleteFrom('seen_series').where('namespace', '=', namespace).where('series', 'in', some).execute();
      }
    },
  };
}
