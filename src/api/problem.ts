import { z } from 'zod';

/** Closed list of error codes; `http/problem` maps each to a status once. */
export const PROBLEM_CODES = [
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'cursor_expired',
  'too_large',
  'unsupported_media_type',
  'overloaded',
  'source_failed',
  'guarded_address',
  'unavailable',
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** RFC 9457 problem details with our stable `code`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string(),
  /** Which field was wrong, as a JSON path such as `items[2].warning`, and what was expected. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Seconds to wait; also in the body because some clients hide headers. */
  retryAfter: z.number().optional(),
  requestId: z.string().optional(),
});
export type Problem = z.output<typeof problemSchema>;
