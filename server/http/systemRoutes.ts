import type { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';
import { notReady } from '../operations/system/notReady.ts';
import { isKnownHost } from './knownHost.ts';
import { mayReadReasons, type Environment, type HttpContext } from './route.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** `/health`, `/ready` and `/metrics`: for machines, outside the API. */
export function addSystemRoutes(app: Hono<Environment>, deps: Deps): void {
  const { metrics } = deps;
  app.get('/health', (context) => context.json({ status: 'ok' }));

  app.get('/ready', async (context) => {
    const reasons = await notReady(deps);
    const degraded = deps.sources
      .list('default')
      .filter((source) => source.health().status === 'down')
      .map((source) => `${source.name} does not answer: ${source.health().lastError ?? 'no reason given'}`);
    const status = reasons.length > 0 ? 'unready' : degraded.length > 0 ? 'degraded' : 'ready';
    const mayKnowWhy = isKnownHost(deps, context.req.header('host')) && (await mayReadReasons(deps, context));
    const detail = mayKnowWhy ? { reasons: [...reasons, ...degraded] } : {};
    return context.json({ status, ...detail }, reasons.length > 0 ? 503 : 200);
  });

  app.get('/metrics', async (context) => {
    await requireMetricsReader(deps, context);
    return context.text(await metrics.render(), 200, { 'content-type': metrics.contentType });
  });
}

async function requireMetricsReader(deps: Deps, context: HttpContext): Promise<void> {
  if (LOOPBACK.has(context.get('remoteAddress')) || (await mayReadReasons(deps, context))) {
    return;
  }
  throw new EngineError(
    'unauthenticated',
    '/metrics is open on loopback only; elsewhere send a token with the scope read.'
  );
}
