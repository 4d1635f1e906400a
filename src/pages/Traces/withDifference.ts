import type { TraceFilter } from '../../api/traces.ts';
import type { AttributeDifference } from '../../core/traces/compare/attributeDifference.ts';
import { joinTexts } from '../../core/textList.ts';
import type { ParamChanges, QueryParams } from '../../host/useLocation.ts';
import { buildTraceFilterQuery } from '../../queries/traceql/traceFilterQuery.ts';
import { writeCondition, type AttributeCondition } from './attributeText.ts';

type Difference = Pick<AttributeDifference, 'scope' | 'key' | 'value' | 'range'>;

/** Changes of the address that leave only traces with a value that was clicked. */
export function withDifference(params: Pick<QueryParams, 'get' | 'list'>, difference: Difference): ParamChanges {
  const more = filterOf(difference);
  const query = params.get('q');
  if (query !== undefined) {
    return { q: both(query, buildTraceFilterQuery(more)), ids: null };
  }
  const { operation, status, attributes } = more;
  return {
    ...(operation === undefined ? {} : { operation }),
    ...(status === undefined ? {} : { status }),
    attr: joinTexts([...new Set([...params.list('attr'), ...attributes.map(writeCondition)])]),
    ids: null,
  };
}

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

/** Traces that both find, each by some span of theirs. */
function both(query: string, more: string): string {
  if (/^\s*(?:\{\s*\}\s*)?$/.test(query)) {
    return more;
  }
  // Between spans `&&` binds more tightly than `||`.
  const isEither = query.replaceAll(/\{[^}]*\}/g, '').includes('||');
  return `${isEither ? `(${query})` : query} && ${more}`;
}
