import { trace } from '@opentelemetry/api';
import { multistream, pino, stdTimeFunctions, type Logger } from 'pino';
import { LokiPush } from './lokiPush.ts';

const flushEveryMs = 1_000;

export interface ServiceLog {
  readonly logger: Logger;
  /** Sends what is left, for at most half a second. */
  close(): Promise<void>;
}

/**
 * JSON logs of one service. They go to Loki where there is one, and what ends the process to standard output as well;
 * without Loki, standard output has all from `warn` up.
 */
export function createLog(options: { service: string; version: string; lokiUrl: string | undefined }): ServiceLog {
  const { service, version, lokiUrl } = options;
  const push = lokiUrl === undefined ? undefined : new LokiPush({ url: lokiUrl, labels: { service_name: service } });
  // Where Loki has the lines, a fault that fails every request must not fill a file with them as well.
  const streams = [{ level: push === undefined ? ('warn' as const) : ('fatal' as const), stream: process.stdout }];
  const sink =
    push === undefined ? [] : [{ level: 'info' as const, stream: { write: (line: string) => addLine(push, line) } }];
  const logger = pino(
    {
      base: { service, version },
      timestamp: stdTimeFunctions.epochTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: getTraceFields,
    },
    multistream([...streams, ...sink])
  );
  const timer = setInterval(() => void push?.flush(), flushEveryMs);
  timer.unref();
  return {
    logger,
    async close() {
      clearInterval(timer);
      await Promise.race([push?.flush(), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    },
  };
}

function getTraceFields(): object {
  const context = trace.getActiveSpan()?.spanContext();
  return context === undefined ? {} : { trace_id: context.traceId, span_id: context.spanId };
}

function addLine(push: LokiPush, line: string): void {
  const fields: unknown = JSON.parse(line);
  push.add({
    at: Number(readField(fields, 'time')) || Date.now(),
    level: readField(fields, 'level') ?? 'info',
    line: line.trimEnd(),
    metadata: readTrace(fields),
  });
}

function readTrace(fields: unknown): Record<string, string> {
  const traceId = readField(fields, 'trace_id');
  const spanId = readField(fields, 'span_id');
  return traceId === undefined || spanId === undefined ? {} : { trace_id: traceId, span_id: spanId };
}

function readField(fields: unknown, name: string): string | undefined {
  const value: unknown = typeof fields === 'object' && fields !== null ? Reflect.get(fields, name) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
