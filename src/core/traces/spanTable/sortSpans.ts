import { cell } from '../column.ts';
import type { SpanMeasures } from '../spanMeasures.ts';
import type { Trace } from '../trace.ts';

/** Columns of the table of spans that it can be sorted by. */
export const SPAN_SORTS = ['service', 'operation', 'start', 'duration', 'self', 'critical', 'status'] as const;
export type SpanSort = (typeof SPAN_SORTS)[number];

export interface SpanOrder {
  readonly by: SpanSort;
  readonly descending: boolean;
}

export interface MeasuredTrace extends SpanMeasures {
  readonly trace: Trace;
}

/** Spans in an order, a copy; what is equal stays in the order of the trace. */
export function sortSpans(spans: Uint32Array, measured: MeasuredTrace, { by, descending }: SpanOrder): Uint32Array {
  const rank = rankOf(measured, by);
  const sign = descending ? -1 : 1;
  return Uint32Array.from(spans).sort((a, b) => sign * (rank(a) - rank(b)) || a - b);
}

function rankOf({ trace, selfNs, criticalNs }: MeasuredTrace, by: SpanSort): (span: number) => number {
  switch (by) {
    case 'service':
      return alphabetical(trace.services, trace.service);
    case 'operation':
      return alphabetical(trace.names, trace.name);
    case 'start':
      return (span) => cell(trace.startNs, span);
    case 'duration':
      return (span) => cell(trace.endNs, span) - cell(trace.startNs, span);
    case 'self':
      return (span) => cell(selfNs, span);
    case 'critical':
      return (span) => cell(criticalNs, span);
    case 'status':
      return (span) => cell(trace.status, span);
  }
}

/** Sorts the few distinct names once, then compares numbers. */
function alphabetical(names: readonly string[], column: Uint32Array): (span: number) => number {
  const places = new Uint32Array(names.length);
  [...names.keys()]
    .sort((a, b) => compareTexts(names[a] ?? '', names[b] ?? ''))
    .forEach((name, place) => {
      places[name] = place;
    });
  return (span) => cell(places, cell(column, span));
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
