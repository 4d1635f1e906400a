import type { TimeRange } from '@grafana/data';
import type { InputOf } from '../../api/operation.ts';
import type { searchTraces, TraceFilter } from '../../api/traces.ts';
import { epochMs, parseDuration, type EpochMs } from '../../core/units.ts';
import type { QueryParams } from '../../host/useLocation.ts';
import { buildTraceFilterQuery } from '../../queries/traceql/traceFilterQuery.ts';
import { readRange } from '../../ui/addressRange.ts';
import { readCondition } from './attributeText.ts';

export const DEFAULT_RANGE = { from: 'now-1h', to: 'now' } as const;
export const DEFAULT_LIMIT = 200;

/** What the page asks for, as its address says. */
export interface TraceSearch {
  /** TraceQL where somebody writes it; the filter counts otherwise. */
  readonly query: string | undefined;
  readonly filter: TraceFilter;
  readonly range: TimeRange;
  readonly limit: number;
  readonly pick: TracePick;
}

/** Which traces are shown where there are more than the limit. */
export type TracePick = NonNullable<InputOf<typeof searchTraces>['pick']>;

/** The address: `service`, `operation`, `status`, `min`, `max` (durations), `attr` (a list of conditions), or `q`; `from`, `to`, `limit`, `pick`. */
export function readSearch(params: Pick<QueryParams, 'get' | 'list'>, timeZone: string): TraceSearch {
  const limit = Number(params.get('limit') ?? DEFAULT_LIMIT);
  return {
    query: params.get('q'),
    filter: readFilter(params),
    range: readRange({ from: params.get('from'), to: params.get('to') }, timeZone, DEFAULT_RANGE),
    limit: Number.isInteger(limit) && limit >= 1 && limit <= 1000 ? limit : DEFAULT_LIMIT,
    pick: params.get('pick') === 'spread' ? 'spread' : 'newest',
  };
}

const STATUSES = ['error', 'ok', 'unset'] as const;

/** Parameters that make up the filter. */
export const FILTER_PARAMS = ['service', 'operation', 'status', 'min', 'max', 'attr'] as const;

export function readFilter(params: Pick<QueryParams, 'get' | 'list'>): TraceFilter {
  const [service, operation] = [params.get('service'), params.get('operation')];
  const status = STATUSES.find((one) => one === params.get('status'));
  const [min, max] = [millisecondsIn(params.get('min')), millisecondsIn(params.get('max'))];
  return {
    ...(service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
    ...(status === undefined ? {} : { status }),
    ...(min === undefined ? {} : { minDurationMs: min }),
    ...(max === undefined ? {} : { maxDurationMs: max }),
    attributes: params.list('attr').flatMap((text) => readCondition(text) ?? []),
  };
}

/** `1.5s`, `300ms`, `2m` or microseconds (`40us`); spans are shorter than what Prometheus durations can say. */
export function millisecondsIn(text: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(us|µs|ms|s|m|h)?$/.exec(text?.trim() ?? '') ?? [];
  const factor = { us: 0.001, µs: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit ?? 'ms'];
  if (amount !== undefined && factor !== undefined) {
    return Number(amount) * factor;
  }
  return text === undefined ? undefined : parseDuration(text.trim());
}

export const traceQlOf = ({ query, filter }: Pick<TraceSearch, 'query' | 'filter'>): string =>
  query ?? buildTraceFilterQuery(filter);

/** The window in numbers; `now` is what it was when the address was read. */
export const windowOf = ({ range }: Pick<TraceSearch, 'range'>): { readonly from: EpochMs; readonly to: EpochMs } => ({
  from: epochMs(range.from.valueOf()),
  to: epochMs(range.to.valueOf()),
});

/** From the oldest of the traces to the end of the window: of more than were asked for, the newest tell of no more. */
export function spanOf(
  traces: ReadonlyArray<{ readonly startedAt: number }>,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs }
): { readonly from: EpochMs; readonly to: EpochMs } {
  const oldest = Math.min(to, ...traces.map(({ startedAt }) => startedAt));
  return { from: epochMs(Math.max(from, oldest)), to };
}
