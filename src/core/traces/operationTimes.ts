import { ascending, quantile } from '../statistics/quantile.ts';
import { cell } from './column.ts';
import { criticalPath } from './criticalPath.ts';
import { criticalTimes } from './criticalTimes.ts';
import { operationIndex, operationKey, type Operation } from './operationIndex.ts';
import { selfTimes } from './selfTime.ts';
import { durationOf } from './spanFields.ts';
import { SPAN_STATUSES, type Trace } from './trace.ts';

const ERROR = SPAN_STATUSES.indexOf('error');

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Where the time of one or many traces went, for one service+operation. Nanoseconds. */
export interface OperationTimes extends Operation {
  /** Spans. */
  readonly count: number;
  /** Spans that failed. */
  readonly errors: number;
  /** Traces in which it occurs. */
  readonly traces: number;
  /** Sum of the durations. */
  readonly totalNs: number;
  readonly selfNs: number;
  /** On the critical paths. */
  readonly criticalNs: number;
  /** Of all critical paths together, 0–1. */
  readonly pathShare: number;
  /** Over its spans. */
  readonly durationNs: Percentiles;
  /** Per trace, over the traces in which it occurs (0 where it is not on the path). */
  readonly criticalPerTraceNs: Percentiles;
}

interface Row extends Operation {
  errors: number;
  selfNs: number;
  readonly durations: number[];
  readonly criticalPerTrace: number[];
}

/**
 * Times by service+operation over one or many traces, most critical time first, then most self time. Critical time is of the path of
 * each trace's earliest root. O(n log n).
 */
export function operationTimes(traces: readonly Trace[]): readonly OperationTimes[] {
  const rows = new Map<string, Row>();
  let pathNs = 0;
  for (const trace of traces) {
    pathNs += addTrace(rows, trace);
  }
  return Array.from(rows.values(), (row) => finish(row, pathNs)).sort(
    (a, b) => b.criticalNs - a.criticalNs || b.selfNs - a.selfNs || b.totalNs - a.totalNs
  );
}

/** @returns the length of the trace's critical path */
function addTrace(rows: Map<string, Row>, trace: Trace): number {
  const path = criticalPath(trace);
  const critical = criticalTimes(trace, path);
  const self = selfTimes(trace);
  const { ofSpan, operations } = operationIndex(trace);
  const own = operations.map((operation) => rowOf(rows, operation));
  const criticalHere = new Float64Array(operations.length);
  for (let span = 0; span < trace.size; span += 1) {
    const index = cell(ofSpan, span);
    const row = own[index];
    if (row !== undefined) {
      row.durations.push(durationOf(trace, span));
      row.errors += trace.status[span] === ERROR ? 1 : 0;
      row.selfNs += cell(self, span);
      criticalHere[index] = cell(criticalHere, index) + cell(critical, span);
    }
  }
  own.forEach((row, index) => row.criticalPerTrace.push(cell(criticalHere, index)));
  return path.root === -1 ? 0 : durationOf(trace, path.root);
}

function rowOf(rows: Map<string, Row>, operation: Operation): Row {
  const key = operationKey(operation);
  const known = rows.get(key);
  if (known !== undefined) {
    return known;
  }
  const row = { ...operation, errors: 0, selfNs: 0, durations: [], criticalPerTrace: [] };
  rows.set(key, row);
  return row;
}

function finish({ durations, criticalPerTrace, ...row }: Row, pathNs: number): OperationTimes {
  const criticalNs = sum(criticalPerTrace);
  return {
    ...row,
    count: durations.length,
    traces: criticalPerTrace.length,
    totalNs: sum(durations),
    criticalNs,
    pathShare: pathNs === 0 ? 0 : criticalNs / pathNs,
    durationNs: percentiles(durations),
    criticalPerTraceNs: percentiles(criticalPerTrace),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function percentiles(values: readonly number[]): Percentiles {
  const sorted = ascending(values);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) };
}
