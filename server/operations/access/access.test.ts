import {
  createSource,
  createToken,
  deleteSource,
  getMe,
  listAudit,
  listSources,
  listTokens,
  revokeToken,
  verifyAudit,
} from '../../../src/api/access.ts';
import type { Client } from '../../../src/api/client.ts';
import { minutes } from '../../../src/core/units.ts';
import type { Source } from '../../sources/source.ts';
import { createFakePrometheus } from '../../testing/fakePrometheus.ts';
import { witness, writeWitness } from '../../auditWitness.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let viewer: Client;
let sources: Source[];
beforeEach(async () => {
  sources = [createFakePrometheus()];
  engine = await createTestEngine({ sources });
  ({ admin, viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

const textOf = async (path: string): Promise<string> =>
  (await engine.request('GET', `/api/v1/${path}`, { token: engine.deps.config.adminToken })).text();

describe('tokens', () => {
  it('show their secret once, and are known by it', async () => {
    const { token, secret } = await admin.call(createToken, { name: 'ci', scope: 'write' });
    expect(secret).toMatch(/^pharos_[\w-]{43}$/);
    expect(await testClient(engine, secret).call(getMe, {})).toEqual({
      ...{ subject: `token:${token.id}`, name: 'ci', role: 'editor', namespace: 'default' },
    });
    for (const path of ['tokens', 'audit']) {
      expect([path, (await textOf(path)).includes(secret.slice(7))]).toEqual([path, false]);
    }
    const stored = await engine.store.read.tokens.list('default');
    expect(JSON.stringify(stored)).not.toContain(secret.slice(7));
  });

  it('show when they were used, to the minute', async () => {
    const { token, secret } = await admin.call(createToken, { name: 'ci', scope: 'read' });
    const usedAt = async () => (await admin.call(listTokens, {})).items.find(({ id }) => id === token.id)?.lastUsedAt;
    expect(await usedAt()).toBeNull();
    await testClient(engine, secret).call(getMe, {});
    const first = engine.clock.now();
    engine.clock.advance(30_000);
    await testClient(engine, secret).call(getMe, {});
    expect(await usedAt()).toBe(first);
    engine.clock.advance(minutes(1));
    await testClient(engine, secret).call(getMe, {});
    expect(await usedAt()).toBe(engine.clock.now());
  });

  it('are worth nothing once revoked, at once, and are revoked once', async () => {
    const { token, secret } = await admin.call(createToken, { name: 'ci', scope: 'admin' });
    await admin.call(revokeToken, { id: token.id });
    await expect(testClient(engine, secret).call(getMe, {})).rejects.toMatchObject({ status: 401 });
    await expect(admin.call(revokeToken, { id: token.id })).rejects.toMatchObject({ status: 404 });
    expect((await admin.call(listTokens, {})).items.find(({ id }) => id === token.id)?.revokedAt).not.toBeNull();
  });

  it('of the deployment are admin and intake', async () => {
    const { adminToken, intakeToken } = engine.deps.config;
    expect(await testClient(engine, adminToken).call(getMe, {})).toMatchObject({ role: 'admin', name: 'admin token' });
    await expect(testClient(engine, intakeToken).call(getMe, {})).rejects.toMatchObject({ status: 403 });
  });
});

describe('sources', () => {
  const loki = {
    kind: 'loki' as const,
    name: 'logs',
    url: 'https://loki.example.org',
    tenant: 'shop',
    token: 'loki-token',
  };

  it('are added with an encrypted token that nobody gets to see', async () => {
    const { source } = await admin.call(createSource, loki);
    expect(source).toMatchObject({ name: 'logs', status: 'unknown', builtIn: false });
    const [stored] = await engine.store.read.sources.list('default');
    expect(stored?.secret).not.toContain('loki-token');
    expect(engine.deps.secrets.decrypt(stored?.secret ?? '')).toBe('loki-token');
    expect(await textOf('audit')).not.toContain('loki-token');
    await admin.call(deleteSource, { id: source.id });
    expect(await engine.store.read.sources.list('default')).toEqual([]);
    await expect(admin.call(deleteSource, { id: source.id })).rejects.toMatchObject({ status: 404 });
  });

  it('show their address to admins only', async () => {
    expect((await admin.call(listSources, {})).items).toMatchObject([{ url: 'http://prometheus:9090', builtIn: true }]);
    expect((await viewer.call(listSources, {})).items).toMatchObject([{ url: '', name: 'Prometheus' }]);
  });

  it('say to everybody where Grafana is, while it answers', async () => {
    const url = async () => (await viewer.call(listSources, {})).grafanaUrl;
    expect(await url()).toBeNull();
    const prometheus = createFakePrometheus();
    const grafana: Source = { ...prometheus, kind: 'grafana', url: 'http://grafana:3000', builtIn: true };
    sources.push(grafana);
    expect(await url()).toBe('http://grafana:3000');
    jest.replaceProperty(engine.deps, 'config', { ...engine.deps.config, grafanaPublicUrl: 'https://g.example.org' });
    expect(await url()).toBe('https://g.example.org');
    sources[1] = { ...grafana, health: () => ({ ...prometheus.status, status: 'down' }) };
    expect(await url()).toBeNull();
  });

  it('of the deployment stay, and their names are taken', async () => {
    await expect(admin.call(deleteSource, { id: 'prometheus' })).rejects.toMatchObject({ status: 409 });
    await expect(admin.call(createSource, { ...loki, name: 'Prometheus' })).rejects.toMatchObject({ status: 409 });
    await admin.call(createSource, loki);
    await expect(admin.call(createSource, loki)).rejects.toMatchObject({ status: 409 });
  });

  it('are one of each kind: a second one, which nobody would ask, is refused', async () => {
    const second = { ...loki, kind: 'prometheus' as const, name: 'eu' };
    await expect(admin.call(createSource, second)).rejects.toMatchObject({
      ...{
        status: 409,
        code: 'conflict',
        message: expect.stringMatching(
          /^Prometheus is of the kind prometheus already, .* It comes from the deployment's settings: change it there, or/
        ),
      },
    });
    const { source } = await admin.call(createSource, loki);
    await expect(admin.call(createSource, { ...loki, name: 'more-logs' })).rejects.toThrow(
      /^logs is of the kind loki already, .* Remove it first, or/
    );
    await admin.call(deleteSource, { id: source.id });
    await admin.call(createSource, { ...loki, name: 'more-logs' });
    expect((await engine.store.read.sources.list('default')).map(({ name }) => name)).toEqual(['more-logs']);
  });

  it('are judged by what is stored, not by what this engine still has open', async () => {
    const prometheus = createFakePrometheus();
    sources.push({ ...prometheus, id: 'gone', kind: 'loki', name: 'logs', url: 'https://old.example', builtIn: false });
    const { source } = await admin.call(createSource, loki);
    await expect(admin.call(deleteSource, { id: 'gone' })).rejects.toMatchObject({ status: 404 });
    await admin.call(deleteSource, { id: source.id });
    const [{ before } = { before: null }] = (await engine.store.read.audit.list('default', {}, { limit: 1 })).items;
    expect(before).toEqual({ name: 'logs', url: 'https://loki.example.org' });
  });

  it.each(['http://169.254.169.254/', 'https://127.0.0.1:9090/', 'http://localhost:9090'])(
    'are not at %s unless the deployment opens the place',
    async (url) => {
      await expect(admin.call(createSource, { ...loki, url })).rejects.toMatchObject({ code: 'guarded_address' });
      expect(await engine.store.read.sources.list('default')).toEqual([]);
    }
  );
});

describe('the audit trail', () => {
  it('can be filtered, read page by page, and checked', async () => {
    for (const name of ['a', 'b', 'c']) {
      await admin.call(createToken, { name, scope: 'read' });
    }
    await viewer.call(createToken, { name: 'mine', scope: 'admin' }).catch(() => undefined);
    const first = await admin.call(listAudit, { limit: 3 });
    expect(first.items[0]).toMatchObject({
      outcome: 'refused',
      actorName: 'read of default',
      after: { code: 'forbidden' },
    });
    const rest = await admin.call(listAudit, { limit: 3, cursor: first.next ?? '' });
    expect([rest.items.length, rest.next]).toEqual([1, null]);
    const byActor = await admin.call(listAudit, { actor: first.items[0]?.actor ?? '' });
    expect(byActor.items).toHaveLength(1);
    expect((await admin.call(listAudit, { action: 'revokeToken' })).items).toEqual([]);
    expect(await admin.call(verifyAudit, {})).toEqual({ ok: true, rows: 4, firstBadSeq: null, against: null });
    const [newest, before] = first.items;
    expect(newest?.prevHash).toBe(before?.hash);
  });

  it('is compared with what was noted of its end outside of the database', async () => {
    await admin.call(createToken, { name: 'a', scope: 'read' });
    const { deps, store, clock } = engine;
    const { dataDir } = deps.config;
    const noted = await witness(store.read.audit, deps.secrets, { namespace: 'default', at: clock.now() });
    writeWitness(dataDir, [noted]);
    expect(await admin.call(verifyAudit, {})).toMatchObject({ ok: true, against: null });
    writeWitness(dataDir, [{ ...noted, seq: 2 }]);
    expect(await admin.call(verifyAudit, {})).toEqual({
      ...{ ok: false, rows: 1, firstBadSeq: null },
      against: 'What is noted of the end of the audit was changed, or written with another secret_key.',
    });
  });

  it('does not keep what was refused, which may hold a secret', async () => {
    const body = { name: 'x', kind: 'webhook', settings: { url: 'nonsense', secret: 'top-secret-value' } };
    const { adminToken } = engine.deps.config;
    const response = await engine.request('POST', '/api/v1/receivers', { token: adminToken, body });
    expect(response.status).toBe(400);
    expect(await textOf('audit')).not.toContain('top-secret-value');
  });

  it('leaves nothing done without its row, and no row without what was done', async () => {
    jest
      .spyOn(engine.deps, 'randomId')
      .mockImplementationOnce(() => 'request')
      .mockImplementation(() => {
        throw new Error('no randomness');
      });
    const response = await engine.request('POST', '/api/v1/tokens', {
      ...{ token: engine.deps.config.adminToken, body: { name: 'x', scope: 'read' } },
    });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      code: 'internal',
      detail: expect.not.stringContaining('randomness'),
    });
    jest.restoreAllMocks();
    expect((await admin.call(listTokens, {})).items.map(({ name }) => name)).not.toContain('x');
    expect((await admin.call(listAudit, {})).items).toMatchObject([{ action: 'createToken', outcome: 'failed' }]);
  });
});
