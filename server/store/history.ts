import { sql } from 'kysely';
import { isAny } from '../../src/core/isAny.ts';
import { chunks } from './chunks.ts';
import { fromJson } from './codecs.ts';
import { decodeCursor, rowsToRead, toPage } from './cursor.ts';
import { namespacesOf } from './namespacesOf.ts';
import type { HistoryTable } from './schema.ts';
import type { Session } from './session.ts';
import { readLastConditions, readLastSummaries, readStateLines } from './stateLines.ts';
import type { HistoryFilter, HistoryRepository, StoredTransition } from './store.ts';

type Row = Omit<HistoryTable, 'seq'> & { seq: number };

export function createHistoryRepository(session: Session): HistoryRepository {
  return {
    async append(namespace, rows) {
      const db = session.writer('history.append');
      for (const some of chunks(rows)) {
        await db
          .insertInto('history')
          .values(some.map((row) => toRow(namespace, row)))
          .execute();
      }
    },

    async list(namespace, filter, page) {
      const before = page.cursor === undefined ? undefined : decodeCursor(page.cursor, ['number', 'number']);
      const rows = await select(session, namespace, filter)
        .$if(before !== undefined, (query) => query.where(sql<boolean>`(at, seq) < (${before?.[0]}, ${before?.[1]})`))
        .orderBy('at', 'desc')
        .orderBy('seq', 'desc')
        .limit(rowsToRead(page))
        .execute();
      return toPage(rows, page, { item: fromRow, key: (row) => [row.at, row.seq] });
    },

    stateLines: (namespace, { limit, ...range }) => readStateLines(session, { namespace, ...range }, limit),
    lastConditions: (namespace, ids, upTo) => readLastConditions(session, { namespace, upTo }, ids),
    lastSummaries: (namespace, ids, upTo) => readLastSummaries(session, { namespace, upTo }, ids),

    async beginsAt(namespace) {
      const first = await session
        .reader()
        .selectFrom('history')
        .select('at')
        .where('namespace', '=', namespace)
        .orderBy('at')
        .limit(1)
        .executeTakeFirst();
      return first?.at ?? null;
    },

    async prune(before, limit) {
      const db = session.writer('history.prune');
      let deleted = 0;
      for (const namespace of await namespacesOf(db, 'history')) {
        const old = db
          .selectFrom('history')
          .select('seq')
          .where('namespace', '=', namespace)
          .where('at', '<', before)
          .orderBy('at')
          .orderBy('seq')
          .limit(Math.max(0, limit - deleted));
        const { numDeletedRows } = await db.deleteFrom('history').where('seq', 'in', old).executeTakeFirst();
        deleted += Number(numDeletedRows);
      }
      return deleted;
    },
  };
}

function select(session: Session, namespace: string, filter: HistoryFilter) {
  let query = session.reader().selectFrom('history').selectAll().where('namespace', '=', namespace);
  query = filter.alertId === undefined ? query : query.where('alert_id', '=', filter.alertId);
  const equals = { service: filter.service, rule_id: filter.ruleId, actor: filter.actor };
  for (const column of ['service', 'rule_id', 'actor'] as const) {
    const value = equals[column];
    query = value === undefined ? query : query.where(column, '=', value).where(beginsLike(column, value));
  }
  query = isAny(filter.services) ? query.where('service', 'in', filter.services) : query;
  query = filter.from === undefined ? query : query.where('at', '>=', filter.from);
  query = filter.to === undefined ? query : query.where('at', '<=', filter.to);
  return isAny(filter.kinds) ? query.where('kind', 'in', filter.kinds) : query;
}

/** Follows from the equality itself, but the index holds beginnings only; its expression has to stand here to the letter. */
const beginsLike = (column: 'service' | 'rule_id' | 'actor', value: string) =>
  sql<boolean>`substr(${sql.ref(column)}, 1, 100) = substr(${value}, 1, 100)`;

const toRow = (namespace: string, row: Omit<StoredTransition, 'seq'>): Omit<HistoryTable, 'seq'> => ({
  namespace,
  alert_id: row.alertId,
  at: row.at,
  kind: row.kind,
  from_state: row.from,
  to_state: row.to,
  severity: row.severity,
  actor: row.actor,
  reason: row.reason,
  // SQLite keeps no NaN; it means the same as no value.
  value: Number.isNaN(row.value) ? null : row.value,
  detail: JSON.stringify(row.detail),
  service: row.service,
  rule_id: row.ruleId,
  summary: row.summary,
});

const fromRow = (row: Row): StoredTransition => ({
  seq: row.seq,
  alertId: row.alert_id,
  at: row.at,
  kind: row.kind,
  from: row.from_state,
  to: row.to_state,
  severity: row.severity,
  actor: row.actor,
  reason: row.reason,
  value: row.value,
  detail: fromJson<Readonly<Record<string, string>>>(row.detail),
  service: row.service,
  ruleId: row.rule_id,
  summary: row.summary,
});
