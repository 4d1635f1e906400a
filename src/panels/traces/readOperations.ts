import type { DataFrame } from '@grafana/data';
import { operationTimes } from '../../core/traces/operationTimes.ts';
import { setClocksRight } from '../../core/traces/setClocksRight.ts';
import type { Trace } from '../../core/traces/trace.ts';

/** What one service and operation had of the critical path. */
export interface OperationShare {
  readonly service: string;
  readonly operation: string;
  /** 0–1. */
  readonly share: number;
  /** Nanoseconds on the path of a trace. */
  readonly p50: number;
  readonly p95: number;
  readonly spans: number;
  readonly errors: number;
}

const NEEDED = ['service', 'operation', 'pathShare', 'criticalP50', 'criticalP95'] as const;

export const isOperationsFrame = (frame: DataFrame): boolean =>
  NEEDED.every((name) => frame.fields.some((field) => field.name === name));

export function readOperations(frame: DataFrame): readonly OperationShare[] {
  const columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  const number = (name: string, row: number): number => Number(columns.get(name)?.[row] ?? 0) || 0;
  const text = (name: string, row: number): string => String(columns.get(name)?.[row] ?? '');
  return Array.from({ length: frame.length }, (_, row) => ({
    ...{ service: text('service', row), operation: text('operation', row), share: number('pathShare', row) },
    ...{ p50: number('criticalP50', row), p95: number('criticalP95', row) },
    ...{ spans: number('count', row), errors: number('errors', row) },
  }));
}

export const operationsOfTrace = (trace: Trace): readonly OperationShare[] =>
  operationTimes([setClocksRight(trace).trace]).map(
    ({ service, operation, pathShare, criticalPerTraceNs, count, errors }) => ({
      ...{ service, operation, errors, share: pathShare, spans: count },
      ...{ p50: criticalPerTraceNs.p50, p95: criticalPerTraceNs.p95 },
    })
  );
