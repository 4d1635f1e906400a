import { z } from 'zod';
import { ApiError } from './apiError.ts';
import { fieldErrors } from './fieldErrors.ts';
import type { HttpMethod, OperationContract } from './operation.ts';
import { problemSchema } from './problem.ts';

/** For callers that are generic over contracts. */
export type Schema = z.ZodType;
export type Decoded<S extends Schema> = z.output<S>;

export interface TransportRequest {
  readonly method: HttpMethod;
  /** Path of the engine with its parameters filled in and escaped, such as `/api/v1/alerts/a%2Fb`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** To be sent as JSON; undefined means no body. */
  readonly body: unknown;
  readonly signal: AbortSignal | undefined;
  readonly accept: 'application/json' | 'text/csv';
  /** The body of a good answer is wanted as it came, as bytes. */
  readonly unread: boolean;
}

export interface TransportResponse {
  readonly status: number;
  /** Parsed JSON, or the text where the answer is none; bytes where they were wanted. */
  readonly body: unknown;
  /** Seconds of the Retry-After header, where it can be read. */
  readonly retryAfter: number | undefined;
}

/** Carries one request. Rejects only when no answer came, with an ApiError where it knows why; every status, 5xx too, is an answer. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** How often an idempotent call is sent at most. */
  readonly tries?: number;
  /** Reads the body of a good answer in place of `JSON.parse`, where that would hold the page up. */
  readonly read?: ReadBody | undefined;
}

/** @returns what the output of the contract decodes */
export type ReadBody = (body: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined) => Promise<unknown>;

export interface Client {
  /** @throws ApiError, or the signal's reason when it was aborted */
  call<I extends z.ZodType, O extends z.ZodType>(
    contract: OperationContract<I, O>,
    input: z.output<I>,
    options?: CallOptions
  ): Promise<z.output<O>>;
}

export interface ClientTiming {
  /** 0 ≤ random < 1. */
  readonly random: () => number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted before. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

const TRIES = 3;
/** Full jitter over a doubling ceiling: AWS Architecture Blog, "Exponential Backoff And Jitter" (2015). */
const FIRST_CEILING_MS = 300;
/** A longer wait is the caller's to decide on. */
const LONGEST_WAIT_MS = 10_000;
/** Not 504: who has waited for that long is told, and an engine that is slow is not asked thrice. */
const WORTH_REPEATING: ReadonlySet<number> = new Set([0, 429, 502, 503]);

/** The typed client of the engine, for pages and the command line alike. */
export function createClient(transport: Transport, timing: ClientTiming = realTiming): Client {
  return {
    async call(contract, input, { signal, tries = TRIES, read } = {}) {
      const request = { ...buildRequest(contract, input), signal, unread: read !== undefined };
      const allowed = contract.idempotent ? tries : 1;
      for (let attempt = 1; ; attempt++) {
        signal?.throwIfAborted();
        try {
          return readOutput(contract, await send(transport, request, read));
        } catch (error) {
          const wait = error instanceof ApiError ? waitBefore(error, attempt, timing) : undefined;
          if (wait === undefined || attempt >= allowed) {
            throw error;
          }
          await timing.sleep(wait, signal);
        }
      }
    },
  };
}

const isBytes = (body: unknown): body is Uint8Array<ArrayBuffer> => ArrayBuffer.isView(body);

/** Milliseconds until the next try, or undefined when another try would not help. */
function waitBefore(error: ApiError, attempt: number, { random }: ClientTiming): number | undefined {
  if (!WORTH_REPEATING.has(error.status)) {
    return undefined;
  }
  const jitter = random() * FIRST_CEILING_MS * 2 ** (attempt - 1);
  const wait = (error.retryAfter ?? 0) * 1000 + jitter;
  return wait <= LONGEST_WAIT_MS ? wait : undefined;
}

function buildRequest<I extends z.ZodType>(
  contract: OperationContract<I>,
  input: z.output<I>
): Omit<TransportRequest, 'signal' | 'unread'> {
  const wire = encodeInput(contract, input);
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = wire.get(name);
    wire.delete(name);
    return encodeURIComponent(String(value));
  });
  const inQuery = contract.method === 'GET' || contract.method === 'DELETE';
  return {
    method: contract.method,
    path,
    query: inQuery ? Object.fromEntries([...wire].map(([name, value]) => [name, String(value)])) : {},
    body: inQuery ? undefined : Object.fromEntries(wire),
    accept: contract.produces,
  };
}

/** Wire values by name, absent ones left out. @throws ApiError `invalid_input`, in the shape in which the engine would refuse */
function encodeInput<I extends z.ZodType>(contract: OperationContract<I>, input: z.output<I>): Map<string, unknown> {
  const encoded = z.safeEncode(contract.input, input);
  if (!encoded.success) {
    const errors = fieldErrors(encoded.error.issues);
    throw new ApiError({
      code: 'invalid_input',
      status: 400,
      message: errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
      errors,
    });
  }
  return new Map(Object.entries(Object(encoded.data)).filter(([, value]) => value !== undefined));
}

async function send(transport: Transport, request: TransportRequest, read?: ReadBody): Promise<unknown> {
  let response: TransportResponse;
  try {
    response = await transport(request);
  } catch (cause) {
    request.signal?.throwIfAborted();
    throw cause instanceof ApiError
      ? cause
      : new ApiError({ code: 'network', status: 0, message: 'The engine cannot be reached.', cause });
  }
  if (response.status < 200 || response.status > 299) {
    throw problemFrom(response);
  }
  const { body } = response;
  return read !== undefined && isBytes(body) ? read(body, request.signal) : body;
}

function problemFrom({ status, body, retryAfter }: TransportResponse): ApiError {
  const parsed = problemSchema.extend({ code: z.string() }).safeParse(body);
  if (!parsed.success) {
    const message = `The engine, or something in front of it, answered with status ${status} and no reason.`;
    return new ApiError({ code: 'unexpected_answer', status, message, retryAfter });
  }
  const { code, detail, errors, requestId } = parsed.data;
  return new ApiError({
    code,
    status,
    message: detail,
    errors,
    requestId,
    retryAfter: retryAfter ?? parsed.data.retryAfter,
  });
}

function readOutput<O extends z.ZodType>(contract: OperationContract<z.ZodType, O>, body: unknown): z.output<O> {
  const decoded = z.safeParse(contract.output, body);
  if (!decoded.success) {
    const where = fieldErrors(decoded.error.issues)[0];
    throw new ApiError({
      code: 'unexpected_answer',
      status: 200,
      message: `The engine's answer to ${contract.name} is not of the expected form (${where?.path ?? ''}: ${where?.message ?? ''}). Page and engine may be of different versions: reload.`,
    });
  }
  return decoded.data;
}

export const realTiming: ClientTiming = {
  random: Math.random,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};
