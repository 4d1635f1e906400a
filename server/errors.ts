import type { ProblemCode } from '../src/api/problem.ts';

export interface FieldError {
  /** JSON path such as `items[2].warning`. */
  readonly path: string;
  readonly message: string;
}

export interface EngineErrorOptions {
  readonly errors?: readonly FieldError[];
  /** Seconds. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * The one error that operations throw. `message` is a sentence for the caller: what was wrong, where, and what was expected.
 * It must never hold a secret. `server/http` turns the code into a status and a problem document.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, message: string, options: EngineErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
  }
}

/** For the log alone: with what an EngineError keeps from its caller. */
export const wholeMessageOf = (error: unknown): string =>
  error instanceof EngineError && error.cause instanceof Error
    ? `${error.message} (${error.cause.message})`
    : messageOf(error);

/** Whether a caught value is a system error of this code. Errors of Node may come from another realm: no instanceof. */
export const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** The message of anything thrown, for logs and problem reasons. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
