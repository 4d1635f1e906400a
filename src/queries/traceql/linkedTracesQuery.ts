import { quote } from '../promql/selector.ts';

/** TraceQL for traces with a span that is linked to one of this trace; known to Tempo since 2.7. */
export const buildLinkedTracesQuery = (traceId: string): string => `{ link:traceID = ${quote(traceId)} }`;
