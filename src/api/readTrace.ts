import { z } from 'zod';
import type { Trace } from '../core/traces/trace.ts';
import { getTrace } from './traces.ts';

/** `getTrace` for a caller that reads the body itself: with a trace in place of its document. */
export const readTrace = {
  ...getTrace,
  output: getTrace.output
    .omit({ document: true })
    .extend({ trace: z.custom<Trace>((value) => value instanceof Object) }),
};
