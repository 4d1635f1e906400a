import type { Hono } from 'hono';
import type { Identity } from '../../src/core/identity.ts';
import type { Deps } from '../deps.ts';
import { EngineError } from '../errors.ts';
import { engineProblem, sourceProblem } from '../operations/access/sourceView.ts';
import { notReady } from '../operations/system/notReady.ts';
import { isKnownHost } from './knownHost.ts';
import { findReader, type Environment, type HttpContext } from './route.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What a proxy adds. Anybody can send them, so they only ever take rights away. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** `/health`, `/ready` and `/metrics`: for machines, outside the API. */
export function addSystemRoutes(app: Hono<Environment>, deps: Deps): void {
  const { metrics } = deps;
  app.get('/health', (context) => context.json({ status: 'ok' }));

  app.get('/ready', async (context) => {
    const reasons = await notReady(deps);
    const down = deps.sources.everywhere().filter(({ source }) => source.health().status === 'down');
    const status = reasons.length > 0 ? 'unready' : down.length > 0 ? 'degraded' : 'ready';
    const reader = isKnownHost(deps, context.req.header('host')) ? await findReader(deps, context) : undefined;
    const detail = reader && {
      reasons: [...reasons.map((reason) => engineProblem(reason, reader)), ...sourceProblems(down, reader)],
    };
    return context.json({ status, ...detail }, reasons.length > 0 ? 503 : 200);
  });

  app.get('/metrics', async (context) => {
    await requireMetricsReader(deps, context);
    return context.text(await metrics.render(), 200, { 'content-type': metrics.contentType });
  });
}

/** Of other namespaces it is said only what the status says anyway. */
function sourceProblems(down: ReturnType<Deps['sources']['everywhere']>, reader: Identity): readonly string[] {
  const own = down.filter(({ namespace }) => namespace === reader.namespace);
  return [
    ...own.flatMap(({ source }) => sourceProblem(source, reader) ?? []),
    ...(own.length < down.length ? ['A source of another namespace does not answer'] : []),
  ];
}

async function requireMetricsReader(deps: Deps, context: HttpContext): Promise<void> {
  if (isFromThisMachine(deps, context) || (await findReader(deps, context)) !== undefined) {
    return;
  }
  throw new EngineError(
    'unauthenticated',
    '/metrics is open on loopback only, and not through a proxy; elsewhere send a token with the scope read.'
  );
}

/** A proxy on this machine calls from loopback too, for whoever called it. */
function isFromThisMachine({ config }: Deps, context: HttpContext): boolean {
  return (
    LOOPBACK.has(context.get('remoteAddress')) &&
    (config.publicUrl === null || LOOPBACK_HOST.test(new URL(config.publicUrl).hostname)) &&
    PROXY_HEADERS.every((name) => context.req.header(name) === undefined)
  );
}
