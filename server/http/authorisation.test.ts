import { ROLES, type Role } from '../../src/core/identity.ts';
import { ALERTMANAGER_OPERATIONS } from '../alertmanager/addAlertmanagerRoutes.ts';
import { OPERATIONS } from '../operations/table.ts';
import { hashToken } from '../secrets.ts';
import { sampleToken } from '../store/testing/samples.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';

const ALL = [...OPERATIONS, ...ALERTMANAGER_OPERATIONS];

let engine: TestEngine;
beforeAll(async () => {
  engine = await createTestEngine();
});
afterAll(() => engine.dispose());

/** Sends an empty request to an operation: enough to see whether the door is open. `wait=0s` keeps the long poll short. */
async function knock(
  contract: (typeof ALL)[number]['contract'],
  token: string | undefined,
  headers: Record<string, string> = {}
) {
  const path = contract.path.replace(/\{\w+\}/g, 'no-such-thing') + (contract.name === 'getChanges' ? '?wait=0s' : '');
  const hasBody = contract.method !== 'GET' && contract.method !== 'DELETE';
  const body = contract.path === '/api/v2/alerts' ? [] : {};
  return engine.request(contract.method, path, { token, headers, ...(hasBody ? { body } : {}) });
}

const mayCall = (access: (typeof ALL)[number]['contract']['access'], role: Role): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(access === 'intake' ? 'editor' : access);

describe.each(ALL.map((served) => [served.contract.name, served.contract] as const))('%s', (_name, contract) => {
  it('refuses a caller without identity', async () => {
    expect((await knock(contract, undefined)).status).toBe(401);
  });

  it('refuses an unknown token, and one that was cut short', async () => {
    expect((await knock(contract, 'nobody-knows-this-token')).status).toBe(401);
    expect((await knock(contract, engine.deps.config.adminToken.slice(0, -1))).status).toBe(401);
  });

  it.each([
    ['read', 'viewer'],
    ['write', 'editor'],
    ['admin', 'admin'],
  ] as const)('serves a %s token according to the role %s', async (scope, role) => {
    const { status } = await knock(contract, await engine.token(scope));
    expect(status === 403).toBe(!mayCall(contract.access, role));
    expect(status).not.toBe(401);
    expect(status).toBeLessThan(503);
  });

  it('lets an intake token send alerts and nothing else', async () => {
    const { status } = await knock(contract, await engine.token('intake'));
    expect(status === 403).toBe(contract.access !== 'intake');
  });

  it('takes the alert scheduler and visitors of public dashboards for viewers, though Grafana says Admin', async () => {
    for (const login of ['grafana_scheduler', 'service']) {
      const token = await engine.relayToken({ call: 'query', login, sub: '', role: 'Admin' });
      expect((await knock(contract, token)).status === 403).toBe(!mayCall(contract.access, 'viewer'));
    }
  });

  it('caps anonymous callers and empty logins at viewer', async () => {
    for (const claims of [
      { sub: 'anonymous:0', login: '' },
      { sub: '', login: 'admin' },
      { sub: 'user:1', login: '' },
    ]) {
      const token = await engine.relayToken({ ...claims, role: 'Admin' });
      expect((await knock(contract, token)).status === 403).toBe(!mayCall(contract.access, 'viewer'));
    }
  });

  it('believes no header that anybody can send', async () => {
    const forged = {
      'x-grafana-user': 'admin',
      'x-webauth-user': 'admin',
      'x-grafana-org-id': '2',
      fromalert: 'true',
      'x-forwarded-for': '127.0.0.1',
    };
    expect((await knock(contract, undefined, forged)).status).toBe(401);
    const viewer = await engine.relayToken({ role: 'Viewer' });
    expect((await knock(contract, viewer, forged)).status === 403).toBe(!mayCall(contract.access, 'viewer'));
  });
});

describe('relay tokens', () => {
  const knockMe = async (token: string) => engine.request('GET', '/api/v1/me', { token });

  it.each(['Admin', 'Editor', 'Viewer'])('maps the role %s', async (role) => {
    const response = await knockMe(await engine.relayToken({ role }));
    expect(await response.json()).toMatchObject({
      role: role.toLowerCase(),
      subject: 'grafana:default:user:2',
      namespace: 'default',
    });
  });

  it.each(['None', '', 'admin', 'Grafana Admin', 'constructor', '__proto__'])('refuses the role "%s"', async (role) => {
    expect((await knockMe(await engine.relayToken({ role }))).status).toBe(403);
  });

  it('keeps the subject when the user takes another login', async () => {
    const response = await knockMe(await engine.relayToken({ login: 'admin', sub: 'user:7', role: 'Viewer' }));
    expect(await response.json()).toMatchObject({ subject: 'grafana:default:user:7', name: 'admin', role: 'viewer' });
  });

  it('refuses tokens that live too long, have expired, or were signed by another', async () => {
    const now = Math.floor(engine.clock.now() / 1000);
    expect((await knockMe(await engine.relayToken({ iat: now, exp: now + 61 }))).status).toBe(401);
    expect((await knockMe(await engine.relayToken({ iat: now - 120, exp: now - 90 }))).status).toBe(401);
    expect((await knockMe(await engine.relayToken({ iss: 'somebody' as 'pharos-relay' }))).status).toBe(401);
    expect((await knockMe(await engine.relayToken({ aud: 'somebody' as 'pharos-engine' }))).status).toBe(401);
    const [header, payload] = (await engine.relayToken({})).split('.');
    expect((await knockMe(`${header}.${payload}.AAAA`)).status).toBe(401);
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect((await knockMe(`${none}.${payload}.`)).status).toBe(401);
  });
});

describe('tokens with two dots', () => {
  const who = async (of: TestEngine, token: string) => {
    const response = await of.request('GET', '/api/v1/me', { token });
    return { status: response.status, ...((await response.json()) as { name?: string; detail?: string }) };
  };
  const jwtOf = (header: object) =>
    [header, {}].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.AAAA';

  it.each([
    ['text', 'release.2026.0123456789abcdef0123456789'],
    ['what looks like the relay’s', jwtOf({ alg: 'HS256', kid: 'of 2026' })],
  ])('are the deployment’s own when they are its text: %s', async (_what, secret) => {
    const intake = 'intake.2026.0123456789abcdef0123456789';
    const own = await createTestEngine({ environment: { PHAROS_ADMIN_TOKEN: secret, PHAROS_INTAKE_TOKEN: intake } });
    expect(await who(own, secret)).toMatchObject({ status: 200, name: 'admin token', role: 'admin' });
    const sent = await own.request('POST', '/api/v1/intake/events', {
      token: intake,
      body: { events: [{ labels: { alertname: 'x' } }] },
    });
    expect(sent.status).toBe(200);
    await own.dispose();
  });

  it('are API tokens when they are stored as such', async () => {
    const token = 'brought.from.elsewhere';
    await engine.store.write((tx) =>
      tx.tokens.save(sampleToken({ id: 'dots', name: 'ci', scope: 'write', hash: hashToken(token) }))
    );
    expect(await who(engine, token)).toMatchObject({ status: 200, name: 'ci', role: 'editor' });
  });

  it.each([
    ['unknown', 'not.known.here', 'The token is not known, or was revoked.'],
    ['of another algorithm', jwtOf({ alg: 'RS256' }), 'JWT with the algorithm "RS256"; the relay signs with HS256.'],
    ['without an algorithm', jwtOf({ alg: 7 }), 'The token is not known, or was revoked.'],
    ['signed by somebody else', jwtOf({ alg: 'HS256' }), 'The relay token is not valid: check that the data source'],
  ])('are refused with what is wrong when they are %s', async (_what, token, sentence) => {
    expect(await who(engine, token)).toMatchObject({ status: 401, detail: expect.stringContaining(sentence) });
  });
});
