import type { z } from 'zod';
import type { Problem, ProblemCode } from '../../src/api/problem.ts';
import { fieldErrors } from '../../src/api/fieldErrors.ts';
import { EngineError } from '../errors.ts';

const STATUS: Readonly<Record<ProblemCode, number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  cursor_expired: 410,
  too_large: 413,
  unsupported_media_type: 415,
  guarded_address: 422,
  overloaded: 429,
  internal: 500,
  source_failed: 502,
  unavailable: 503,
};

const TITLE: Readonly<Record<ProblemCode, string>> = {
  invalid_input: 'The request is not valid',
  unauthenticated: 'Who are you?',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Somebody else was faster',
  cursor_expired: 'The cursor has expired',
  too_large: 'The request is too large',
  unsupported_media_type: 'The content type is not supported',
  guarded_address: 'The address is not allowed',
  overloaded: 'Too much at once',
  internal: 'The engine failed',
  source_failed: 'A source did not answer',
  unavailable: 'Not available now',
};

export interface ProblemAnswer {
  readonly status: number;
  readonly body: Problem;
}

/** Anything thrown, as problem details. What is not an EngineError tells the caller nothing of its insides. */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  const known =
    error instanceof EngineError
      ? error
      : new EngineError('internal', `Something broke; look for request ${requestId} in the log.`);
  const status = STATUS[known.code];
  return {
    status,
    body: {
      type: 'about:blank',
      title: TITLE[known.code],
      status,
      code: known.code,
      detail: known.message,
      ...(known.errors.length > 0 ? { errors: [...known.errors] } : {}),
      ...(known.retryAfter !== undefined ? { retryAfter: known.retryAfter } : {}),
      requestId,
    },
  };
}

/** A failed parse as one EngineError that names every field. */
export function invalidInput(error: z.core.$ZodError): EngineError {
  const errors = fieldErrors(error.issues).slice(0, 50);
  const first = errors[0];
  const where = first === undefined || first.path === '' ? 'the request' : first.path;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new EngineError('invalid_input', `${where}: ${first?.message ?? 'is not valid'}${more}`, { errors });
}
