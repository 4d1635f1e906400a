import { cell } from './column.ts';
import type { CriticalPath } from './criticalPath.ts';
import type { Trace } from './trace.ts';

/** By span, how many nanoseconds of the path are its own. They add up to the root's duration. */
export function criticalTimes({ size }: Pick<Trace, 'size'>, { sections }: CriticalPath): Float64Array {
  const times = new Float64Array(size);
  for (const { span, startNs, endNs } of sections) {
    times[span] = cell(times, span) + endNs - startNs;
  }
  return times;
}
