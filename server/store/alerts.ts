import { sql } from 'kysely';
import type { Alert } from '../../src/core/alerts/alert.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { countAlerts, countByTeam, countEverywhere, listAlerts, listDue } from './alertLists.ts';
import { alertsDuring } from './alertsDuring.ts';
import { fromAlertRow, toAlertRow } from './alertRow.ts';
import { isOpenRow, isResolvedRow } from './alertStates.ts';
import { chunks } from './chunks.ts';
import { collect, openPages, standingPages } from './openAlerts.ts';
import { namespacesOf } from './namespacesOf.ts';
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

    openPages: (namespace, filter = {}) => openPages(session, namespace, filter),
    listOpen: (namespace, filter = {}) => collect(openPages(session, namespace, filter)),
    listStanding: (namespace) => collect(standingPages(session, namespace)),

    list: (namespace, filter, page) => listAlerts(session, { namespace, filter }, page),
    count: (namespace, filter) => countAlerts(session, { namespace, filter }),
    countEverywhere: (states) => countEverywhere(session, states),
    during: (namespace, { limit, ...scope }) => alertsDuring(session, { namespace, ...scope }, limit),

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

    countByTeam: (namespace, states) => countByTeam(session, { namespace, states }),
    namespaces: () => namespacesOf(session.reader(), 'alerts'),

    async save(alerts) {
      const db = session.writer('alerts.save');
      // One statement may touch a row once only: of an alert given twice the last one stands.
      const rows = [...new Map(alerts.map((alert) => [toKey(alert), toAlertRow(alert)])).values()].toSorted(
        byResolvedFirst
      );
      const replaced = replacedBy(rows[0]);
      for (const some of chunks(rows)) {
        await db
          .insertInto('alerts')
          .values(some)
          .onConflict((conflict) => conflict.columns(['namespace', 'id']).doUpdateSet(replaced))
          .execute();
      }
    },

    due: (now, page) => listDue(session, now, page),

    prune: (before, limit) => pruneResolved(session, before, limit),
  };
}

async function pruneResolved(session: Session, before: EpochMs, limit: number): Promise<number> {
  const db = session.writer('alerts.prune');
  let deleted = 0;
  for (const namespace of await namespacesOf(db, 'alerts')) {
    const old = db
      .selectFrom('alerts')
      .select('id')
      .where('namespace', '=', namespace)
      .where(isResolvedRow)
      .where('resolved_at', '<', before)
      .orderBy('resolved_at')
      .limit(Math.max(0, limit - deleted));
    const { numDeletedRows } = await db
      .deleteFrom('alerts')
      .where('namespace', '=', namespace)
      .where('id', 'in', old)
      .executeTakeFirst();
    deleted += Number(numDeletedRows);
  }
  return deleted;
}

const toKey = (alert: Alert): string => `${alert.namespace}\n${alert.id}`;

/** Resolved ones first: then a recurrence in the same call finds its fingerprint free. */
const byResolvedFirst = (a: AlertRow, b: AlertRow): number =>
  Number(b.state === 'resolved') - Number(a.state === 'resolved');

/** `column = excluded.column` for all that an alert's newer self replaces. */
const replacedBy = (row: AlertRow | undefined) =>
  Object.fromEntries(
    Object.keys(row ?? {})
      .filter((column) => column !== 'namespace' && column !== 'id')
      .map((column) => [column, sql.ref(`excluded.${column}`)])
  );
