import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { api } from './engine.ts';
import { grafanaApi, grafanaCall } from './grafana.ts';
import { theStack } from './stack.ts';

/** The border between Grafana and the engine, as somebody would test it who means no good. */
const RESOURCES = '/api/datasources/uid/pharos/resources';
const problem = z.looseObject({ code: z.string(), detail: z.string() });

test('the data source has no address that its proxy could be led to', async () => {
  const { body } = await grafanaApi('GET', '/api/datasources/uid/pharos');
  expect(z.object({ url: z.string() }).parse(body).url).toBe('');
  const past = await grafanaCall('GET', '/api/datasources/proxy/uid/pharos/api/v1/alerts');
  expect(past.status).toBeGreaterThanOrEqual(400);
});

for (const path of [
  '/api/v1/../../metrics',
  '/api/v1/%2e%2e/%2e%2e/metrics',
  '/api/v1//alerts',
  '/api/v1/..%2f..%2fmetrics',
  '/metrics',
  '/api/v2/alerts',
]) {
  test(`${path} leads nowhere`, async () => {
    const { status, text } = await grafanaCall('GET', RESOURCES + path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain('pharos_');
  });
}

test('a body of 6 MiB is refused with a sentence, and the relay lives on', async () => {
  const body = JSON.stringify({ events: [{ labels: { alertname: 'x' }, summary: 'x'.repeat(6 * 2 ** 20) }] });
  const { status, text } = await grafanaCall('POST', `${RESOURCES}/api/v1/intake/events`, { body });
  expect(status).toBe(413);
  expect(problem.parse(JSON.parse(text)).detail).toMatch(/at most 5242880/);
  expect((await grafanaCall('GET', `${RESOURCES}/api/v1/me`)).status).toBe(200);
});

test('headers that name somebody else change nothing', async () => {
  const forged = {
    'x-grafana-user': 'root',
    'x-webauth-user': 'root',
    'x-grafana-org-id': '1',
    'x-grafana-role': 'Admin',
  };
  const { text } = await grafanaCall('GET', `${RESOURCES}/api/v1/me`, { headers: forged });
  expect(JSON.parse(text)).toMatchObject({ name: 'admin', role: 'admin', namespace: 'default' });
});

/** A data source of this test, removed at its end. */
async function withDatasource(settings: Record<string, unknown>, use: (uid: string) => Promise<void>): Promise<void> {
  const base = { name: `e2e ${Date.now()}`, type: 'pharos-observability-datasource', access: 'proxy' };
  const made = await grafanaApi('POST', '/api/datasources', { ...base, ...settings });
  const { uid } = z.object({ datasource: z.object({ uid: z.string() }) }).parse(made.body).datasource;
  try {
    await use(uid);
  } finally {
    await grafanaApi('DELETE', `/api/datasources/uid/${uid}`);
  }
}

const healthOf = async (uid: string): Promise<string> =>
  z.object({ message: z.string() }).parse((await grafanaApi('GET', `/api/datasources/uid/${uid}/health`)).body).message;

test('"Save & test" names what is wrong: no address, nothing there, something else there, another secret', async () => {
  const { engine, inbox } = theStack();
  const relaySecret = 'x'.repeat(40);
  const cases: ReadonlyArray<readonly [Record<string, unknown>, RegExp]> = [
    [{ secureJsonData: { relaySecret } }, /address/i],
    [{ jsonData: { engineUrl: 'http://127.0.0.1:9' }, secureJsonData: { relaySecret } }, /127\.0\.0\.1:9/],
    [{ jsonData: { engineUrl: inbox }, secureJsonData: { relaySecret } }, /not.*Pharos|no Pharos/i],
    [{ jsonData: { engineUrl: engine }, secureJsonData: { relaySecret } }, /secret/i],
    [{ jsonData: { engineUrl: engine }, url: engine, secureJsonData: { relaySecret } }, /url/i],
  ];
  for (const [settings, words] of cases) {
    await withDatasource(settings, async (uid) => expect(await healthOf(uid)).toMatch(words));
  }
  expect(await healthOf('pharos')).toMatch(/^Pharos engine .* answers in \d+ ms/);
});

test('two organisations see nothing of each other', async () => {
  const event = { labels: { alertname: 'OnlyHere', service: 'cart' }, severity: 'info', summary: 'only in the first' };
  await api('POST', '/api/v1/intake/events', { events: [event] });
  const name = `second ${Date.now()}`;
  const { orgId } = z.object({ orgId: z.number() }).parse((await grafanaApi('POST', '/api/orgs', { name })).body);
  const headers = { 'x-grafana-org-id': String(orgId) };
  try {
    const { engine, relaySecret } = theStack();
    const settings = {
      ...{ name: 'Pharos', uid: 'pharos', type: 'pharos-observability-datasource', access: 'proxy' },
      ...{ jsonData: { engineUrl: engine }, secureJsonData: { relaySecret } },
    };
    const made = await grafanaCall('POST', '/api/datasources', { body: JSON.stringify(settings), headers });
    expect(made.status).toBe(200);
    const me = await grafanaCall('GET', `${RESOURCES}/api/v1/me`, { headers });
    expect(JSON.parse(me.text)).toMatchObject({ namespace: `org-${orgId}`, role: 'admin' });
    for (const path of ['alerts', 'history', 'thresholds', 'receivers', 'services']) {
      const { text } = await grafanaCall('GET', `${RESOURCES}/api/v1/${path}`, { headers });
      expect([path, z.object({ items: z.array(z.unknown()) }).parse(JSON.parse(text)).items]).toEqual([path, []]);
    }
    const theirs = { ...event, labels: { ...event.labels, service: 'theirs' }, summary: 'only in the second' };
    const body = JSON.stringify({ events: [theirs] });
    expect((await grafanaCall('POST', `${RESOURCES}/api/v1/intake/events`, { body, headers })).status).toBe(200);
    const first = await grafanaCall('GET', `${RESOURCES}/api/v1/alerts`);
    expect(first.text).toContain('only in the first');
    expect(first.text).not.toContain('only in the second');
    const second = await grafanaCall('GET', `${RESOURCES}/api/v1/alerts`, { headers });
    expect(second.text).toContain('only in the second');
  } finally {
    await grafanaApi('DELETE', `/api/orgs/${orgId}`);
    await api('POST', '/api/v1/intake/events', { events: [{ ...event, status: 'resolved' }] });
  }
});
