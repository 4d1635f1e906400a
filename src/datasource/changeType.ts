import type { FrameQueryType } from '../api/frames.ts';
import { COUNTED_STATES } from '../core/frames/alertGrouping.ts';
import { QUERY_FIELDS, type PharosQuery, type QueryField } from './query.ts';

/** Not of Pharos: `refId`, `datasource` and whatever else Grafana keeps with a query. */
const OWN_FIELDS: ReadonlySet<string> = new Set<QueryField>(Object.values(QUERY_FIELDS).flat());

/** A limit of spans is none of rows. */
const hasOtherLimit = (before: string | undefined, after: string): boolean =>
  (before === 'trace') !== (after === 'trace');

/** The same query of another type: what both have stays. */
export function changeType(query: PharosQuery, queryType: FrameQueryType): PharosQuery {
  const fields: Set<string> = new Set<QueryField>(QUERY_FIELDS[queryType]);
  if (hasOtherLimit(query.queryType, queryType)) {
    fields.delete('limit');
  }
  const kept = Object.entries(query).filter(([name]) => fields.has(name) || !OWN_FIELDS.has(name));
  const changed: PharosQuery = { refId: query.refId, ...Object.fromEntries(kept), queryType };
  if (queryType !== 'alertCounts' || changed.states === undefined) {
    return changed;
  }
  const countable: readonly string[] = COUNTED_STATES;
  return { ...changed, states: changed.states.filter((state) => countable.includes(state) || state.startsWith('$')) };
}
