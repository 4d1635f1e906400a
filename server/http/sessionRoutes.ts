import type { Hono } from 'hono';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';
import { readBody, parseJson } from './body.ts';
import { invalidInput } from './problem.ts';
import { cookieOf, requireOwnOrigin, type Environment } from './route.ts';
import { login, logout, SESSION_COOKIE, sessionCookie } from './session.ts';

const loginInput = z.strictObject({ token: z.string().min(1).max(200) });
const MAX_LOGIN_BODY = 4096;

/** `POST /login` trades the token of a login link for a session; `POST /logout` ends it. */
export function addSessionRoutes(app: Hono<Environment>, deps: Deps): void {
  const secure = (): boolean => deps.config.publicUrl?.startsWith('https:') ?? false;

  app.post('/login', async (context) => {
    const { headers } = context.req.raw;
    requireOwnOrigin(headers);
    if (!(headers.get('content-type') ?? '').startsWith('application/json')) {
      throw new EngineError('unsupported_media_type', 'Expected application/json.');
    }
    const parsed = loginInput.safeParse(parseJson(await readBody(context.req.raw, MAX_LOGIN_BODY)));
    if (!parsed.success) {
      throw invalidInput(parsed.error);
    }
    const { cookie, identity } = await login(deps, parsed.data.token, headers.get('user-agent') ?? '');
    const { name, role, namespace } = identity;
    return context.json({ name, role, namespace }, 200, {
      'set-cookie': sessionCookie(cookie, secure()),
      'cache-control': 'no-store',
    });
  });

  app.post('/logout', async (context) => {
    const { headers } = context.req.raw;
    requireOwnOrigin(headers);
    const cookie = cookieOf(headers, SESSION_COOKIE);
    if (cookie !== undefined) {
      await logout(deps, cookie);
    }
    return context.json({}, 200, { 'set-cookie': sessionCookie('', secure()) });
  });
}
