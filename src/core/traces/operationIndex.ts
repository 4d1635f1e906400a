import { cell } from './column.ts';
import { createInterner } from './interner.ts';
import { operationOf, serviceOf } from './spanFields.ts';
import type { Trace } from './trace.ts';

/** What spans of many traces have in common. */
export interface Operation {
  readonly service: string;
  readonly operation: string;
}

export interface OperationIndex {
  /** By span, index in `operations`. */
  readonly ofSpan: Uint32Array;
  /** In the order in which they occur first. */
  readonly operations: readonly Operation[];
}

/** Gives each service+operation of a trace a number. */
export function operationIndex(trace: Trace): OperationIndex {
  const keys = createInterner<number>();
  const ofSpan = new Uint32Array(trace.size);
  const operations: Operation[] = [];
  for (let span = 0; span < trace.size; span += 1) {
    const index = keys.index(cell(trace.service, span) * trace.names.length + cell(trace.name, span));
    ofSpan[span] = index;
    if (index === operations.length) {
      operations.push({ service: serviceOf(trace, span), operation: operationOf(trace, span) });
    }
  }
  return { ofSpan, operations };
}

/** One text for one operation of any trace. */
export const operationKey = ({ service, operation }: Operation): string => `${service}\u0000${operation}`;
