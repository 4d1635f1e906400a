import type { TimeRange } from '@grafana/data';
import type { exportHistory, listHistory } from '../../../api/alerts.ts';
import type { InputOf } from '../../../api/operation.ts';
import { TRANSITION_KINDS } from '../../../core/alerts/transition.ts';
import { epochMs } from '../../../core/units.ts';
import type { QueryParams } from '../../../host/useLocation.ts';
import { readRange, writeRangeEnd } from '../../../ui/addressRange.ts';

export const HISTORY_PAGE = 200;
const MOST_HISTORY = 1000;
const DEFAULT_RANGE = { from: 'now-24h', to: 'now' } as const;

export type HistoryFilter = InputOf<typeof exportHistory>;

type Read = Pick<QueryParams, 'get' | 'list'>;

/** The time range in the address; the last day when it says nothing. */
export const readHistoryRange = (params: Pick<QueryParams, 'get'>, timeZone: string): TimeRange =>
  readRange({ from: params.get('from'), to: params.get('to') }, timeZone, DEFAULT_RANGE);

/** One end of a range as it stands in the address; null for the default. */
export function writeEnd(end: TimeRange['raw']['from'], which: 'from' | 'to'): string | null {
  const text = writeRangeEnd(end);
  return text === DEFAULT_RANGE[which] ? null : text;
}

/** The filters of the address. A range that ends now has no end, so that what happens next is in it. */
export function readHistoryFilter(params: Read, range: TimeRange): HistoryFilter {
  const text = (name: 'service' | 'rule' | 'actor') => params.get(name);
  const kind = TRANSITION_KINDS.filter((known) => params.list('kind').includes(known));
  const service = text('service');
  const ruleId = text('rule');
  const actor = text('actor');
  return {
    from: epochMs(range.from.valueOf()),
    ...(range.raw.to === 'now' ? {} : { to: epochMs(range.to.valueOf()) }),
    ...(service === undefined ? {} : { service }),
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(actor === undefined ? {} : { actor }),
    ...(kind.length > 0 ? { kind } : {}),
  };
}

export function readHistoryPage(params: Read, filter: HistoryFilter): InputOf<typeof listHistory> {
  const limit = Number(params.get('limit'));
  return { ...filter, limit: limit > HISTORY_PAGE && limit <= MOST_HISTORY ? limit : HISTORY_PAGE };
}

/** How many rows the next step shows, or undefined at the end of what a page can hold. */
export const nextLimit = (shown: number): number | undefined =>
  shown < MOST_HISTORY ? Math.min(MOST_HISTORY, shown + 2 * HISTORY_PAGE) : undefined;

/** The filter as query parameters of the CSV export. */
export function exportQuery(filter: HistoryFilter): Record<string, string> {
  const { from, to, kind, ...texts } = filter;
  const time = (at: number) => new Date(at).toISOString();
  return {
    ...Object.fromEntries(Object.entries(texts).filter((pair): pair is [string, string] => pair[1] !== undefined)),
    ...(from === undefined ? {} : { from: time(from) }),
    ...(to === undefined ? {} : { to: time(to) }),
    ...(kind === undefined ? {} : { kind: kind.join(',') }),
  };
}
