import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { EngineError, messageOf } from '../errors.ts';
import type { ServedOperation } from '../operations/operation.ts';
import { requireKnownHost } from './knownHost.ts';
import { openApi } from './openapi.ts';
import { problemOf } from './problem.ts';
import { honoPath, serve, type Environment, type HttpContext } from './route.ts';
import { addSessionRoutes } from './sessionRoutes.ts';
import { addSystemRoutes } from './systemRoutes.ts';
import { staticFile } from './staticFiles.ts';

type Bindings = Environment & { Bindings: Partial<HttpBindings> };

export interface AppParts {
  readonly deps: Deps;
  readonly operations: readonly ServedOperation[];
  /** Folder of the built console. */
  readonly consoleDir: string;
  /** Further routes, such as the Alertmanager API. */
  readonly extend?: (app: Hono<Environment>) => void;
}

/** For a person who opens the engine's address before the console was built. */
const NO_CONSOLE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pharos</title>
<h1>There is no console here</h1><p>The engine runs, but its console has not been built. Build it with
<code>npm run build:console</code>, then load this page again.</p></html>`;

/** Grafana's styles come from Emotion, which writes style elements: hence `unsafe-inline` for styles, and for nothing else. Workers start from blobs. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** What a proxy before the engine calls the request, when that is a name that may stand in a log and in a header. */
const askedAs = (given: string | undefined): string | undefined =>
  given !== undefined && /^[\w.-]{8,64}$/.test(given) ? given : undefined;

/** The engine's HTTP surface, without a socket: `app.request()` drives it in tests. */
export function createApp(parts: AppParts): Hono<Environment> {
  const { deps, operations } = parts;
  const app = new Hono<Environment>();
  app.use(async (context, next) => {
    context.set('requestId', askedAs(context.req.header('x-request-id')) ?? deps.randomId(12));
    context.set('remoteAddress', remoteAddress(context));
    const started = performance.now();
    await next();
    context.header('X-Request-Id', context.get('requestId'));
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    const { method, path, routePath: route } = context.req;
    const { status } = context.res;
    const seconds = (performance.now() - started) / 1000;
    deps.metrics.observeRequest({ route, method, status, seconds });
    // The path without its query, in which somebody may search for what is nobody else's business.
    deps.log.debug(
      { requestId: context.get('requestId'), method, path, status, ms: Math.round(seconds * 1000) },
      'request'
    );
  });
  app.use(async (context, next) => {
    requireKnownHost(deps, context.req.header('host'), context.req.path);
    await next();
  });
  addSystemRoutes(app, deps);
  addSessionRoutes(app, deps);
  app.get('/api/v1/openapi.json', (context) => context.json(openApi(operations, deps.version)));
  for (const served of operations) {
    app.on(served.contract.method, honoPath(served.contract.path), serve(deps, served));
  }
  parts.extend?.(app);
  app.all('/api/*', (context) => {
    throw new EngineError(
      'not_found',
      `There is no ${context.req.method} ${context.req.path}; see /api/v1/openapi.json.`
    );
  });
  app.get('*', async (context) => {
    const file = await staticFile(parts.consoleDir, context.req.path);
    if (file !== undefined) {
      return file;
    }
    if (context.req.header('accept')?.includes('text/html') === true) {
      return context.html(NO_CONSOLE, 404);
    }
    throw new EngineError('not_found', `There is nothing at ${context.req.path}.`);
  });
  app.notFound((context) =>
    problemResponse(context, new EngineError('not_found', `There is no ${context.req.method} ${context.req.path}.`))
  );
  app.onError((error, context) => {
    const response = problemResponse(context, error);
    if (response.status >= 500) {
      deps.log.error(
        { requestId: context.get('requestId'), path: context.req.path, error: messageOf(error), stack: error.stack },
        'request failed'
      );
    }
    return response;
  });
  return app;
}

function problemResponse(context: HttpContext, error: unknown): Response {
  const { status, body } = problemOf(error, context.get('requestId'));
  if (context.req.path.startsWith('/api/v2/')) {
    // Clients of Alertmanager, amtool among them, expect the error as a JSON string.
    return Response.json(body.detail, { status, headers: retryHeader(body.retryAfter) });
  }
  return Response.json(body, {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...retryHeader(body.retryAfter),
    },
  });
}

const retryHeader = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(Math.ceil(seconds)) };

/** The peer of the socket; empty in tests without one. Forwarded headers are not believed. */
function remoteAddress(context: HttpContext): string {
  const { incoming } = (context as unknown as { env: Bindings['Bindings'] | undefined }).env ?? {};
  return incoming?.socket.remoteAddress ?? '';
}
