import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as readJson } from 'node:stream/consumers';
import { z } from 'zod';

const bodySchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) })),
      }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              ...{ traceId: z.string(), spanId: z.string(), parentSpanId: z.string().default(''), name: z.string() },
              status: z.object({ code: z.number() }),
            })
          ),
        })
      ),
    })
  ),
});

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly failed: boolean;
  readonly service: string;
  readonly tenant: string;
}

export interface Collector {
  readonly url: string;
  /** In order of arrival. */
  spans(): readonly CollectedSpan[];
  close(): Promise<void>;
}

/** Takes spans by OTLP over HTTP, in its JSON form. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      const tenant = String(request.headers['x-scope-orgid'] ?? '');
      for (const { resource, scopeSpans } of bodySchema.parse(body).resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
        for (const { status, ...span } of scopeSpans.flatMap((scope) => scope.spans)) {
          spans.push({ ...span, service, tenant, failed: status.code === 2 });
        }
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => [...spans],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
