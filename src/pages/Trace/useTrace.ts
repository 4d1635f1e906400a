import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError } from '../../api/apiError.ts';
import type { ReadBody } from '../../api/client.ts';
import { getTraceRead, type TraceAnswer } from '../../api/traceRead.ts';
import { isSameTrace } from '../../core/traces/isSameTrace.ts';
import { TraceInputError } from '../../core/traces/parse/traceInputError.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { epochMs, type EpochMs } from '../../core/units.ts';
import { useQueryParams } from '../../host/useLocation.ts';
import { useOperation } from '../../host/useOperation.ts';
import { readTraceFile } from '../../ui/traces/readTraceFile.ts';

/** While spans may be on their way. */
const ASK_AGAIN_MS = 3_000;

/** A trace of the engine, asked for again while it is being written. The same object for as long as nothing of it changes. */
export function useTrace(traceId: string): UseQueryResult<TraceAnswer, ApiError> {
  const asked = { traceId, ...useKnownWindow() };
  const read = useMemo(() => createReader(), []);
  const first = useOperation(getTraceRead, asked, { isLasting: true, read });
  // The same question: one answer for both, asked again only while it is not the last.
  const again = first.data?.settling === true ? { refreshMs: ASK_AGAIN_MS } : { enabled: false };
  useOperation(getTraceRead, asked, { ...again, isLasting: true, read });
  return first;
}

/** An answer is read as a file is: in a worker, from bytes that the page never looks at. */
function createReader(): ReadBody {
  let last: Trace | undefined;
  return async (body, signal) => {
    const { traces, beside } = await readTraceFile(body, signal === undefined ? {} : { signal }).catch(refused);
    const [trace] = traces;
    last = trace !== undefined && last !== undefined && isSameTrace(trace, last) ? last : trace;
    return { ...beside, trace: last };
  };
}

function refused(error: unknown): never {
  throw error instanceof TraceInputError
    ? new ApiError({ code: 'unexpected_answer', status: 200, message: error.message, cause: error })
    : error;
}

/** About when it was, where the link says so: the source looks there first. */
function useKnownWindow(): { readonly from?: EpochMs; readonly to?: EpochMs } {
  const { get } = useQueryParams();
  const from = readMoment(get('from'));
  const to = readMoment(get('to'));
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readMoment(text: string | undefined): EpochMs | undefined {
  const at = text === undefined ? NaN : /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) ? epochMs(at) : undefined;
}
