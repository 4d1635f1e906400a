import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { STATE_KINDS, type Condition, type StateLine } from '../../src/core/alerts/replayHistory.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { chunks } from './chunks.ts';
import type { HistoryTable } from './schema.ts';
import type { Session } from './session.ts';

interface Range {
  readonly namespace: string;
  readonly after: EpochMs;
  readonly upTo: EpochMs;
}

/** Read piece by piece, with a turn of the event loop in between: on SQLite everybody waits while one statement runs. */
const PIECE = 10_000;

/** Only the columns that a count needs; newest first, by the index over time. */
export async function readStateLines(session: Session, range: Range, limit: number): Promise<readonly StateLine[]> {
  const rows: Row[] = [];
  for (;;) {
    await setImmediate();
    const size = Math.min(PIECE, limit - rows.length);
    const piece = await readPiece(session, range, { before: rows.at(-1), size });
    rows.push(...piece);
    if (piece.length < size || rows.length >= limit) {
      return rows.map((row) => ({
        alertId: row.alert_id,
        at: row.at,
        from: row.from_state,
        state: row.to_state,
        severity: row.severity,
      }));
    }
  }
}

type Row = Pick<HistoryTable, 'alert_id' | 'at' | 'from_state' | 'to_state' | 'severity'> & { readonly seq: number };

const readPiece = (
  session: Session,
  range: Range,
  { before, size }: { readonly before: Row | undefined; readonly size: number }
): Promise<readonly Row[]> =>
  session
    .reader()
    .selectFrom('history')
    .select(['seq', 'alert_id', 'at', 'from_state', 'to_state', 'severity'])
    .where('namespace', '=', range.namespace)
    .where('at', '>', range.after)
    .where('at', '<=', range.upTo)
    .where('kind', 'in', STATE_KINDS)
    .$if(before !== undefined, (query) => query.where(sql<boolean>`(at, seq) < (${before?.at}, ${before?.seq})`))
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(size)
    .execute();

const IDS_PER_STATEMENT = 500;

type UpTo = Pick<Range, 'namespace' | 'upTo'>;

/** How each of the alerts stood, by its last line up to a time. */
export async function readLastConditions(
  session: Session,
  range: UpTo,
  ids: readonly string[]
): Promise<ReadonlyMap<string, Condition>> {
  const found = new Map<string, Condition>();
  for (const some of chunks(ids, IDS_PER_STATEMENT)) {
    await setImmediate();
    const rows = await lastLines(session, range, some)
      .select(['alerts.id as id', 'history.to_state as state', 'history.severity as severity'])
      .execute();
    rows.forEach(({ id, state, severity }) => found.set(id, { state, severity }));
  }
  return found;
}

/** What each of the alerts said, by its last line up to a time. */
export async function readLastSummaries(
  session: Session,
  range: UpTo,
  ids: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const some of chunks(ids, IDS_PER_STATEMENT)) {
    await setImmediate();
    const rows = await lastLines(session, range, some)
      .select(['alerts.id as id', 'history.summary as summary'])
      .execute();
    rows.forEach(({ id, summary }) => found.set(id, summary));
  }
  return found;
}

/** One seek for each alert, in the index over its lines. */
function lastLines(session: Session, { namespace, upTo }: UpTo, ids: readonly string[]) {
  const last = sql<number>`(select h.seq from history h where h.namespace = ${namespace} and h.alert_id = alerts.id
    and h.at <= ${upTo} and h.kind in (${sql.join(STATE_KINDS)}) order by h.at desc, h.seq desc limit 1)`;
  return session
    .reader()
    .selectFrom('alerts')
    .innerJoin('history', (join) => join.on('history.seq', '=', last))
    .where('alerts.namespace', '=', namespace)
    .where('alerts.id', 'in', ids);
}
