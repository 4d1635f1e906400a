import type { AlertBrief } from '../../src/core/alerts/replayHistory.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { alertConditions } from './alertLists.ts';
import { isOpenRow, isResolvedRow } from './alertStates.ts';
import type { Session } from './session.ts';
import type { AlertFilter } from './store.ts';

export interface DuringScope {
  readonly namespace: string;
  readonly from: EpochMs;
  readonly to?: EpochMs;
  readonly filter: Pick<AlertFilter, 'services' | 'owners' | 'sources'>;
}

/** Two reads, as each has an index: those that are open, and those that ended at `from` or later, the last ones first; of both, those that began by `to`. */
export async function alertsDuring(
  session: Session,
  scope: DuringScope,
  limit: number
): Promise<readonly AlertBrief[]> {
  const { namespace, from, to, filter } = scope;
  const all = () =>
    session
      .reader()
      .selectFrom('alerts')
      .select(['id', 'state', 'severity', 'service', 'source', 'starts_at as startsAt', 'resolved_at as resolvedAt'])
      .where((eb) => eb.and(alertConditions(eb, session.kind, { namespace, filter: { ...filter, states: [] } })))
      .$if(to !== undefined, (query) => query.where('starts_at', '<=', to ?? from));
  const open = await all().where(isOpenRow).limit(limit).execute();
  const ended = await all()
    .where(isResolvedRow)
    .where('resolved_at', '>=', from)
    .orderBy('resolved_at', 'desc')
    .limit(limit)
    .execute();
  return [...open, ...ended];
}
