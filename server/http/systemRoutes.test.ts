import { createFakePrometheus, type FakePrometheus } from '../testing/fakePrometheus.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { OPERATIONS } from '../operations/table.ts';
import { createApp } from './createApp.ts';

let engine: TestEngine;
let prometheus: FakePrometheus;
let other: FakePrometheus;
beforeEach(async () => {
  prometheus = createFakePrometheus();
  other = { ...createFakePrometheus(), name: 'Shop metrics', health: () => other.status };
  engine = await createTestEngine({ sources: [prometheus], otherSources: { 'org-2': [other] } });
});
afterEach(() => engine.dispose());

const get = async (path: string, token?: string) => {
  const response = await engine.request('GET', path, { token });
  return { status: response.status, body: (await response.json()) as unknown };
};

const fail = (): void => {
  prometheus.status = { ...prometheus.status, status: 'down', lastError: 'gave no answer within 10 s' };
};

it('is alive without saying who is asking', async () => {
  expect(await get('/health')).toEqual({ status: 200, body: { status: 'ok' } });
});

describe('/ready', () => {
  it('is 503 when the job loop has not looked for a while', async () => {
    const hung = engine.clock.now();
    const lookedAt = jest.spyOn(engine.deps.delivery, 'lookedAt').mockReturnValue(hung);
    try {
      engine.clock.advance(90_000);
      expect((await get('/ready')).status).toBe(200);
      engine.clock.advance(1000);
      expect(await get('/ready')).toEqual({ status: 503, body: { status: 'unready' } });
      expect((await get('/ready', await engine.token('read'))).body).toEqual({
        status: 'unready',
        reasons: [`The job loop has not looked for notifications since ${new Date(hung).toISOString()}`],
      });
    } finally {
      lookedAt.mockRestore();
    }
  });

  it('is 200 for anybody, and tells reasons to those with an identity only', async () => {
    const reader = await engine.token('read');
    expect(await get('/ready')).toEqual({ status: 200, body: { status: 'ready' } });
    expect(await get('/ready', reader)).toEqual({ status: 200, body: { status: 'ready', reasons: [] } });
    fail();
    expect(await get('/ready')).toEqual({ status: 200, body: { status: 'degraded' } });
    expect((await get('/ready', reader)).body).toEqual({
      status: 'degraded',
      reasons: ['Prometheus does not answer: gave no answer within 10 s'],
    });
    expect((await get('/ready', await engine.token('intake'))).body).toEqual({ status: 'degraded' });
    expect((await get('/ready', 'nobody-knows-this-token')).body).toEqual({ status: 'degraded' });
  });

  it('is 503 when the store cannot be written', async () => {
    jest.spyOn(engine.store, 'check').mockRejectedValue(new Error('disk I/O error'));
    Object.assign(engine.deps.store, { check: engine.store.check });
    expect(await get('/ready')).toEqual({ status: 503, body: { status: 'unready' } });
    const reasons = async (...token: Parameters<TestEngine['token']>) =>
      (await get('/ready', await engine.token(...token))).body;
    const told = (reason: string) => ({ status: 'unready', reasons: [reason] });
    expect(await reasons('admin')).toEqual(told('The store cannot be written: disk I/O error'));
    expect(await reasons('read')).toEqual(told('The store cannot be written'));
    expect(await reasons('admin', 'org-2')).toEqual(told('The store cannot be written'));
  });

  it('says the state of all, the reasons of the own namespace, and addresses to its admin only', async () => {
    const refused = 'cannot be reached: connect ECONNREFUSED 10.1.2.3:9';
    const lost = { ...other.status, status: 'down' as const, lastError: refused };
    const reasons = async (...token: Parameters<TestEngine['token']>) =>
      (await get('/ready', await engine.token(...token))).body;
    const told = (reason: string) => ({ status: 'degraded', reasons: [reason] });
    const elsewhere = told('A source of another namespace does not answer');
    prometheus.status = lost;
    expect(await reasons('read')).toEqual(told('Prometheus does not answer: cannot be reached'));
    expect(await reasons('write')).toEqual(told('Prometheus does not answer: cannot be reached'));
    expect(await reasons('admin')).toEqual(told(`Prometheus does not answer: ${refused}`));
    expect(await reasons('read', 'org-2')).toEqual(elsewhere);
    expect(await reasons('admin', 'org-2')).toEqual(elsewhere);
    prometheus.status = { ...lost, status: 'ok' };
    other.status = lost;
    expect(await reasons('admin')).toEqual(elsewhere);
    expect(await reasons('read', 'org-2')).toEqual(told('Shop metrics does not answer: cannot be reached'));
    expect(await reasons('admin', 'org-2')).toEqual(told(`Shop metrics does not answer: ${refused}`));
    expect(await get('/ready')).toEqual({ status: 200, body: { status: 'degraded' } });
  });
});

describe('a host that is not known', () => {
  const ask = async (path: string, { host = '10.42.0.17:8686', token }: { host?: string; token?: string } = {}) => {
    const response = await engine.request('GET', path, { token, headers: { host } });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  it('may ask for life and readiness, as a probe by the address of a pod does', async () => {
    expect(await ask('/health')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask('/ready')).toEqual({ status: 200, body: { status: 'ready' } });
    fail();
    expect(await ask('/ready', { host: '[fd00::17]:8686' })).toEqual({ status: 200, body: { status: 'degraded' } });
  });

  it('is told no reasons, whoever asks', async () => {
    fail();
    const token = await engine.token('admin');
    expect(await ask('/ready', { token })).toEqual({ status: 200, body: { status: 'degraded' } });
    expect(await ask('/ready', { token, host: 'localhost' })).toMatchObject({
      body: { reasons: [expect.stringContaining('Prometheus does not answer')] },
    });
  });

  it.each([
    '/metrics',
    '/',
    '/login',
    '/api/v1/status',
    '/api/v1/openapi.json',
    '/api/v2/status',
    '/health/',
    '/ready/x',
  ])('gets nothing from %s', async (path) => {
    const { status, body } = await ask(path, { host: 'rebound.example', token: await engine.token('admin') });
    expect([path, status]).toEqual([path, 403]);
    expect(JSON.stringify(body)).toContain('PHAROS_ALLOWED_HOSTS');
  });
});

describe('/metrics', () => {
  interface Asked {
    readonly token?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly publicUrl?: string;
  }
  const ask = (address: string | undefined, { token, headers = {}, publicUrl }: Asked = {}) => {
    const config = { ...engine.deps.config, publicUrl: publicUrl ?? null };
    const app = createApp({ deps: { ...engine.deps, config }, operations: OPERATIONS, consoleDir: '/' });
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return app.request(
      'http://localhost/metrics',
      { headers: { host: 'localhost', ...authorization, ...headers } },
      { incoming: { socket: { remoteAddress: address } } }
    );
  };

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('is open to %s', async (address) => {
    const response = await ask(address);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain('# TYPE pharos_evaluations_total counter');
    expect(text).not.toContain('namespace=');
  });

  it.each(['10.0.0.7', '::ffff:10.0.0.7', undefined])('asks %s for a token that may read', async (address) => {
    expect((await ask(address)).status).toBe(401);
    expect((await ask(address, { token: await engine.token('intake') })).status).toBe(401);
    expect((await ask(address, { token: await engine.token('read') })).status).toBe(200);
  });

  const viaProxy: readonly Asked[] = [
    { headers: { forwarded: 'for=203.0.113.7' } },
    { headers: { 'x-forwarded-for': '127.0.0.1' } },
    { headers: { 'x-real-ip': '127.0.0.1' } },
    { headers: { via: '1.1 caddy' } },
    { publicUrl: 'https://pharos.example.org' },
    { publicUrl: 'https://127.0.0.1.example.org' },
  ];
  it.each(viaProxy)('asks for a token on loopback too where a proxy may stand before it: %j', async (asked) => {
    expect((await ask('127.0.0.1', asked)).status).toBe(401);
    expect((await ask('127.0.0.1', { ...asked, token: await engine.token('intake') })).status).toBe(401);
    expect((await ask('127.0.0.1', { ...asked, token: await engine.token('read') })).status).toBe(200);
  });

  it.each(['http://localhost:8686', 'http://127.0.0.1:9000', 'http://[::1]:8686'])(
    'stays open on loopback when people use %s',
    async (publicUrl) => {
      expect((await ask('127.0.0.1', { publicUrl })).status).toBe(200);
      expect((await ask('10.0.0.7', { publicUrl })).status).toBe(401);
    }
  );
});

describe('every answer', () => {
  it('carries the headers that keep browsers from guessing, and the id of the request', async () => {
    const { headers } = await engine.request('GET', '/health');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("worker-src 'self' blob:");
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{16}$/);
  });

  it.each(['/api/v1/nothing', '/api/v3/alerts', '/nothing.txt'])('for %s is a problem that says so', async (path) => {
    const { status, body } = await get(path);
    expect([status, body]).toEqual([404, expect.objectContaining({ code: 'not_found', status: 404 })]);
  });

  it('tells nothing of the insides when something breaks, but where to look', async () => {
    jest.spyOn(engine.deps.sources, 'list').mockImplementation(() => {
      throw new TypeError('secret path /etc/passwd');
    });
    const { status, body } = await get('/api/v1/status', await engine.token('read'));
    expect([status, JSON.stringify(body).includes('passwd')]).toEqual([500, false]);
    expect(body).toMatchObject({ code: 'internal', detail: expect.stringContaining('look for request ') });
  });
});

describe('/api/v1/openapi.json', () => {
  it('describes every operation of the table, open to anybody', async () => {
    const { status, body } = await get('/api/v1/openapi.json');
    const { paths } = body as { paths: Record<string, Record<string, { operationId: string }>> };
    expect([status, body]).toEqual([200, expect.objectContaining({ openapi: '3.1.0' })]);
    const described = Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
    expect(described.toSorted()).toEqual(OPERATIONS.map(({ contract }) => contract.name).toSorted());
  });

  it('puts the parts of an input where they are sent: path, query or body', async () => {
    const { body } = await get('/api/v1/openapi.json');
    expect(body).toHaveProperty(
      ['paths', '/api/v1/alerts/{id}', 'get', 'parameters'],
      [{ name: 'id', in: 'path', required: true, schema: expect.any(Object) }]
    );
    const acknowledge = ['paths', '/api/v1/alerts/{id}/acknowledge', 'post'];
    const schema = [...acknowledge, 'requestBody', 'content', 'application/json', 'schema'];
    expect(body).toHaveProperty([...schema, 'properties'], { comment: expect.any(Object), until: expect.any(Object) });
    expect(body).toHaveProperty([...schema, 'required'], expect.not.arrayContaining(['id']));
    const list = ['paths', '/api/v1/alerts', 'get'];
    const limit = expect.objectContaining({ name: 'limit', in: 'query', required: false });
    expect(body).toHaveProperty([...list, 'parameters'], expect.arrayContaining([limit]));
    expect(body).not.toHaveProperty([...list, 'requestBody']);
  });
});
