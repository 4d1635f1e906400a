import type { Trace } from '../trace.ts';
import { isTraceId, normalId, TRACE_ID_LENGTH } from '../traceIds.ts';
import { quoted } from './fields.ts';
import type { ParsedTraces } from './parseTraces.ts';
import { TraceInputError } from './traceInputError.ts';

/** Enough to pick from; the rest is counted. */
const MAX_LISTED = 20;

/**
 * The one trace that is meant: that of the id, or the only one there is.
 * @param id in any case, with or without leading zeros
 * @throws TraceInputError with the ids to pick from when there are several and none is named, or none has the id
 */
export function selectTrace({ traces }: Pick<ParsedTraces, 'traces'>, id?: string): Trace {
  const wanted = id === undefined ? undefined : normalId(id, TRACE_ID_LENGTH);
  const found = wanted === undefined ? traces : traces.filter(({ traceId }) => traceId === wanted);
  const [only, another] = found;
  if (only !== undefined && another === undefined) {
    return only;
  }
  if (wanted !== undefined) {
    throw new TraceInputError(
      `There is no trace ${id} in the input; it holds ${traces.length === 1 ? '' : `${traces.length} traces: `}${listed(traces)}.`
    );
  }
  throw new TraceInputError(
    `The input holds ${traces.length} traces and one is needed: pick one by its id. They are ${listed(traces)}.`
  );
}

function listed(traces: readonly Trace[]): string {
  const shown = traces.slice(0, MAX_LISTED).map(({ traceId }) => named(traceId));
  const rest = traces.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What is no id came from anywhere, and may be of any length. */
function named(traceId: string): string {
  if (traceId === '') {
    return '(without id)';
  }
  return isTraceId(traceId) ? traceId : quoted(traceId);
}
