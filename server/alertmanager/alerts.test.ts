import type { Client } from '../../src/api/client.ts';
import { listAlerts } from '../../src/api/alerts.ts';
import { createReceiver, createSilence, updateRoutes } from '../../src/api/routing.ts';
import { addMs, hours, minutes } from '../../src/core/units.ts';
import { createTestEngine, type TestEngine } from '../testing/createTestEngine.ts';
import { testClients } from '../testing/testClient.ts';

let engine: TestEngine;
let admin: Client;
let token: string;
beforeEach(async () => {
  engine = await createTestEngine();
  ({ admin } = await testClients(engine));
  token = await engine.token('admin');
  for (const name of ['shop', 'everyone']) {
    await admin.call(createReceiver, { name, kind: 'webhook', settings: { url: `https://example.org/${name}` } });
  }
  const toShop = {
    matchers: [{ name: 'service', op: '=' as const, value: 'checkout' }],
    receiver: 'shop',
    continue: true,
  };
  await admin.call(updateRoutes, { items: [toShop, { matchers: [], receiver: 'everyone', continue: false }] });
});
afterEach(() => engine.dispose());

const iso = (at: number): string => new Date(at).toISOString();

async function post(body: unknown): Promise<{ status: number; text: string }> {
  const response = await engine.request('POST', '/api/v2/alerts', { token, body });
  return { status: response.status, text: await response.text() };
}

interface Shown {
  readonly labels: Record<string, string>;
  readonly status: { readonly state: string };
}

async function get(query = ''): Promise<readonly Shown[]> {
  const response = await engine.request('GET', `/api/v2/alerts${query}`, { token });
  expect(response.status).toBe(200);
  return (await response.json()) as Shown[];
}
const namesOf = async (query = '') => (await get(query)).map(({ labels }) => labels['alertname']).toSorted();

const slow = { labels: { alertname: 'Slow', service: 'checkout', severity: 'critical' } };
const full = { labels: { alertname: 'Full', service: 'catalog' } };

it('shows an alert in the shape of Alertmanager', async () => {
  const startsAt = iso(engine.clock.now() - minutes(3));
  const annotations = { summary: 'checkout is slow' };
  const generatorURL = 'http://prometheus:9090/graph?g0.expr=up';
  expect(await post([{ ...slow, annotations, startsAt, generatorURL }])).toEqual({ status: 200, text: '{}' });
  const [stored] = (await admin.call(listAlerts, {})).items;
  expect(await get()).toEqual([
    {
      ...{ labels: slow.labels, annotations, startsAt, generatorURL, fingerprint: stored?.fingerprint },
      // Without an end of its own it is held for the resolve timeout.
      endsAt: iso(engine.clock.now() + minutes(5)),
      updatedAt: iso(engine.clock.now()),
      receivers: [{ name: 'shop' }, { name: 'everyone' }],
      status: { inhibitedBy: [], silencedBy: [], mutedBy: [], state: 'active' },
    },
  ]);
});

it('counts what is sent again as the same alert, and its end as its end', async () => {
  await post([slow]);
  engine.clock.advance(minutes(1));
  await post([{ ...slow, endsAt: iso(engine.clock.now() + hours(1)) }]);
  expect(await namesOf()).toEqual(['Slow']);
  await post([{ ...slow, endsAt: iso(engine.clock.now() - 1) }]);
  expect(await get()).toEqual([]);
  expect((await admin.call(listAlerts, { state: ['resolved'] })).items).toMatchObject([{ resolvedBy: 'alertmanager' }]);
});

it('takes year 1, as Go writes a time that is not set, for none', async () => {
  await post([{ ...slow, startsAt: '0001-01-01T00:00:00Z', endsAt: '0001-01-01T00:00:00Z' }]);
  expect((await admin.call(listAlerts, {})).items).toMatchObject([
    { startsAt: engine.clock.now(), endsAt: addMs(engine.clock.now(), minutes(5)) },
  ]);
});

it('takes the good ones of a request and answers 400 for the others, as Alertmanager does', async () => {
  const { status, text } = await post([
    ...[slow, { labels: {} }, { labels: { alertname: 'x' }, startsAt: 'soon' }, 7, full],
    { labels: { alertname: 'y' }, startsAt: iso(2000), endsAt: iso(1000) },
  ]);
  expect(status).toBe(400);
  // A JSON string: that is what amtool and Prometheus read.
  const sentence: unknown = JSON.parse(text);
  expect(sentence).toMatch(
    /^4 of 6 alerts were refused: alert 1: labels: .*; alert 2: startsAt is not an RFC 3339 time; alert 3: .*; alert 5: endsAt is before startsAt$/
  );
  expect(await namesOf()).toEqual(['Full', 'Slow']);
});

it('refuses what is no list', async () => {
  expect((await post({ alerts: [] })).status).toBe(400);
  expect((await post('nonsense')).status).toBe(400);
  expect((await post(Array.from({ length: 1001 }, () => slow))).status).toBe(400);
});

describe('filters', () => {
  beforeEach(async () => {
    await post([slow, full, { labels: { alertname: 'Other', team: 'a b' } }]);
    await admin.call(createSilence, {
      matchers: [{ name: 'service', op: '=', value: 'catalog' }],
      endsAt: addMs(engine.clock.now(), hours(1)),
      comment: 'work',
    });
  });

  it.each([
    ['', ['Full', 'Other', 'Slow']],
    ['?filter=service%3D%22checkout%22', ['Slow']],
    ['?filter=service%3D~%22c.*%22&filter=alertname!%3DSlow', ['Full']],
    ['?filter=service!~%22c.%2B%22', ['Other']],
    ['?filter=team%3D%22a%20b%22', ['Other']],
    ['?silenced=false', ['Other', 'Slow']],
    ['?active=false', ['Full']],
    ['?active=false&silenced=false', []],
    ['?receiver=shop', ['Slow']],
    ['?receiver=sho', []],
    ['?receiver=.*', ['Full', 'Other', 'Slow']],
  ])('%s', async (query, names) => {
    expect(await namesOf(query)).toEqual(names);
  });

  it('mark what is silenced', async () => {
    expect((await get('?active=false'))[0]?.status).toMatchObject({
      state: 'suppressed',
      silencedBy: [expect.any(String)],
    });
  });

  it.each(['?filter=nonsense', '?filter=service%3D~%22(%22', '?silenced=perhaps', '?receiver=('])(
    '%s is refused with a sentence',
    async (query) => {
      const response = await engine.request('GET', `/api/v2/alerts${query}`, { token });
      expect(response.status).toBe(400);
      expect(typeof (await response.json())).toBe('string');
    }
  );
});

it('groups by receiver and alertname', async () => {
  await post([slow, full, { labels: { ...slow.labels, instance: 'b' } }]);
  const response = await engine.request('GET', '/api/v2/alerts/groups', { token });
  const groups = (await response.json()) as Array<{ labels: object; receiver: object; alerts: unknown[] }>;
  const shown = groups.map(({ labels, receiver, alerts }) => JSON.stringify([labels, receiver, alerts.length]));
  expect(shown.toSorted()).toEqual([
    '[{"alertname":"Full"},{"name":"everyone"},1]',
    '[{"alertname":"Slow"},{"name":"everyone"},2]',
    '[{"alertname":"Slow"},{"name":"shop"},2]',
  ]);
});

it('lists the names of receivers, and says which API this is', async () => {
  const receivers = await engine.request('GET', '/api/v2/receivers', { token });
  expect(await receivers.json()).toEqual([{ name: 'everyone' }, { name: 'shop' }]);
  const status = await engine.request('GET', '/api/v2/status', { token });
  expect(await status.json()).toMatchObject({
    cluster: { status: 'ready' },
    uptime: iso(engine.deps.startedAt),
    versionInfo: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/), revision: 'pharos 0.0.0-test' },
    config: { original: expect.any(String) },
  });
});

it('keeps and finds labels by names that objects have of their own', async () => {
  const labels = '{"__proto__":"y","alertname":"Odd","constructor":"z"}';
  await post([slow, { labels: JSON.parse(labels) }]);
  expect(JSON.stringify((await get()).map((one) => one.labels))).toContain(labels);
  const matching = (filter: string) => namesOf(`?filter=${encodeURIComponent(filter)}`);
  expect(await matching('__proto__="y"')).toEqual(['Odd']);
  expect(await matching('constructor=~".+"')).toEqual(['Odd']);
  expect(await matching('toString=~".*"')).toEqual(['Odd', 'Slow']);
});

it('stores alerts beside a silence on a name that every object answers to', async () => {
  const matchers = [{ name: 'constructor', op: '=~' as const, value: '.+' }];
  const [startsAt, endsAt] = [engine.clock.now(), addMs(engine.clock.now(), hours(1))];
  await admin.call(createSilence, { matchers, startsAt, endsAt, comment: 'none has it' });
  expect(await post([slow])).toEqual({ status: 200, text: '{}' });
  expect((await get()).map(({ status }) => status.state)).toEqual(['active']);
});

it('takes the token as the password of Basic authentication, as amtool and karma send it', async () => {
  const basic = `Basic ${Buffer.from(`karma:${token}`).toString('base64')}`;
  expect((await engine.request('GET', '/api/v2/alerts', { headers: { authorization: basic } })).status).toBe(200);
  const wrong = `Basic ${Buffer.from('karma:wrong').toString('base64')}`;
  expect((await engine.request('GET', '/api/v2/alerts', { headers: { authorization: wrong } })).status).toBe(401);
  const digest = await engine.request('GET', '/api/v2/alerts', { headers: { authorization: `Digest ${token}` } });
  expect(digest.status).toBe(401);
});
