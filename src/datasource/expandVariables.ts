import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { variableValues, type VariableScope } from '../host/variableValues.ts';
import { isQueryType, QUERY_FIELDS, type PharosQuery } from './query.ts';

type Templates = Pick<TemplateSrv, 'replace' | 'getVariables'>;

/** The query with its variables filled in. One that stands for "All" leaves its filter out. */
export function expandVariables(query: PharosQuery, scopedVars: ScopedVars, templates: Templates): PharosQuery {
  const scope: VariableScope = {
    replace: (text, format) => templates.replace(text, scopedVars, format),
    getVariables: () => templates.getVariables(),
  };
  const expanded = new Map<string, unknown>(Object.entries(query));
  const fields = isQueryType(query.queryType) ? QUERY_FIELDS[query.queryType] : [];
  for (const field of fields) {
    const value = query[field];
    if (typeof value === 'string') {
      expanded.set(field, templates.replace(value, scopedVars));
    } else if (Array.isArray(value)) {
      const values = variableValues(value, scope);
      if (values === undefined) {
        expanded.delete(field);
      } else {
        expanded.set(field, values);
      }
    }
  }
  return { refId: query.refId, ...Object.fromEntries(expanded) };
}
