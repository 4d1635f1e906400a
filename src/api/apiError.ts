import { PROBLEM_CODES } from './problem.ts';

/**
 * What the relay, the back half of Grafana's data source, says of the engine behind it.
 * `relay_rejected`: the two do not share a secret. `not_an_engine`: something else answers at the engine's address.
 * `relay_not_configured`: the data source has no address or no secret, or a wrong one.
 */
const RELAY_CODES = [
  ...['relay_not_configured', 'relay_rejected', 'engine_unreachable', 'engine_timeout', 'not_an_engine'],
  'version_mismatch',
] as const;

/** What Grafana itself is in the way of. `relay_missing`: the data source is there, its plugin is not loaded. */
const GRAFANA_CODES = [
  ...['grafana_unreachable', 'signed_out', 'datasource_missing', 'datasource_forbidden'],
  ...['relay_missing', 'relay_unavailable'],
] as const;

/** `network`: no answer came. `unexpected_answer`: one came that is not the engine's, or of another version. */
const CLIENT_CODES = [...PROBLEM_CODES, 'network', 'unexpected_answer', ...RELAY_CODES, ...GRAFANA_CODES] as const;
export type ApiErrorCode = (typeof CLIENT_CODES)[number];

export interface FieldProblem {
  /** Path in the input, such as `items[2].warning`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

interface ApiErrorParts {
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly message: string;
  readonly errors?: readonly FieldProblem[] | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

const isKnown = (code: string): code is ApiErrorCode => CLIENT_CODES.some((known) => known === code);

/** Why a call did not work. `message` is a sentence for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly errors: readonly FieldProblem[];
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;

  constructor({ code, status, message, errors, retryAfter, requestId, cause }: ApiErrorParts) {
    super(message, { cause });
    this.code = isKnown(code) ? code : 'unexpected_answer';
    this.status = status;
    this.errors = errors ?? [];
    this.retryAfter = retryAfter;
    this.requestId = requestId;
  }

  /** What is wrong with one field of the input, for the place beside it. */
  fieldError(path: string): string | undefined {
    return this.errors.find((error) => error.path === path)?.message;
  }
}
