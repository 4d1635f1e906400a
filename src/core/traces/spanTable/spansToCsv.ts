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

function fieldsOf(span: number, { trace, selfNs, criticalNs }: MeasuredTrace): readonly string[] {
  const parent = cell(trace.parent, span);
  return [
    trace.traceId,
    trace.spanIds[span] ?? '',
    (parent === -1 ? trace.missingParents.get(span) : trace.spanIds[parent]) ?? '',
    serviceOf(trace, span),
    operationOf(trace, span),
    kindOf(trace, span),
    statusOf(trace, span),
    String(cell(trace.startNs, span)),
    String(durationOf(trace, span)),
    String(cell(selfNs, span)),
    String(cell(criticalNs, span)),
  ];
}

/** A leading `=`, `+`, `-`, `@`, tab or return would be run as a formula by spreadsheets, so it gets an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
