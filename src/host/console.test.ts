import { fetchTransport } from './console.tsx';

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const answer = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  headers: { get: (name: string) => headers[name] ?? null },
  ok: status < 300,
  json: () => Promise.resolve(JSON.parse(body)),
  arrayBuffer: () => Promise.resolve(bytesOf(body).buffer),
  text: () => Promise.resolve(body),
});

const JSON_TYPE = { 'content-type': 'application/json' };

function world(reply: ReturnType<typeof answer>) {
  const fetch = jest.fn((..._: Parameters<typeof globalThis.fetch>) => Promise.resolve(reply));
  Object.assign(globalThis, { fetch });
  const onUnauthenticated = jest.fn();
  const send = fetchTransport(onUnauthenticated);
  return { fetch, onUnauthenticated, send };
}

const get = {
  method: 'GET',
  path: '/api/v1/alerts',
  query: {},
  body: undefined,
  signal: undefined,
  accept: 'application/json',
  unread: false,
} as const;

describe('fetchTransport', () => {
  it('asks the engine that served the page, with its cookie and without a body', async () => {
    const { fetch, send } = world(answer(200, '{"items":[]}', JSON_TYPE));
    expect(await send({ ...get, query: { state: 'firing,stale', q: 'a b' } })).toEqual({
      status: 200,
      body: { items: [] },
      retryAfter: undefined,
    });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('/api/v1/alerts?state=firing%2Cstale&q=a+b');
    expect(init).toMatchObject({ method: 'GET', credentials: 'same-origin', headers: { accept: 'application/json' } });
    expect(init).not.toHaveProperty('body');
  });

  it('sends JSON as JSON', async () => {
    const { fetch, send } = world(answer(200, '{}', JSON_TYPE));
    await send({ ...get, method: 'POST', body: { comment: 'x' } });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      body: '{"comment":"x"}',
      headers: { 'content-type': 'application/json' },
    });
  });

  it('hands on an answer that somebody else reads as it came, and a refusal read', async () => {
    const unread = { ...get, unread: true };
    const { body } = await world(answer(200, '{"a":1}', JSON_TYPE)).send(unread);
    expect(body).toEqual(bytesOf('{"a":1}'));
    const refused = await world(answer(404, '{"code":"not_found"}', JSON_TYPE)).send(unread);
    expect(refused.body).toEqual({ code: 'not_found' });
  });

  it('goes to the login page when the session is over, and hands on the answer', async () => {
    const { onUnauthenticated, send } = world(
      answer(401, '{"code":"unauthenticated"}', { 'content-type': 'application/problem+json' })
    );
    expect(await send(get)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(onUnauthenticated).toHaveBeenCalledTimes(1);
  });

  it('reads how long to wait, and text that is no JSON', async () => {
    const { send } = world(answer(503, 'busy', { 'retry-after': '7' }));
    expect(await send(get)).toEqual({ status: 503, body: 'busy', retryAfter: 7 });
    const dated = world(answer(503, '', { 'retry-after': 'Sat, 21 Nov 2026 14:00:00 GMT' }));
    expect((await dated.send(get)).retryAfter).toBeUndefined();
  });
});
