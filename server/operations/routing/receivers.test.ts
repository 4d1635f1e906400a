import { listAudit } from '../../../src/api/access.ts';
import type { Client } from '../../../src/api/client.ts';
import { intakeEvents } from '../../../src/api/intake.ts';
import {
  createReceiver,
  deleteReceiver,
  listReceivers,
  testReceiver,
  updateReceiver,
  updateRoutes,
} from '../../../src/api/routing.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let editor: Client;
let viewer: Client;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin, editor, viewer } = await testClients(engine));
});
afterEach(() => engine.dispose());

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
/** Chats and pagers take their key in the address. */
const KEY = 'key-of-a-channel';
const TOKEN = 'bearer-token-nobody-may-see';
const hook = {
  name: 'hook',
  kind: 'webhook' as const,
  settings: { url: `https://example.org/${KEY}`, secret: SECRET },
};

const create = (settings: Record<string, string> = {}) =>
  admin.call(createReceiver, { ...hook, settings: { ...hook.settings, ...settings } });

/** What the sender would be given. */
async function secretsOf(name: string): Promise<unknown> {
  const stored = await engine.store.read.receivers.get('default', name);
  return stored === undefined || stored.secrets === '' ? {} : engine.deps.secrets.decrypt(stored.secrets);
}

it('counts what is queued for a receiver by its own name', async () => {
  await admin.call(createReceiver, { ...hook, name: 'constructor' });
  expect((await viewer.call(listReceivers, {})).items).toMatchObject([{ name: 'constructor', queued: 0 }]);
});

describe('secrets', () => {
  it('go in and never come out: not by the API, the audit trail, the history or the changes', async () => {
    const { receiver } = await create({ bearerToken: TOKEN });
    expect(receiver.settings).toMatchObject({
      ...{ url: { set: true, origin: 'https://example.org' }, secret: { set: true }, bearerToken: { set: true } },
      basicPassword: { set: false },
    });
    await admin.call(updateReceiver, { ...hook, settings: { url: 'https://example.org/two' } });
    await admin.call(testReceiver, { name: 'hook' });
    await admin
      .call(updateReceiver, { ...hook, settings: { url: 'http://127.0.0.1/', secret: SECRET } })
      .catch(() => 0);
    await admin.call(createReceiver, { ...hook, settings: { secret: SECRET, url: '' } }).catch(() => 0);
    const paths = ['receivers', 'audit', 'history', 'routes', 'status', 'changes'];
    const token = await engine.token('admin');
    for (const path of paths) {
      const text = await (await engine.request('GET', `/api/v1/${path}`, { token })).text();
      expect([path, [SECRET, SECRET.slice(6), TOKEN, KEY].filter((secret) => text.includes(secret))]).toEqual([
        path,
        [],
      ]);
    }
    expect((await admin.call(listAudit, {})).items.map(({ outcome }) => outcome).toReversed()).toEqual([
      ...['done', 'done', 'begun', 'done', 'refused', 'refused'],
    ]);
  });

  it('stand encrypted in the store', async () => {
    await create();
    const row = JSON.stringify(await engine.store.read.receivers.get('default', 'hook'));
    expect([SECRET.slice(6), KEY].filter((secret) => row.includes(secret))).toEqual([]);
    expect(await secretsOf('hook')).toEqual(hook.settings);
  });

  it('stay when they are left out, or come back as the placeholder that was answered', async () => {
    const { receiver } = await create();
    await admin.call(updateReceiver, { ...hook, settings: { url: 'https://example.org/two' } });
    expect(await secretsOf('hook')).toEqual({ url: 'https://example.org/two', secret: SECRET });
    await admin.call(updateReceiver, { ...hook, settings: { ...receiver.settings, basicUser: 'ops' } });
    expect(await secretsOf('hook')).toEqual({ url: 'https://example.org/two', secret: SECRET });
    expect((await admin.call(listReceivers, {})).items[0]?.settings).toMatchObject({
      ...{ url: { set: true, origin: 'https://example.org' }, secret: { set: true }, basicUser: 'ops' },
    });
  });

  it('are removed by an empty text, and replaced by a new one', async () => {
    await create();
    const next = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    await admin.call(updateReceiver, { ...hook, settings: { ...hook.settings, secret: next } });
    expect(await secretsOf('hook')).toEqual({ ...hook.settings, secret: next });
    await admin.call(updateReceiver, { ...hook, settings: { ...hook.settings, secret: '' } });
    expect(await secretsOf('hook')).toEqual({ url: hook.settings.url });
  });

  it('do not move to another kind of receiver', async () => {
    await create();
    await admin.call(updateReceiver, {
      ...{ name: 'hook', kind: 'slack', settings: { url: 'https://hooks.slack.com/services/T/B/x' } },
    });
    expect(JSON.stringify(await secretsOf('hook'))).not.toContain(SECRET.slice(6));
  });

  it('that another key wrote are not guessed at: everything must be entered again', async () => {
    await create();
    await engine.store.write(async (tx) => {
      const stored = await tx.receivers.get('default', 'hook');
      if (stored !== undefined) {
        await tx.receivers.save({ ...stored, secrets: 'v1.AAAA.BBBB.CCCC' });
      }
    });
    const refused = admin.call(updateReceiver, { ...hook, settings: { url: 'https://example.org/two' } });
    await expect(refused).rejects.toMatchObject({ status: 409, message: expect.stringContaining('another key') });
    expect((await admin.call(listReceivers, {})).items[0]?.settings['secret']).toEqual({ set: false });
  });
});

describe('an address that leads to another host', () => {
  const elsewhere = 'https://elsewhere.example/hook';
  const refusal = (settings: Record<string, string>) =>
    admin.call(updateReceiver, { ...hook, settings }).catch((problem: unknown) => problem);

  it('takes no secret along that nobody gave for it', async () => {
    await create({ bearerToken: TOKEN });
    const words =
      'was given for https://example.org: enter it again for https://elsewhere.example, or leave it empty to do without';
    expect(await refusal({ url: elsewhere })).toMatchObject({
      ...{ status: 400, code: 'invalid_input' },
      errors: [
        { path: 'settings.secret', message: words },
        { path: 'settings.bearerToken', message: words },
      ],
    });
    expect(await refusal({ url: elsewhere, secret: SECRET })).toMatchObject({
      errors: [{ path: 'settings.bearerToken', message: words }],
    });
    expect(await secretsOf('hook')).toEqual({ ...hook.settings, bearerToken: TOKEN });
    await admin.call(updateReceiver, { ...hook, settings: { url: elsewhere, secret: SECRET, bearerToken: '' } });
    expect(await secretsOf('hook')).toEqual({ url: elsewhere, secret: SECRET });
  });

  it.each(['http://example.org/hook', 'https://example.org:8443/hook', 'https://hooks.example.org/hook'])(
    'is one of another scheme, port or name: %s',
    async (url) => {
      await create();
      expect(await refusal({ url })).toMatchObject({ status: 400 });
      expect(await secretsOf('hook')).toEqual(hook.settings);
    }
  );

  it('is one in place of the default too, and asks for what must be there', async () => {
    const pager = { name: 'pager', kind: 'pagerduty' as const };
    await admin.call(createReceiver, { ...pager, settings: { routingKey: 'k'.repeat(32) } });
    await expect(admin.call(updateReceiver, { ...pager, settings: { url: elsewhere } })).rejects.toMatchObject({
      errors: [
        {
          path: 'settings.routingKey',
          message: 'was given for the default address: enter it again for https://elsewhere.example',
        },
      ],
    });
    expect(await secretsOf('pager')).toEqual({ routingKey: 'k'.repeat(32) });
  });
});

describe('who is no admin', () => {
  it.each(['viewer', 'editor'] as const)(
    'learns as %s neither where a receiver leads nor what names it',
    async (role) => {
      await create({ basicUser: 'ops-of-shop', basicPassword: 'pw-of-shop' });
      await admin.call(createReceiver, { name: 'mail', kind: 'email', settings: { to: ['ada@shop.example'] } });
      const message = 'could not be reached: connect ECONNREFUSED 10.0.0.7:8443 by ada@shop.example';
      jest
        .spyOn(engine.deps.sender, 'send')
        .mockResolvedValue({ ok: false, message, retryable: true, retryAfterMs: null });
      await admin.call(testReceiver, { name: 'mail' });
      const { items } = await (role === 'viewer' ? viewer : editor).call(listReceivers, {});
      expect(items).toMatchObject([
        { name: 'hook', kind: 'webhook', settings: {}, lastDelivery: null },
        {
          ...{ name: 'mail', kind: 'email', settings: {} },
          lastDelivery: { ok: false, error: 'could not be reached: connect ECONNREFUSED [address] by [address]' },
        },
      ]);
      expect(JSON.stringify(items)).not.toMatch(/example|shop/);
      expect((await admin.call(listReceivers, {})).items[1]?.lastDelivery?.error).toBe(message);
    }
  );
});

it('answers with what waits for a receiver when it is changed', async () => {
  await create();
  await admin.call(updateRoutes, { items: [{ matchers: [], receiver: 'hook', continue: false }] });
  await admin.call(intakeEvents, { events: [{ labels: { alertname: 'Slow', service: 'checkout' } }] });
  const { receiver } = await admin.call(updateReceiver, { ...hook, settings: { url: 'https://example.org/two' } });
  expect(receiver.queued).toBe(1);
  expect((await admin.call(listReceivers, {})).items[0]?.queued).toBe(1);
});

describe('settings', () => {
  it.each([
    [{ url: 'http://169.254.169.254/latest' }, 'url'],
    [{ url: 'https://127.0.0.1/hook' }, 'url'],
    [{ url: 'https://user:password@example.org/' }, 'url'],
    [{ url: 'ftp://example.org/' }, 'url'],
    [{ url: '' }, 'url'],
    [{ secret: 'whsec_short' }, 'secret'],
    [{ colour: 'red' }, 'settings'],
  ])('%j are refused beside the field, and nothing is stored', async (wrong, field) => {
    const refused = admin.call(createReceiver, { ...hook, settings: { ...hook.settings, ...wrong } });
    const error: unknown = await refused.catch((problem: unknown) => problem);
    expect(error).toMatchObject({ status: expect.any(Number), errors: [{ path: expect.stringContaining(field) }] });
    expect((await viewer.call(listReceivers, {})).items).toEqual([]);
  });

  it('are one receiver per name', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ status: 409, errors: [{ path: 'name', message: 'is taken' }] });
    await expect(admin.call(updateReceiver, { ...hook, name: 'none' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('deleting', () => {
  it('is refused while a route leads there', async () => {
    await create();
    await admin.call(updateRoutes, { items: [{ matchers: [], receiver: 'hook', continue: false }] });
    await expect(admin.call(deleteReceiver, { name: 'hook' })).rejects.toMatchObject({
      ...{ status: 409, message: 'Route 1 sends to hook: change the routes first.' },
    });
    await admin.call(updateRoutes, { items: [] });
    await admin.call(deleteReceiver, { name: 'hook' });
    expect((await viewer.call(listReceivers, {})).items).toEqual([]);
    await expect(admin.call(deleteReceiver, { name: 'hook' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('a test send', () => {
  it('says what the other side answered and when it last worked', async () => {
    await create();
    const answer = await admin.call(testReceiver, { name: 'hook' });
    expect(answer).toMatchObject({ ok: true, message: 'the test receiver took it' });
    const [receiver] = (await viewer.call(listReceivers, {})).items;
    expect(receiver).toMatchObject({
      testedAt: engine.clock.now(),
      lastDelivery: { at: engine.clock.now(), ok: true, error: null },
    });
  });

  it('no longer counts once the settings are others', async () => {
    await create();
    await admin.call(testReceiver, { name: 'hook' });
    await admin.call(updateReceiver, { ...hook, settings: { url: 'https://example.org/two' } });
    expect((await viewer.call(listReceivers, {})).items[0]?.testedAt).toBeNull();
  });

  it('that leaves somebody out has failed, and says whom', async () => {
    await create();
    const message = 'the mail server took it for 1 of 2 addresses, and refused two@shop.example (550)';
    jest.spyOn(engine.deps.sender, 'send').mockResolvedValue({ ok: true, isPartial: true, message });
    expect(await admin.call(testReceiver, { name: 'hook' })).toMatchObject({ ok: false, message });
    const [receiver] = (await admin.call(listReceivers, {})).items;
    expect(receiver).toMatchObject({ testedAt: null, lastDelivery: { ok: false, error: message } });
  });

  it('that fails is no error of the call, and shows', async () => {
    await create();
    jest
      .spyOn(engine.deps.sender, 'send')
      .mockResolvedValue({ ok: false, message: 'answered 500', retryable: true, retryAfterMs: null });
    expect(await admin.call(testReceiver, { name: 'hook' })).toMatchObject({ ok: false, message: 'answered 500' });
    const [receiver] = (await viewer.call(listReceivers, {})).items;
    expect(receiver).toMatchObject({ testedAt: null, lastDelivery: { ok: false, error: 'answered 500' } });
    await expect(admin.call(testReceiver, { name: 'none' })).rejects.toMatchObject({ status: 404 });
  });
});
