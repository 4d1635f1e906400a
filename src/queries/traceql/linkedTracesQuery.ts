import { quote } from '../promql/selector.ts';

/** TraceQL for traces with a span that is linked to one of this trace; Tempo leaves out zeros before an id, in some versions. */
export function buildLinkedTracesQuery(traceId: string): string {
  const forms = new Set([traceId, traceId.replace(/^0+/, '')]);
  return `{ ${Array.from(forms, (form) => `link:traceID = ${quote(form)}`).join(' || ')} }`;
}
