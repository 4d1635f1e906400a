import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export type Answer = (seen: SeenRequest, response: ServerResponse) => void;

/** A store on loopback that answers whatever the test says, and keeps what it was asked. */
export interface FakeStore {
  readonly url: string;
  readonly seen: SeenRequest[];
  answer: Answer;
  close(): Promise<void>;
}

export const json =
  (body: unknown, status = 200): Answer =>
  (_seen, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

export const plain =
  (body: string, { status = 200, type = 'text/plain' } = {}): Answer =>
  (_seen, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };

/** Takes the question and never answers. */
export const silent: Answer = () => undefined;

export const vector = (samples: ReadonlyArray<readonly [Record<string, string>, string]>): Answer =>
  json({
    status: 'success',
    data: {
      resultType: 'vector',
      result: samples.map(([metric, value]) => ({ metric, value: [1_700_000_000.25, value] })),
    },
  });

export async function startFakeStore(answer: Answer): Promise<FakeStore> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const asked: SeenRequest = {
        method: request.method ?? '',
        path: pathname,
        params: body === '' ? searchParams : new URLSearchParams(body),
        headers: request.headers,
      };
      seen.push(asked);
      store.answer(asked, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const store: FakeStore = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return store;
}
