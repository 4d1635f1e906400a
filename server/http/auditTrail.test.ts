import { createLoginLink } from '../../src/api/access.ts';
import { createReceiver, testReceiver } from '../../src/api/routing.ts';
import { minutes } from '../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { testClients } from '../testing/testClient.ts';

let engine: TestEngine;
let clients: Awaited<ReturnType<typeof testClients>>;
beforeEach(async () => {
  engine = await createTestEngine();
  clients = await testClients(engine);
});
afterEach(() => engine.dispose());

const OWN = { origin: 'http://localhost', 'content-type': 'application/json', 'user-agent': 'Firefox' };
const ELSEWHERE = { ...OWN, origin: 'https://evil.example' };
const TEXT = { ...OWN, 'content-type': 'text/plain' };

/** What the audit says of some actions, the oldest first. */
async function audited(...actions: readonly string[]) {
  const { items } = await engine.store.read.audit.list('default', {}, { limit: 100 });
  return items.filter(({ action }) => actions.includes(action)).toReversed();
}

async function makeLink(name = 'Ada'): Promise<string> {
  const { url } = await clients.admin.call(createLoginLink, { name, role: 'editor' });
  return url.split('#')[1] ?? '';
}

const login = (token: string, headers: Record<string, string> = OWN): Promise<Response> =>
  engine.request('POST', '/login', { headers, body: { token } });

async function signIn(): Promise<string> {
  return ((await login(await makeLink())).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('who comes and goes', () => {
  it('is named with their session and browser, at login and logout', async () => {
    const cookie = await signIn();
    await engine.request('POST', '/logout', { headers: { ...OWN, cookie } });
    const [came, went] = await audited('login', 'logout');
    expect(came).toMatchObject({
      ...{ action: 'login', outcome: 'done', actorName: 'Ada', actor: expect.stringMatching(/^session:/) },
      after: { name: 'Ada', role: 'editor', from: '', userAgent: 'Firefox' },
    });
    expect(went).toMatchObject({ action: 'logout', outcome: 'done', actor: came?.actor, object: came?.object });
  });

  it('is not written down when a logout ends nothing', async () => {
    await engine.request('POST', '/logout', { headers: { ...OWN, cookie: 'pharos_session=invented' } });
    expect(await audited('logout')).toEqual([]);
  });

  it('is told of a link that comes a second time, with whose it was', async () => {
    const token = await makeLink();
    await login(token);
    await login(token);
    const [came, reuse] = await audited('login');
    expect(reuse).toMatchObject({
      ...{ outcome: 'refused', actor: 'nobody', object: came?.object },
      after: { code: 'unauthenticated', reason: 'The login link was used already.', name: 'Ada', userAgent: 'Firefox' },
    });
  });

  it('is told of a link that is too old, and of one that nobody made, without its token', async () => {
    const late = await makeLink('Grace');
    engine.clock.advance(minutes(10));
    await login(late);
    await login('guessed-by-somebody');
    const rows = await audited('login');
    expect(rows).toMatchObject([
      { object: 'login link for Grace', after: { reason: 'The login link is older than ten minutes.', name: 'Grace' } },
      { object: 'session', after: { reason: 'The login link is not known.' } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('guessed-by-somebody');
    expect(JSON.stringify(rows)).not.toContain(late);
  });

  it('stands in the audit of the namespace that the link was made in', async () => {
    const token = await engine.token('admin', 'org-2');
    const made = await engine.request('POST', '/api/v1/login-links', { token, body: { name: 'Eve', role: 'viewer' } });
    const link = ((await made.json()) as { url: string }).url.split('#')[1] ?? '';
    await login(link);
    await login(link);
    expect(await audited('login')).toEqual([]);
    const { items } = await engine.store.read.audit.list('org-2', { action: 'login' }, { limit: 9 });
    expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
  });

  it('is told of guesses in a few rows, however many there are', async () => {
    for (let n = 0; n < 50; n += 1) {
      await login(`guess ${n}`);
    }
    await engine.deps.auditNotes.stop();
    expect((await audited('login')).map(({ after }) => after)).toMatchObject([{ from: '' }, { times: 49 }]);
  });

  const token = 'x'.repeat(10_000);
  it.each([
    { action: 'login', what: 'from another site', headers: ELSEWHERE, body: {}, code: 'forbidden' },
    { action: 'login', what: 'of another type', headers: TEXT, body: {}, code: 'unsupported_media_type' },
    { action: 'login', what: 'that is too large', headers: OWN, body: { token }, code: 'too_large' },
    { action: 'login', what: 'without a token', headers: OWN, body: {}, code: 'invalid_input' },
    { action: 'logout', what: 'from another site', headers: ELSEWHERE, body: {}, code: 'forbidden' },
  ])('is told of a $action $what', async ({ action, headers, body, code }) => {
    await engine.request('POST', `/${action}`, { headers, body });
    expect(await audited(action)).toMatchObject([{ outcome: 'refused', actor: 'nobody', after: { code } }]);
  });
});

describe('a change that is refused before it is read', () => {
  const body = { service: 'checkout', signal: 'up', critical: 0.5 };
  const change = (headers: Record<string, string>, sent: unknown = body) =>
    engine.request('POST', '/api/v1/thresholds', { headers, body: sent });

  it.each([
    { what: 'another site', headers: ELSEWHERE, sent: body, code: 'forbidden' },
    { what: 'another type', headers: TEXT, sent: body, code: 'unsupported_media_type' },
    { what: 'a body that is too large', headers: OWN, sent: { comment: 'x'.repeat(2 << 20) }, code: 'too_large' },
  ])('leaves a row that names whose session it was: $what', async ({ headers, sent, code }) => {
    const cookie = await signIn();
    const [came] = await audited('login');
    await change({ ...headers, cookie }, sent);
    expect(await audited('createThreshold')).toMatchObject([
      { outcome: 'refused', actor: came?.actor, object: '/api/v1/thresholds', after: { code } },
    ]);
  });

  it('leaves none where nothing would have been changed, or nobody is known', async () => {
    const cookie = await signIn();
    await engine.request('POST', '/api/v1/routes/match', { headers: { ...ELSEWHERE, cookie }, body: { labels: {} } });
    await change({ 'content-type': 'text/plain' });
    expect(await audited('matchRoutes', 'createThreshold')).toEqual([]);
  });
});

describe('alerts that are sent', () => {
  const send = (token: string, events: readonly unknown[] = [{ labels: { alertname: 'Slow' } }, {}]) =>
    engine.request('POST', '/api/v1/intake/events', { token, body: { events } });

  it('by more than an intake token are named with who sent them, and counted', async () => {
    const token = await engine.token('write');
    await send(token);
    await send(token);
    await send(token);
    await engine.deps.auditNotes.stop();
    expect(await audited('intakeEvents')).toMatchObject([
      { outcome: 'done', actorName: 'write of default', after: { accepted: 1, rejected: 1 } },
      { outcome: 'done', actorName: 'write of default', after: { accepted: 2, rejected: 2, times: 2 } },
    ]);
  });

  it('are named by the API of Alertmanager and the webhook too, and when they are refused', async () => {
    const token = await engine.relayToken({ role: 'Editor', login: 'ada' });
    await engine.request('POST', '/api/v2/alerts', { token, body: [{ labels: { alertname: 'Slow' } }] });
    await engine.request('POST', '/api/v1/intake/grafana', { token, body: { alerts: [] } });
    await send(token, []);
    const rows = await audited('alertmanagerPostAlerts', 'intakeGrafana', 'intakeEvents');
    expect(rows.map(({ action, outcome, actorName }) => [action, outcome, actorName])).toEqual([
      ['alertmanagerPostAlerts', 'done', 'ada'],
      ['intakeGrafana', 'done', 'ada'],
      ['intakeEvents', 'refused', 'ada'],
    ]);
  });

  it('by intake tokens are not: that is what they are for', async () => {
    await send(await engine.token('intake'));
    await send(engine.deps.config.intakeToken);
    await send(await engine.token('intake'), []);
    expect(await audited('intakeEvents')).toEqual([]);
  });
});

describe('what reaches outside', () => {
  beforeEach(async () => {
    const settings = { url: 'https://example.org/x', secret: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz' };
    await clients.admin.call(createReceiver, { name: 'hook', kind: 'webhook', settings });
  });
  const outcomes = async () => (await audited('testReceiver')).map(({ outcome }) => outcome);

  it('stands in the audit before it begins, and again with how it ended', async () => {
    let during: readonly string[] = [];
    jest.spyOn(engine.deps.sender, 'send').mockImplementation(async () => {
      during = await outcomes();
      return { ok: false, message: 'nobody there', retryable: false, retryAfterMs: null };
    });
    await clients.admin.call(testReceiver, { name: 'hook' });
    expect(during).toEqual(['begun']);
    const [begun, ended] = await audited('testReceiver');
    expect(begun).toMatchObject({ outcome: 'begun', object: 'receiver hook' });
    expect(ended).toMatchObject({ outcome: 'done', object: 'receiver hook', after: { test: 'failed' } });
    expect(ended?.requestId).toBe(begun?.requestId);
  });

  it('leaves a row of how it ended when it breaks', async () => {
    jest.spyOn(engine.deps.sender, 'send').mockRejectedValue(new Error('a fault'));
    await expect(clients.admin.call(testReceiver, { name: 'hook' })).rejects.toMatchObject({ status: 500 });
    expect(await outcomes()).toEqual(['begun', 'failed']);
  });

  it('does not begin when the row cannot be written', async () => {
    const send = jest.spyOn(engine.deps.sender, 'send');
    const write = jest.spyOn(engine.deps.store, 'write').mockRejectedValue(new Error('disk full'));
    await expect(clients.admin.call(testReceiver, { name: 'hook' })).rejects.toMatchObject({ status: 500 });
    expect(send).not.toHaveBeenCalled();
    write.mockRestore();
    expect(await outcomes()).toEqual([]);
  });

  it('is refused without a beginning where there is nothing to reach', async () => {
    await expect(clients.admin.call(testReceiver, { name: 'nobody' })).rejects.toMatchObject({ status: 404 });
    await expect(clients.editor.call(testReceiver, { name: 'hook' })).rejects.toMatchObject({ status: 403 });
    expect(await outcomes()).toEqual(['refused', 'refused']);
  });
});
