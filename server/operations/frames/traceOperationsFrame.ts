import { TRACE_OPERATION_COLUMNS } from '../../../src/api/frames.ts';
import { operationTimes, type OperationTimes } from '../../../src/core/traces/operationTimes.ts';
import { loadTraceSet } from '../traces/loadTraceSet.ts';
import { withClocksRight } from '../traces/withClocksRight.ts';
import { buildFrame, tableMeta } from './buildFrame.ts';
import type { FrameSource } from './frameSource.ts';
import { numbers, texts, type ColumnOf } from './tableColumns.ts';
import { noticesOfSet, traceQlOf } from './traceQuestion.ts';

/** Each is read whole. */
const DEFAULT_TRACES = 100;
const MOST_TRACES = 500;

const time = (displayName: string) => ({ displayName, unit: 'ns' });

const COLUMNS: Readonly<Record<(typeof TRACE_OPERATION_COLUMNS)[number], ColumnOf<OperationTimes>>> = {
  service: texts(({ service }) => service, { displayName: 'Service' }),
  operation: texts(({ operation }) => operation, { displayName: 'Operation' }),
  pathShare: numbers(({ pathShare }) => pathShare, { displayName: 'Share of critical path', unit: 'percentunit' }),
  criticalP50: numbers(({ criticalPerTraceNs }) => criticalPerTraceNs.p50, time('Critical p50')),
  criticalP95: numbers(({ criticalPerTraceNs }) => criticalPerTraceNs.p95, time('Critical p95')),
  durationP50: numbers(({ durationNs }) => durationNs.p50, time('Duration p50')),
  durationP95: numbers(({ durationNs }) => durationNs.p95, time('Duration p95')),
  self: numbers(({ selfNs }) => selfNs, time('Self time')),
  count: numbers(({ count }) => count, { displayName: 'Spans' }),
  errors: numbers(({ errors }) => errors, { displayName: 'Errors' }),
  traces: numbers(({ traces }) => traces, { displayName: 'Traces' }),
};

/** What held up the answers: time on the critical paths by service and operation, over the traces that a search finds. */
export const traceOperationsFrame: FrameSource<'traceOperations'> = {
  isTable: true,
  async answer({ deps, namespace, refId, from, to, now, signal }, asked) {
    const limit = Math.min(asked.limit ?? DEFAULT_TRACES, MOST_TRACES);
    const identity = { namespace };
    const loaded = await loadTraceSet(deps, { identity, now, signal }, { query: traceQlOf(asked), from, to, limit });
    const { traces } = await withClocksRight(loaded.traces, signal);
    const rows = operationTimes(traces);
    return [
      buildFrame(
        { refId, name: 'operations', meta: tableMeta(noticesOfSet(loaded)) },
        TRACE_OPERATION_COLUMNS.map((name) => COLUMNS[name](name, rows))
      ),
    ];
  },
};
