import type { listAlerts } from '../../../api/alerts.ts';
import type { InputOf } from '../../../api/operation.ts';
import { ALERT_STATES } from '../../../core/alerts/alert.ts';
import { SEVERITIES } from '../../../core/alerts/severity.ts';
import type { QueryParams } from '../../../host/useLocation.ts';

export const ALERTS_PER_PAGE = 100;
/** The engine answers no more at once; who has more open alerts needs filters, not pages. */
export const MOST_ALERTS = 1000;

const oneOf = <T extends string>(known: readonly T[], wanted: readonly string[]): T[] =>
  known.filter((value) => wanted.includes(value));

/** The filters that stand in the address, as the input of the list. Unknown words are left out. */
export function readFilters(params: Pick<QueryParams, 'get' | 'list'>): InputOf<typeof listAlerts> {
  const state = oneOf(ALERT_STATES, params.list('state'));
  const severity = oneOf(SEVERITIES, params.list('severity'));
  const service = params.list('service');
  const team = params.list('team');
  const ack = params.get('ack');
  const q = params.get('q');
  return {
    ...(state.length > 0 ? { state } : {}),
    ...(severity.length > 0 ? { severity } : {}),
    ...(service.length > 0 ? { service: [...service] } : {}),
    ...(team.length > 0 ? { team: [...team] } : {}),
    ...(ack === 'yes' || ack === 'no' ? { acknowledged: ack === 'yes' } : {}),
    ...(q !== undefined ? { q } : {}),
    limit: readLimit(params.get('limit')),
  };
}

function readLimit(text: string | undefined): number {
  const limit = Number(text);
  return Number.isInteger(limit) && limit > ALERTS_PER_PAGE ? Math.min(limit, MOST_ALERTS) : ALERTS_PER_PAGE;
}

/** Names of the filter parameters, for clearing them all. */
export const FILTER_NAMES = ['state', 'severity', 'service', 'team', 'ack', 'q', 'limit'] as const;

export const isFiltered = (params: Pick<QueryParams, 'get'>): boolean =>
  FILTER_NAMES.some((name) => name !== 'limit' && params.get(name) !== undefined);
