import { cell } from './column.ts';
import type { Trace } from './trace.ts';

const MILLISECOND = 1_000_000;
const MICROSECOND = 1000;

/**
 * By resource, to how many nanoseconds its clock told when spans began: a million where all of them began at whole milliseconds of 1970
 * (OpenTelemetry in JavaScript rounds starts down so, but not ends), a thousand where all did at whole microseconds (Jaeger, Zipkin), else
 * one. A span may have begun up to so much later than recorded.
 */
export function startPrecisions(
  trace: Pick<Trace, 'epochNs' | 'startNs' | 'size' | 'resource' | 'resources'>
): Float64Array {
  const precision = new Float64Array(trace.resources.length).fill(MILLISECOND);
  const offset = Number(((trace.epochNs % BigInt(MILLISECOND)) + BigInt(MILLISECOND)) % BigInt(MILLISECOND));
  for (let span = 0; span < trace.size; span += 1) {
    const resource = cell(trace.resource, span);
    const start = offset + cell(trace.startNs, span);
    while (cell(precision, resource) > 1 && start % cell(precision, resource) !== 0) {
      precision[resource] = precision[resource] === MILLISECOND ? MICROSECOND : 1;
    }
  }
  return precision;
}
