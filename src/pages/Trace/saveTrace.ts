import type { Trace } from '../../core/traces/trace.ts';
import { writeOtlpJson } from '../../core/traces/writeOtlpJson.ts';

/** Hands a trace to the browser as a file in OTLP JSON, which this page opens again. */
export function saveTrace(trace: Trace): void {
  const address = URL.createObjectURL(new Blob([writeOtlpJson(trace)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `trace-${trace.traceId === '' ? 'without-id' : trace.traceId}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
