import type { z } from 'zod';
import type { Role } from '../core/identity.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One call of the engine: everything that HTTP, OpenAPI, the typed client, the CLI and the authorisation need to know of it.
 * `input` is one flat object. Names in `{braces}` of the path are taken from the path; the rest comes from the query for GET and
 * DELETE, else from the JSON body. Schemas are codecs: the wire form is JSON, the decoded form is what `src/core` uses.
 */
export interface OperationContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly method: HttpMethod;
  readonly path: `/api/${string}`;
  /** Least role. `intake` also admits intake-only tokens. */
  readonly access: Role | 'intake';
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** May be sent again when no answer came. GET, PUT and DELETE always; POST only when said. */
  readonly idempotent: boolean;
  readonly status: 200 | 201 | 202;
  /** Content type of the answer; `text/csv` answers carry the output string as it is. */
  readonly produces: 'application/json' | 'text/csv';
}

type Declared<I extends z.ZodType, O extends z.ZodType> = Pick<
  OperationContract<I, O>,
  'name' | 'method' | 'path' | 'access' | 'summary' | 'input' | 'output'
> &
  Partial<Pick<OperationContract, 'idempotent' | 'status' | 'produces'>>;

export function operation<I extends z.ZodType, O extends z.ZodType>(declared: Declared<I, O>): OperationContract<I, O> {
  return {
    idempotent: declared.method !== 'POST' && declared.method !== 'PATCH',
    status: 200,
    produces: 'application/json',
    ...declared,
  };
}

export type InputOf<C> = C extends OperationContract<infer I> ? z.output<I> : never;
export type OutputOf<C> = C extends OperationContract<z.ZodType, infer O> ? z.output<O> : never;
