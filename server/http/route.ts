import type { Context } from 'hono';
import { hasRole, type Identity } from '../../src/core/identity.ts';
import type { OperationContract } from '../../src/api/operation.ts';
import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';
import type { Call, ServedOperation } from '../operations/operation.ts';
import { writeJson } from '../rawJson.ts';
import { authenticate, SESSION_COOKIE, type Authenticated } from './authenticate.ts';
import { MAX_BODY, MAX_INTAKE_BODY, parseJson, readBody } from './body.ts';
import { execute } from './execute.ts';
import { recordRefusal } from './recordRefusal.ts';

export type Environment = { Variables: { requestId: string; remoteAddress: string } };
export type HttpContext = Context<Environment>;

/** Cookie value by name; names and values of ours need no decoding. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  const pair = (headers.get('cookie') ?? '').split(/;\s*/).find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** @throws EngineError `unauthenticated` */
async function requireIdentity(deps: Deps, context: HttpContext): Promise<Authenticated> {
  const { headers } = context.req.raw;
  const found = await authenticate(deps, headers, cookieOf(headers, SESSION_COOKIE));
  if (found === undefined) {
    throw new EngineError(
      'unauthenticated',
      'Send a token as "Authorization: Bearer …", or sign in with a login link.'
    );
  }
  return found;
}

/** A browser may have been tricked into a call by a session that changes something. @throws EngineError `forbidden` */
function requireOwnCall({ bySession }: Authenticated, request: Request): void {
  if (bySession && request.method !== 'GET') {
    requireOwnOrigin(request.headers);
  }
}

/** A browser sends the page's Origin with every call that changes something: another site's is refused, and so is none. */
export function requireOwnOrigin(headers: Headers): void {
  const origin = headers.get('origin');
  const host = headers.get('host');
  if (origin === null || !URL.canParse(origin) || new URL(origin).host !== host) {
    throw new EngineError('forbidden', 'Calls by a session must come from the console itself (Origin).');
  }
}

function requireJson(headers: Headers): void {
  const type = headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new EngineError('unsupported_media_type', `Content-Type is "${type}"; expected application/json.`);
  }
}

/** `/a/{id}` as Hono writes it. */
export const honoPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** Makes the wire input of a request; the default is path, then query or body. */
export type WireInput = (context: HttpContext, rawBody: Uint8Array) => unknown;

const standardInput =
  (hasBody: boolean): WireInput =>
  (context, rawBody) => ({ ...(hasBody ? objectOf(parseJson(rawBody)) : queryOf(context)), ...context.req.param() });

/** Serves one operation of the table. */
export function serve(
  deps: Deps,
  served: ServedOperation,
  inputOf?: WireInput
): (context: HttpContext) => Promise<Response> {
  const { contract } = served;
  const hasBody = contract.method !== 'GET' && contract.method !== 'DELETE';
  const wireInputOf = inputOf ?? standardInput(hasBody);
  const isIntake = contract.access === 'intake';
  const limit = isIntake ? MAX_INTAKE_BODY : MAX_BODY;
  const receive = async (request: Request, caller: Authenticated): Promise<Uint8Array> => {
    requireOwnCall(caller, request);
    if (isIntake) {
      deps.intakeBound.admit(caller.identity, deps.clock.now());
    }
    if (!hasBody) {
      return new Uint8Array();
    }
    requireJson(request.headers);
    return readBody(request, limit);
  };
  return async (context) => {
    const request = context.req.raw;
    const caller = await requireIdentity(deps, context);
    const known = { identity: caller.identity, requestId: context.get('requestId'), now: deps.clock.now() };
    const rawBody = await receive(request, caller).catch(async (error: unknown) => {
      // A body that breaks off was refused by nobody.
      if (error instanceof EngineError) {
        await recordRefusal(deps, served, { call: known, error });
      }
      throw error;
    });
    const call: Call = {
      ...known,
      now: deps.clock.now(),
      signal: request.signal,
      rawBody,
      header: (name) => request.headers.get(name) ?? undefined,
    };
    const wireInput = () => wireInputOf(context, rawBody);
    return answer(contract, await execute(deps, served, { call, wireInput }));
  };
}

function answer(contract: OperationContract, output: unknown): Response {
  if (contract.produces === 'text/csv') {
    return new Response(String(output), { headers: { 'content-type': 'text/csv; charset=utf-8' } });
  }
  return new Response(writeJson(output), {
    status: contract.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

function objectOf(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new EngineError('invalid_input', 'The body is not a JSON object.');
  }
  return value;
}

/** A parameter given twice means two different things to two parsers: refused. */
function queryOf(context: HttpContext): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, all] of Object.entries(context.req.queries())) {
    if (all.length !== 1) {
      throw new EngineError('invalid_input', `The parameter "${name}" is given ${all.length} times; expected once.`);
    }
    values[name] = all[0] ?? '';
  }
  return values;
}

/** Who asks for what is not open to everybody, such as why the engine is not well; undefined for callers who may not read. */
export async function findReader(deps: Deps, context: HttpContext): Promise<Identity | undefined> {
  try {
    const { identity } = await requireIdentity(deps, context);
    return !identity.intakeOnly && hasRole(identity, 'viewer') ? identity : undefined;
  } catch (error) {
    if (error instanceof EngineError) {
      return undefined;
    }
    throw error;
  }
}
