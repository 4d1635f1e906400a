import { Counter, Histogram, type Registry } from 'prom-client';

/** What reading traces costs the engine. */
export interface TraceMetrics {
  readonly tracesRead: Counter<'from'>;
  readonly spansRead: Counter;
  readonly traceReadSeconds: Histogram;
}

/** From a small trace of a store nearby to what the source is given up at. */
const READ_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createTraceMetrics(registry: Registry): TraceMetrics {
  const registers = [registry];
  const metrics = {
    tracesRead: new Counter({
      name: 'pharos_traces_read_total',
      help: 'Traces read whole, from the source or from memory.',
      labelNames: ['from'] as const,
      registers,
    }),
    spansRead: new Counter({
      name: 'pharos_trace_spans_read_total',
      help: 'Spans of the traces that were read from the source and parsed.',
      registers,
    }),
    traceReadSeconds: new Histogram({
      name: 'pharos_trace_read_duration_seconds',
      help: 'Time of reading one trace from the source and parsing it.',
      buckets: READ_BUCKETS,
      registers,
    }),
  };
  metrics.tracesRead.inc({ from: 'source' }, 0);
  metrics.tracesRead.inc({ from: 'memory' }, 0);
  return metrics;
}
