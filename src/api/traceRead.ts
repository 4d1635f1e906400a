import { z } from 'zod';
import type { Trace } from '../core/traces/trace.ts';
import type { OutputOf } from './operation.ts';
import { getTrace } from './traces.ts';

/** `getTrace` for who reads its answer unread (`CallOptions.read`): with the trace in place of the document. */
export const getTraceRead = {
  ...getTrace,
  output: getTrace.output
    .omit({ document: true })
    .extend({ trace: z.custom<Trace>((value) => value instanceof Object, 'expected a trace') }),
};

export type TraceAnswer = OutputOf<typeof getTraceRead>;
