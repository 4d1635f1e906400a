import { csvCell } from '../../csvCell.ts';
import { cell } from '../column.ts';
import { durationOf, kindOf, operationOf, serviceOf, statusOf } from '../spanFields.ts';
import type { MeasuredTrace } from './sortSpans.ts';

const HEADINGS = [
  'trace_id',
  'span_id',
  'parent_span_id',
  'service',
  'operation',
  'kind',
  'status',
  'start_ns',
  'duration_ns',
  'self_ns',
  'critical_ns',
];

/** Spans as CSV (RFC 4180) with a heading; times in nanoseconds, starts after the earliest span. */
export function spansToCsv(spans: Iterable<number>, measured: MeasuredTrace): string {
  const lines = [HEADINGS.join(',')];
  for (const span of spans) {
    lines.push(fieldsOf(span, measured).map(csvCell).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function fieldsOf(span: number, { trace, selfNs, criticalNs }: MeasuredTrace): ReadonlyArray<string | number> {
  const parent = cell(trace.parent, span);
  return [
    trace.traceId,
    trace.spanIds[span] ?? '',
    (parent === -1 ? trace.missingParents.get(span) : trace.spanIds[parent]) ?? '',
    serviceOf(trace, span),
    operationOf(trace, span),
    kindOf(trace, span),
    statusOf(trace, span),
    cell(trace.startNs, span),
    durationOf(trace, span),
    cell(selfNs, span),
    cell(criticalNs, span),
  ];
}
