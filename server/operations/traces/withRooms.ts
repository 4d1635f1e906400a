import type { AnalysedOperation } from '../../../src/api/traceAnalysis.ts';
import { createOperationRooms } from '../../../src/core/traces/operationSlack.ts';
import type { OperationTimes } from '../../../src/core/traces/operationTimes.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import { inTurns } from './inTurns.ts';

/** Spans that all what-ifs of an answer may go through together: about half a second. */
const WHAT_IF_SPANS = 400_000;
/** Operations of which it is worked out what would be saved without them, in traces of any size. */
const MOST_TRIED = 25;

/** Operations of some traces, with how much each may grow and, of the first of them, what would be saved without. */
export async function withRooms(
  traces: readonly Trace[],
  operations: readonly OperationTimes[],
  signal: AbortSignal
): Promise<AnalysedOperation[]> {
  const spans = traces.reduce((sum, { size }) => sum + size, 0);
  const tried = Math.min(MOST_TRIED, Math.max(1, Math.floor(WHAT_IF_SPANS / Math.max(1, spans))));
  const rooms = createOperationRooms(operations.slice(0, tried));
  await inTurns(traces, signal, rooms.add);
  return operations.map((operation) => ({ ...operation, ...rooms.of(operation) }));
}
