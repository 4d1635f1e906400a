import { createLoginLink, listSessions, revokeSession } from '../../src/api/access.ts';
import { days, hours, minutes } from '../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { testClients } from '../testing/testClient.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await createTestEngine();
});
afterEach(() => engine.dispose());

const OWN = { origin: 'http://localhost', 'content-type': 'application/json' };

async function makeLink(role: 'viewer' | 'editor' | 'admin' = 'editor'): Promise<string> {
  const { admin } = await testClients(engine);
  const { url } = await admin.call(createLoginLink, { name: 'Ada', role });
  return url.split('#')[1] ?? '';
}

const post = (path: string, headers: Record<string, string>, body: unknown = {}): Promise<Response> =>
  engine.request('POST', path, { headers, body });

const login = (token: string, headers: Record<string, string> = OWN): Promise<Response> =>
  post('/login', headers, { token });

async function signIn(role: 'viewer' | 'editor' | 'admin' = 'editor'): Promise<string> {
  const response = await login(await makeLink(role));
  expect(response.status).toBe(200);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const me = (cookie: string): Promise<Response> => engine.request('GET', '/api/v1/me', { headers: { cookie } });

describe('a login link', () => {
  it('carries its token in the fragment, which no preview sends', async () => {
    const { admin } = await testClients(engine);
    const { url, expiresAt } = await admin.call(createLoginLink, { name: 'Ada', role: 'viewer' });
    expect(new URL(url).pathname).toBe('/login');
    expect(new URL(url).hash).toMatch(/^#[\w-]{43}$/);
    expect(expiresAt - engine.clock.now()).toBe(minutes(10));
  });

  it('signs in once', async () => {
    const token = await makeLink('viewer');
    const first = await login(token);
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({ name: 'Ada', role: 'viewer', namespace: 'default' });
    const second = await login(token);
    expect(second.status).toBe(401);
    expect(await second.json()).toMatchObject({ code: 'unauthenticated' });
    expect(second.headers.get('set-cookie')).toBeNull();
  });

  it('signs in once even when it is opened twice at the same moment', async () => {
    const token = await makeLink();
    const answers = await Promise.all([login(token), login(token), login(token)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
  });

  it('expires after ten minutes', async () => {
    const late = await makeLink();
    engine.clock.advance(minutes(10));
    expect((await login(late)).status).toBe(401);
    const inTime = await makeLink();
    engine.clock.advance(minutes(10) - 1);
    expect((await login(inTime)).status).toBe(200);
  });

  it.each([
    ['another Origin', { ...OWN, origin: 'https://evil.example' }, 403],
    ['no Origin', { 'content-type': 'application/json' }, 403],
    ['an Origin that is no address', { ...OWN, origin: 'null' }, 403],
    ['a form', { ...OWN, 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['text', { ...OWN, 'content-type': 'text/plain' }, 415],
  ])('is not used up by a request with %s', async (_what, headers, status) => {
    const token = await makeLink();
    expect((await login(token, headers)).status).toBe(status);
    expect((await login(token)).status).toBe(200);
  });

  it('refuses a body that is no token, and one that is too large', async () => {
    expect((await post('/login', OWN, {})).status).toBe(400);
    expect((await post('/login', OWN, { token: 'x'.repeat(10_000) })).status).toBe(413);
  });
});

describe('a session', () => {
  it('is a cookie that scripts and other sites cannot use', async () => {
    const response = await login(await makeLink());
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^pharos_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('identifies the person with the role of the link', async () => {
    const response = await me(await signIn('editor'));
    expect(await response.json()).toMatchObject({ name: 'Ada', role: 'editor', namespace: 'default' });
  });

  it('is stored hashed', async () => {
    const cookie = await signIn();
    const secret = cookie.split('=')[1] ?? '';
    const sessions = await engine.store.read.sessions.list('default', engine.clock.now());
    expect(sessions).toHaveLength(1);
    expect(JSON.stringify(sessions)).not.toContain(secret);
  });

  it('ends after twelve hours without a call, and each call begins them anew', async () => {
    const cookie = await signIn();
    for (let i = 0; i < 5; i += 1) {
      engine.clock.advance(hours(11));
      expect((await me(cookie)).status).toBe(200);
    }
    engine.clock.advance(hours(12));
    expect((await me(cookie)).status).toBe(401);
  });

  it('ends after seven days, however busy', async () => {
    const cookie = await signIn();
    for (let passed = 0; passed < days(7) - hours(6); passed += hours(6)) {
      engine.clock.advance(hours(6));
      expect((await me(cookie)).status).toBe(200);
    }
    engine.clock.advance(hours(6));
    expect((await me(cookie)).status).toBe(401);
  });

  it('can be revoked by an admin, at once', async () => {
    const cookie = await signIn();
    const { admin } = await testClients(engine);
    const { items } = await admin.call(listSessions, {});
    expect(items).toMatchObject([{ name: 'Ada', role: 'editor', current: false }]);
    await admin.call(revokeSession, { id: items[0]?.id ?? '' });
    expect((await me(cookie)).status).toBe(401);
    await expect(admin.call(revokeSession, { id: items[0]?.id ?? '' })).rejects.toMatchObject({ status: 404 });
  });

  it('ends with a logout, for which another site cannot ask', async () => {
    const cookie = await signIn();
    expect((await post('/logout', { ...OWN, cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await me(cookie)).status).toBe(200);
    const response = await post('/logout', { ...OWN, cookie });
    expect(response.headers.get('set-cookie')).toMatch(/^pharos_session=;.*Max-Age=0/);
    expect((await me(cookie)).status).toBe(401);
    expect((await post('/logout', OWN)).status).toBe(200);
  });

  it('changes things only from the console itself, and only with JSON', async () => {
    const cookie = await signIn('admin');
    const body = { service: 'checkout', signal: 'up', critical: 0.5 };
    const create = (headers: Record<string, string>) =>
      engine.request('POST', '/api/v1/thresholds', { headers: { cookie, ...headers }, body });
    expect((await create({})).status).toBe(403);
    expect((await create({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await create({ origin: 'http://localhost:8686' })).status).toBe(403);
    expect((await create({ ...OWN, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await create(OWN)).status).toBe(201);
  });

  it('is not found by an invented cookie', async () => {
    expect((await me('pharos_session=invented')).status).toBe(401);
    expect((await me('other=1; pharos_session=')).status).toBe(401);
  });
});

describe('the Host header', () => {
  it.each(['evil.example', 'localhost.evil.example', '192.168.1.1', ''])('"%s" is not known', async (host) => {
    const response = await engine.request('GET', '/api/v1/openapi.json', { headers: { host } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'forbidden' });
  });

  it.each(['localhost', 'localhost:8686', '127.0.0.1:8686', '[::1]:8686', 'LOCALHOST'])(
    '"%s" is known',
    async (host) => {
      expect((await engine.request('GET', '/api/v1/openapi.json', { headers: { host } })).status).toBe(200);
    }
  );
});

describe('noting that a session is in use', () => {
  it('does not bring back one that was revoked meanwhile', async () => {
    const cookie = await signIn();
    engine.clock.advance(minutes(2));
    const [session] = await engine.store.read.sessions.list('default', engine.clock.now());
    // The revocation takes the write lock first; the note about the use waits behind it.
    const revoked = engine.store.write(async (tx) => {
      await tx.sessions.delete('default', session?.id ?? '');
    });
    await Promise.all([revoked, me(cookie)]);
    expect(await engine.store.read.sessions.list('default', engine.clock.now())).toEqual([]);
    expect((await me(cookie)).status).toBe(401);
  });

  it('keeps nobody from reading while the store cannot be written', async () => {
    const cookie = await signIn();
    engine.clock.advance(minutes(2));
    const write = jest.spyOn(engine.deps.store, 'write').mockRejectedValue(new Error('disk full'));
    expect((await me(cookie)).status).toBe(200);
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
  });
});
