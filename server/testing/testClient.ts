import { createClient, type Client } from '../../src/api/client.ts';
import type { TestEngine } from './createTestEngine.ts';

/** The typed client over a test engine: wire forms and problems go the way that they go outside. */
export function testClient(engine: TestEngine, token: string): Client {
  return createClient(async ({ method, path, query, body }) => {
    const search = new URLSearchParams(query).toString();
    const response = await engine.request(method, search === '' ? path : `${path}?${search}`, { token, body });
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      body: isJson ? ((await response.json()) as unknown) : await response.text(),
      retryAfter: undefined,
    };
  });
}

/** A client for each role. */
export async function testClients(engine: TestEngine): Promise<Record<'viewer' | 'editor' | 'admin', Client>> {
  return {
    viewer: testClient(engine, await engine.token('read')),
    editor: testClient(engine, await engine.token('write')),
    admin: testClient(engine, await engine.token('admin')),
  };
}
