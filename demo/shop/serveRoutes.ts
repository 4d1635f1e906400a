import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { SpanKind, type Span } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME,
} from '@opentelemetry/semantic-conventions';
import { Hono, type Context } from 'hono';
import { drawDuration } from '../random.ts';
import { inSpan, readTraceHeaders, recordFailure } from '../telemetry/tracing.ts';
import { getPort } from '../topology.ts';
import { ShopError } from './shopError.ts';
import type { ShopRuntime } from './shopRuntime.ts';

export interface RouteRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface RouteAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The service's own share of the work: its name in traces and its median in milliseconds. */
  readonly work: { readonly name: string; readonly medianMs: number };
  handle(request: RouteRequest): Promise<RouteAnswer>;
}

/**
 * Serves the routes with a SERVER span, a duration, a log line and the service's faults around each, and beside them
 * `/metrics` and `/health`, which are neither traced nor counted.
 */
export function serveRoutes(runtime: ShopRuntime, routes: readonly Route[]): Promise<http.Server> {
  const app = new Hono();
  app.get('/health', (c) => c.json({ status: 'ok', service: runtime.service }));
  app.get('/metrics', async (c) => {
    const { registry } = runtime.metrics;
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
  for (const route of routes) {
    app.on(route.method, route.path, (c) => serve(runtime, route, c));
  }
  app.notFound((c) => c.json({ error: `${runtime.service} has no ${c.req.method} ${c.req.path}.` }, 404));
  return listen(runtime, app);
}

function listen(runtime: ShopRuntime, app: Hono): Promise<http.Server> {
  const listener = getRequestListener(app.fetch);
  const server = http.createServer((request, response) => void listener(request, response));
  server.on('connection', (socket) => runtime.metrics.network.track(socket));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const { portBase, listenAddress } = runtime.settings;
    server.listen(getPort(portBase, runtime.service), listenAddress, () => resolve(server));
  });
}

async function serve(runtime: ShopRuntime, route: Route, c: Context): Promise<Response> {
  const started = performance.now();
  const options = {
    name: `${route.method} ${route.path}`,
    kind: SpanKind.SERVER,
    parent: readTraceHeaders(c.req.header()),
    attributes: {
      [ATTR_HTTP_REQUEST_METHOD]: route.method,
      [ATTR_HTTP_ROUTE]: route.path,
      [ATTR_URL_PATH]: c.req.path,
      [ATTR_URL_SCHEME]: 'http',
      [ATTR_SERVER_ADDRESS]: '127.0.0.1',
      [ATTR_SERVER_PORT]: getPort(runtime.settings.portBase, runtime.service),
    },
  };
  return inSpan(runtime.tracer, options, async (span) => {
    const answer = await getAnswer({ runtime, route, c, span });
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, answer.status);
    const seconds = (performance.now() - started) / 1_000;
    runtime.metrics.serverDuration.observe({
      labels: {
        http_route: route.path,
        http_request_method: route.method,
        http_response_status_code: String(answer.status),
      },
      value: seconds,
      exemplarLabels: { trace_id: span.spanContext().traceId, span_id: span.spanContext().spanId },
    });
    writeLine({ runtime, route, status: answer.status, seconds });
    return new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { 'content-type': 'application/json' },
    });
  });
}

async function getAnswer(call: { runtime: ShopRuntime; route: Route; c: Context; span: Span }): Promise<RouteAnswer> {
  const { runtime, route, c, span } = call;
  try {
    const body = route.method === 'POST' ? await readBody(c) : undefined;
    await doOwnWork(runtime, route.work);
    return await route.handle({ params: c.req.param(), body });
  } catch (error) {
    const status = error instanceof ShopError ? error.status : 500;
    const message = error instanceof Error ? error.message : String(error);
    if (status >= 500) {
      recordFailure(span, error);
      runtime.logger.error({ err: error, http_route: route.path }, message);
    }
    return { status, body: { error: message } };
  }
}

/**
 * The part of a request or job that is the service's own: takes its time and, where a fault says so, more of it, or
 * fails.
 */
export function doOwnWork(runtime: ShopRuntime, work: Route['work']): Promise<void> {
  return inSpan(runtime.tracer, { name: work.name, kind: SpanKind.INTERNAL }, async () => {
    await pause(drawDuration(runtime.random, work.medianMs) + runtime.effects.getExtraMs());
    runtime.effects.throwIfChosen();
  });
}

async function readBody(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    throw new ShopError(400, 'The body is not JSON.');
  }
}

function writeLine(line: { runtime: ShopRuntime; route: Route; status: number; seconds: number }): void {
  const { runtime, route, status, seconds } = line;
  const fields = {
    http_route: route.path,
    http_request_method: route.method,
    http_response_status_code: status,
    duration_ms: Math.round(seconds * 1_000),
  };
  runtime.logger.info(fields, `${route.method} ${route.path} ${status}`);
}
