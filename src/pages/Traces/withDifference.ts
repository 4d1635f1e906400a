import type { TraceFilter } from '../../api/traces.ts';
import type { AttributeDifference } from '../../core/traces/compare/attributeDifference.ts';
import { joinTexts } from '../../core/textList.ts';
import type { ParamChanges, QueryParams } from '../../host/useLocation.ts';
import { bothQueries } from '../../queries/traceql/bothQueries.ts';
import { buildTraceFilterQuery } from '../../queries/traceql/traceFilterQuery.ts';
import { writeCondition, type AttributeCondition } from './attributeText.ts';
import { FILTER_PARAMS, readFilter } from './traceSearch.ts';

type Difference = Pick<AttributeDifference, 'scope' | 'key' | 'value' | 'range'>;

/**
 * Changes of the address that leave only traces with a value that was clicked. The value may be of another span than what was asked
 * for so far: beside a filter it becomes a query of its own, in TraceQL.
 */
export function withDifference(params: Pick<QueryParams, 'get' | 'list'>, difference: Difference): ParamChanges {
  const more = filterOf(difference);
  const query =
    params.get('q') ?? (isEmpty(readFilter(params)) ? undefined : buildTraceFilterQuery(readFilter(params)));
  const none = Object.fromEntries(FILTER_PARAMS.map((name) => [name, null]));
  if (query !== undefined) {
    const narrowed = buildTraceFilterQuery(more);
    return { ...none, q: isAny(query) ? narrowed : bothQueries(query, narrowed), ids: null, why: null };
  }
  const { operation, status, attributes } = more;
  return {
    ...(operation === undefined ? {} : { operation }),
    ...(status === undefined ? {} : { status }),
    ...(attributes.length === 0 ? {} : { attr: joinTexts(attributes.map(writeCondition)) }),
    ...{ ids: null, why: null },
  };
}

const isAny = (query: string): boolean => /^\s*(?:\{\s*\}\s*)?$/.test(query);

const isEmpty = ({ attributes, ...rest }: TraceFilter): boolean =>
  attributes.length === 0 && Object.keys(rest).length === 0;

/** A value is one condition, a range up to two. */
function filterOf({ scope, key, value, range }: Difference): TraceFilter {
  if (scope === 'intrinsic') {
    return key === 'status' ? { status: 'error', attributes: [] } : { operation: String(value ?? ''), attributes: [] };
  }
  const condition = (op: AttributeCondition['op'], of: AttributeCondition['value'] | null) =>
    of === null ? [] : [{ scope, key, op, value: of }];
  return {
    attributes: [
      ...condition('=', value),
      ...condition('>=', range?.from ?? null),
      ...condition('<', range?.to ?? null),
    ],
  };
}
