import { sql, type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from 'kysely';
import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Severity } from '../../src/core/alerts/severity.ts';
import { isAny } from '../../src/core/isAny.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { fromAlertRow } from './alertRow.ts';
import { fromUrgency } from './urgency.ts';
import { hasLabel, searchConditions } from './alertSearch.ts';
import { isOpenRow, isResolvedRow } from './alertStates.ts';
import { toFlag } from './codecs.ts';
import { decodeCursor, rowsToRead, toPage } from './cursor.ts';
import type { Schema } from './schema.ts';
import type { Session } from './session.ts';
import type { Page, PageRequest } from './page.ts';
import type { AlertCounts, AlertFilter } from './store.ts';

type Builder = ExpressionBuilder<Schema, 'alerts'>;
type Condition = ExpressionWrapper<Schema, 'alerts', SqlBool>;

interface Scope {
  readonly namespace: string;
  readonly filter: AlertFilter;
}

export async function listAlerts(session: Session, scope: Scope, page: PageRequest): Promise<Page<Alert>> {
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, ['number', 'number', 'string']);
  let query = session
    .reader()
    .selectFrom('alerts')
    .selectAll()
    .where((eb) => eb.and(alertConditions(eb, session.kind, scope)));
  query =
    after === undefined
      ? query
      : query.where(sql<boolean>`(urgency, starts_at, id) > (${after[0]}, ${after[1]}, ${after[2]})`);
  const rows = await query.orderBy('urgency').orderBy('starts_at').orderBy('id').limit(rowsToRead(page)).execute();
  return toPage(rows, page, { item: fromAlertRow, key: (row) => [row.urgency, row.starts_at, row.id] });
}

export async function listDue(session: Session, now: EpochMs, page: PageRequest): Promise<Page<Alert>> {
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, ['number', 'string', 'string']);
  const due = session.reader().selectFrom('alerts').selectAll().where('due_at', '<=', now);
  const query =
    after === undefined
      ? due
      : due.where(sql<boolean>`(due_at, namespace, id) > (${after[0]}, ${after[1]}, ${after[2]})`);
  const rows = await query.orderBy('due_at').orderBy('namespace').orderBy('id').limit(rowsToRead(page)).execute();
  return toPage(rows, page, { item: fromAlertRow, key: (row) => [row.due_at ?? 0, row.namespace, row.id] });
}

export async function countAlerts(session: Session, scope: Scope): Promise<AlertCounts> {
  const rows = await countedByUrgency(session)
    .where((eb) => eb.and(alertConditions(eb, session.kind, scope)))
    .execute();
  return countsOf(rows);
}

/** Over all namespaces: reads the index of open alerts alone. */
export async function countEverywhere(session: Session, states: AlertFilter['states']): Promise<AlertCounts> {
  const rows = await countedByUrgency(session).where(isOpenRow).where('state', 'in', states).execute();
  return countsOf(rows);
}

const countedByUrgency = (session: Session) =>
  session
    .reader()
    .selectFrom('alerts')
    .select((eb) => ['urgency', eb.fn.countAll<number>().as('count'), eb.fn.min('starts_at').as('oldest')])
    .groupBy('urgency');

export async function countByTeam(
  session: Session,
  { namespace, states }: { readonly namespace: string; readonly states: AlertFilter['states'] }
): Promise<ReadonlyArray<{ team: string; count: number }>> {
  return session
    .reader()
    .selectFrom('alerts')
    .select((eb) => ['team', eb.fn.countAll<number>().as('count')])
    .where('namespace', '=', namespace)
    .where(isOpenRow)
    .where('state', 'in', states)
    .groupBy('team')
    .execute();
}

/** What a filter asks of a row. */
export function alertConditions(eb: Builder, kind: Session['kind'], { namespace, filter }: Scope) {
  const given: Array<Condition | undefined> = [
    eb('namespace', '=', namespace),
    filter.ruleId === undefined ? undefined : eb('rule_id', '=', filter.ruleId),
    filter.acknowledged === undefined ? undefined : eb('is_acknowledged', '=', toFlag(filter.acknowledged)),
    filter.suppressed === undefined ? undefined : eb('suppressed_by', filter.suppressed ? '<>' : '=', '[]'),
    isAny(filter.services) ? eb('service', 'in', filter.services) : undefined,
    isAny(filter.teams) ? eb('team', 'in', filter.teams) : undefined,
    isAny(filter.severities) ? eb('severity', 'in', filter.severities) : undefined,
    isAny(filter.sources) ? eb('source', 'in', filter.sources) : undefined,
  ];
  return [
    ...given.filter((condition) => condition !== undefined),
    ...(isAny(filter.owners) ? [eb.or(filter.owners.map((owner) => hasLabel('owner', owner, kind)))] : []),
    ...stateConditions(eb, filter),
    ...searchConditions(filter.q ?? '', kind),
  ];
}

function stateConditions(eb: Builder, { states }: AlertFilter) {
  if (states.length === 0) {
    return [];
  }
  const wantsResolved = states.includes('resolved');
  if (wantsResolved && states.length === 1) {
    return [isResolvedRow];
  }
  return wantsResolved ? [eb('state', 'in', states)] : [isOpenRow, eb('state', 'in', states)];
}

function countsOf(
  rows: ReadonlyArray<{ readonly urgency: number; readonly count: number; readonly oldest: EpochMs }>
): AlertCounts {
  const sum = (some: typeof rows) => some.reduce((total, row) => total + row.count, 0);
  const count = (severity: Severity) => sum(rows.filter((row) => fromUrgency(row.urgency).severity === severity));
  const unacknowledged = rows.filter((row) => !fromUrgency(row.urgency).acknowledged);
  return {
    total: sum(rows),
    bySeverity: {
      info: count('info'),
      warning: count('warning'),
      error: count('error'),
      critical: count('critical'),
    },
    unacknowledged: sum(unacknowledged),
    oldestUnacknowledgedAt: unacknowledged.map((row) => row.oldest).toSorted((a, b) => a - b)[0] ?? null,
  };
}
