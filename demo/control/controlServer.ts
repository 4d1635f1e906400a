import http from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Registry } from 'prom-client';
import { faultKinds, parseFault } from '../faults/fault.ts';
import type { ActiveFault, Supervisor } from './supervisor.ts';

/** The part of the demo that puts faults on its services and takes them away. */
export function createControlApp(
  supervisor: Pick<Supervisor, 'inject' | 'heal' | 'getFaults' | 'getReports'>,
  registry: Registry
): Hono {
  const app = new Hono();
  const getStatus = () => ({
    faults: supervisor.getFaults().map(showFault),
    services: supervisor.getReports(),
    known: faultKinds,
  });
  app.get('/faults', (c) => c.json(getStatus()));
  app.post('/faults', bodyLimit({ maxSize: 10_000 }), async (c) => {
    const body = await readObject(c);
    const fault =
      body === undefined
        ? 'The body must be JSON (content-type application/json) such as {"fault": "latency", "service": "checkout", "value": "1s"}.'
        : parseFault({ fault: body.fault, service: body.service, value: body.value });
    return typeof fault === 'string' ? refuse(c, fault) : c.json(showFault(supervisor.inject(fault, new Date())), 201);
  });
  app.delete('/faults', (c) => c.json({ healed: supervisor.heal().map(showFault) }));
  app.get('/metrics', async (c) => c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }));
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.notFound((c) =>
    c.json({ title: 'Not found', detail: 'Known: GET, POST and DELETE /faults, GET /metrics.' }, 404)
  );
  return app;
}

function showFault({ fault, service, text, since }: ActiveFault): object {
  return { fault, service, value: text, since };
}

function refuse(c: Context, detail: string): Response {
  return c.body(JSON.stringify({ title: 'Bad fault', status: 400, code: 'bad-fault', detail }), 400, {
    'content-type': 'application/problem+json',
  });
}

/** Only JSON by its content type: a web page elsewhere cannot send that here without being asked first. */
async function readObject(c: Context): Promise<Record<string, unknown> | undefined> {
  if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) {
    return undefined;
  }
  const body: unknown = await c.req.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : undefined;
}

/** Serves an app. @throws Error when the port is taken */
export function serveApp(app: Hono, port: number, address: string): Promise<http.Server> {
  const listener = getRequestListener(app.fetch);
  const server = http.createServer((request, response) => void listener(request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve(server));
  });
}
