import { sql } from 'kysely';
import type { Alert } from '../../src/core/alerts/alert.ts';
import { countAlerts, listAlerts } from './alertLists.ts';
import { fromAlertRow, toAlertRow } from './alertRow.ts';
import { isOpenRow } from './alertStates.ts';
import { chunks } from './chunks.ts';
import type { AlertRow } from './schema.ts';
import type { Session } from './session.ts';
import type { AlertRepository } from './store.ts';

export function createAlertRepository(session: Session): AlertRepository {
  const all = () => session.reader().selectFrom('alerts').selectAll();
  return {
    async get(namespace, id) {
      const row = await all().where('namespace', '=', namespace).where('id', '=', id).executeTakeFirst();
      return row && fromAlertRow(row);
    },

    async findOpen(namespace, source, fingerprints) {
      const found: Alert[] = [];
      for (const some of chunks(fingerprints)) {
        const rows = await all()
          .where('namespace', '=', namespace)
          .where('source', '=', source)
          .where('fingerprint', 'in', some)
          .where(isOpenRow)
          .execute();
        found.push(...rows.map(fromAlertRow));
      }
      return found;
    },

    async listOpen(namespace, { source, ruleId, service } = {}) {
      let query = all().where('namespace', '=', namespace).where(isOpenRow);
      query = source === undefined ? query : query.where('source', '=', source);
      query = ruleId === undefined ? query : query.where('rule_id', '=', ruleId);
      query = service === undefined ? query : query.where('service', '=', service);
      return (await query.execute()).map(fromAlertRow);
    },

    list: (namespace, filter, page) => listAlerts(session, { namespace, filter }, page),
    count: (namespace, filter) => countAlerts(session, { namespace, filter }),

    async countByService(namespace) {
      return session
        .reader()
        .selectFrom('alerts')
        .select((eb) => ['service', 'severity', eb.fn.countAll<number>().as('count')])
        .where('namespace', '=', namespace)
        .where(isOpenRow)
        .where('state', 'in', ['firing', 'no_data'])
        .groupBy(['service', 'severity'])
        .execute();
    },

    async save(alerts) {
      const db = session.writer('alerts.save');
      // One statement may touch a row once only: of an alert given twice the last one stands.
      const rows = [...new Map(alerts.map((alert) => [`${alert.namespace}\n${alert.id}`, toAlertRow(alert)])).values()];
      for (const some of chunks(rows)) {
        await db
          .insertInto('alerts')
          .values(some)
          .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(REPLACED))
          .execute();
      }
    },

    async due(now) {
      const rows = await all()
        .where(isOpenRow)
        .where((eb) =>
          eb.or([eb('ends_at', '<=', now).and('state', '<>', 'stale'), eb('acknowledged_until', '<=', now)])
        )
        .execute();
      return rows.map(fromAlertRow);
    },
  };
}

type Column = Exclude<keyof AlertRow, 'namespace' | 'id'>;

const COLUMNS = [
  'fingerprint',
  'source',
  'state',
  'severity',
  'severity_mapped_from',
  'urgency',
  'acknowledged',
  'is_acknowledged',
  'acknowledged_until',
  'suppressed_by',
  'labels',
  'annotations',
  'summary',
  'service',
  'rule_id',
  'value',
  'unit',
  'starts_at',
  'updated_at',
  'ends_at',
  'resolved_at',
  'resolved_by',
  'generator_url',
  'timers',
  'version',
  'search',
] as const satisfies readonly Column[];

/** `column = excluded.column` for every column that an alert's newer self replaces. */
const REPLACED = Object.fromEntries(COLUMNS.map((column) => [column, sql.ref(`excluded.${column}`)]));
