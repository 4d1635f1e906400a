import type { Hono } from 'hono';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';
import { hashToken } from '../secrets.ts';
import { readBody, parseJson } from './body.ts';
import { noteRefusedVisit, type Visitor } from './loginAudit.ts';
import { invalidInput } from './problem.ts';
import { cookieOf, requireOwnOrigin, type Environment, type HttpContext } from './route.ts';
import { login, logout, SESSION_COOKIE, sessionCookie } from './session.ts';

const loginInput = z.strictObject({ token: z.string().min(1).max(200) });
const MAX_LOGIN_BODY = 4096;

const visitorOf = (context: HttpContext): Visitor => ({
  requestId: context.get('requestId'),
  from: context.get('remoteAddress'),
  userAgent: (context.req.header('user-agent') ?? '').slice(0, 300),
});

/** `POST /login` trades the token of a login link for a session; `POST /logout` ends it. */
export function addSessionRoutes(app: Hono<Environment>, deps: Deps): void {
  const secure = (): boolean => deps.config.publicUrl?.startsWith('https:') ?? false;

  app.post('/login', async (context) => {
    const visitor = visitorOf(context);
    const token = await readToken(context.req.raw).catch(async (error: unknown) => {
      await noteRefusedVisit(deps, visitor, { action: 'login', error });
      throw error;
    });
    const { cookie, identity } = await login(deps, token, visitor);
    const { name, role, namespace } = identity;
    return context.json({ name, role, namespace }, 200, {
      'set-cookie': sessionCookie(cookie, secure()),
      'cache-control': 'no-store',
    });
  });

  app.post('/logout', async (context) => {
    const { headers } = context.req.raw;
    const visitor = visitorOf(context);
    const cookie = cookieOf(headers, SESSION_COOKIE);
    try {
      requireOwnOrigin(headers);
    } catch (error) {
      const session = cookie === undefined ? undefined : await deps.store.read.sessions.findByHash(hashToken(cookie));
      await noteRefusedVisit(deps, visitor, { action: 'logout', error, session });
      throw error;
    }
    if (cookie !== undefined) {
      await logout(deps, cookie, visitor);
    }
    return context.json({}, 200, { 'set-cookie': sessionCookie('', secure()) });
  });
}

/** @throws EngineError for a request of another site, and for a body that is no token */
async function readToken(request: Request): Promise<string> {
  requireOwnOrigin(request.headers);
  if (!(request.headers.get('content-type') ?? '').startsWith('application/json')) {
    throw new EngineError('unsupported_media_type', 'Expected application/json.');
  }
  const parsed = loginInput.safeParse(parseJson(await readBody(request, MAX_LOGIN_BODY)));
  if (!parsed.success) {
    throw invalidInput(parsed.error);
  }
  return parsed.data.token;
}
