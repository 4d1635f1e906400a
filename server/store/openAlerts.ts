import { setImmediate } from 'node:timers/promises';
import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { Alert } from '../../src/core/alerts/alert.ts';
import { fromAlertRow } from './alertRow.ts';
import { isOpenRow } from './alertStates.ts';
import type { AlertRow, Schema } from './schema.ts';
import type { Session } from './session.ts';
import type { OpenFilter, StandingAlert } from './store.ts';

/** Read in one go: some 4 ms on SQLite, where reading keeps everything else waiting. */
const PAGE = 250;

/** Pages of open alerts; between two of them whatever else waits has its turn. */
export function openPages(session: Session, namespace: string, filter: OpenFilter): AsyncIterable<readonly Alert[]> {
  return inPages({
    ask: () => narrowed(session.reader().selectFrom('alerts').selectAll(), namespace, filter),
    of: fromAlertRow,
    after: filter.source === undefined ? isAfter : isAfterInSource,
  });
}

/** Those that say something about the health of a service, and of them only what is said. */
export function standingPages(session: Session, namespace: string): AsyncIterable<readonly StandingAlert[]> {
  return inPages({
    ask: () =>
      session
        .reader()
        .selectFrom('alerts')
        .select(['source', 'fingerprint', 'id', 'service', 'state', 'severity', 'summary', 'starts_at'])
        .where('namespace', '=', namespace)
        .where(isOpenRow)
        .where('state', '<>', 'pending'),
    of: ({ id, service, state, severity, summary, starts_at }) => ({
      ...{ id, service, state, severity, summary },
      startsAt: starts_at,
    }),
    after: isAfter,
  });
}

export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) {
    all.push(...page);
  }
  return all;
}

type Query<Row> = SelectQueryBuilder<Schema, 'alerts', Row>;

/** What an open alert is found by does not change while it is open, and no two have the same: a page begins where the last ended. */
type Place = Pick<AlertRow, 'source' | 'fingerprint'>;

interface Paged<Row, T> {
  /** Asked anew for each page: a transaction may have ended in between. */
  readonly ask: () => Query<Row>;
  readonly of: (row: Row) => T;
  readonly after: (place: Place) => RawBuilder<boolean>;
}

async function* inPages<Row extends Place, T>({ ask, of, after }: Paged<Row, T>): AsyncGenerator<readonly T[]> {
  let last: Row | undefined;
  for (;;) {
    const query = last === undefined ? ask() : ask().where(after(last));
    const rows: readonly Row[] = await query.orderBy('source').orderBy('fingerprint').limit(PAGE).execute();
    yield rows.map(of);
    last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) {
      return;
    }
    await setImmediate();
  }
}

/** Within one source, SQLite seeks by the fingerprint alone; given both it would read the source from its beginning. */
const isAfterInSource = ({ fingerprint }: Place) => sql<boolean>`fingerprint > ${fingerprint}`;

const isAfter = ({ source, fingerprint }: Place) => sql<boolean>`(source, fingerprint) > (${source}, ${fingerprint})`;

function narrowed<Row>(query: Query<Row>, namespace: string, { source, ruleId, service }: OpenFilter): Query<Row> {
  let narrow = query.where('namespace', '=', namespace).where(isOpenRow);
  narrow = source === undefined ? narrow : narrow.where('source', '=', source);
  narrow = ruleId === undefined ? narrow : narrow.where('rule_id', '=', ruleId);
  return service === undefined ? narrow : narrow.where('service', '=', service);
}
