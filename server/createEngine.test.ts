import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from './config.ts';
import { createEngine, type Engine } from './createEngine.ts';
import { openStore } from './store/openStore.ts';
import { sampleReceiver } from './store/testing/samples.ts';

jest.setTimeout(30_000);

let dataDir: string;
let engine: Engine;
const configOf = (env: Record<string, string> = {}) =>
  loadConfig({ PHAROS_DATA_DIR: dataDir, PHAROS_PORT: '0', PHAROS_LOG_LEVEL: 'silent', ...env });

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-engine-'));
  engine = await createEngine(configOf());
});
afterEach(async () => {
  await engine.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('serves on the port that it says, and signs in by its link', async () => {
  expect(engine.url).toBe(`http://127.0.0.1:${engine.port}`);
  expect((await fetch(`${engine.url}/ready`)).status).toBe(200);
  const token = new URL(await engine.loginLink()).hash.slice(1);
  const login = await fetch(`${engine.url}/login`, {
    method: 'POST',
    headers: { origin: engine.url, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(await login.json()).toEqual({ name: 'admin', role: 'admin', namespace: 'default' });
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  const me = await fetch(`${engine.url}/api/v1/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ name: 'admin', role: 'admin' });
});

it('counts what it takes in, and shows it on /metrics', async () => {
  const { intakeToken } = configOf();
  const response = await fetch(`${engine.url}/api/v1/intake/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${intakeToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events: [{ labels: { alertname: 'x' } }, { labels: {} }] }),
  });
  expect(await response.json()).toMatchObject({ accepted: 1 });
  const text = await (await fetch(`${engine.url}/metrics`)).text();
  expect(text).toMatch(/^pharos_ingested_alerts_total\{source="events"\} 1$/m);
  expect(text).toMatch(/^pharos_rejected_alerts_total 1$/m);
  expect(Number(/^pharos_store_write_duration_seconds_count (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  expect(text).toMatch(/^pharos_notifications_total\{kind="webhook",outcome="failed"\} 0$/m);
  expect(text).toMatch(/^http_server_request_duration_seconds_count\{http_route="\/api\/v1\/intake\/events"/m);
});

it('keeps to itself the address of a webhook that an older version has left in the clear', async () => {
  await engine.stop();
  const store = await openStore({ databaseUrl: null, dataDir });
  const settings = { url: 'https://hooks.example/key-of-a-channel' };
  await store.write((tx) => tx.receivers.save(sampleReceiver({ settings, secrets: '' })));
  await store.close();
  engine = await createEngine(configOf());
  const headers = { authorization: `Bearer ${configOf().adminToken}` };
  const { items } = (await (await fetch(`${engine.url}/api/v1/receivers`, { headers })).json()) as {
    items: Array<{ settings: unknown }>;
  };
  expect(items[0]?.settings).toMatchObject({ url: { set: true, origin: 'https://hooks.example' } });
});

it('takes a signed request of Grafana once, also when it was started again in between', async () => {
  const { grafanaHmacSecret, intakeToken, adminToken } = configOf();
  const send = async (status: string, timestamp: string) => {
    const alert = { status, labels: { alertname: 'Slow', service: 'checkout' }, values: { A: 3 } };
    const body = JSON.stringify({ alerts: [alert] });
    const signature = createHmac('sha256', grafanaHmacSecret).update(`${timestamp}:${body}`).digest('hex');
    const response = await fetch(`${engine.url}/api/v1/intake/grafana`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${intakeToken}`, 'content-type': 'application/json' },
        ...{ 'x-grafana-alerting-signature': signature, 'x-grafana-alerting-timestamp': timestamp },
      },
      body,
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const seconds = Math.floor(Date.now() / 1000);
  const taken = { status: 200, body: { accepted: 1, rejected: [], cut: 0 } };
  expect(await send('firing', String(seconds))).toEqual(taken);
  expect(await send('resolved', String(seconds + 1))).toEqual(taken);
  await engine.stop();
  engine = await createEngine(configOf());
  expect(await send('firing', String(seconds))).toEqual({ status: 200, body: { accepted: 0, rejected: [], cut: 0 } });
  const listed = await fetch(`${engine.url}/api/v1/alerts?state=firing,resolved`, {
    headers: { authorization: `Bearer ${adminToken}` },
  });
  expect(await listed.json()).toMatchObject({ items: [{ state: 'resolved' }] });
});

it('says who has the data directory instead of sharing it', async () => {
  await expect(createEngine(configOf())).rejects.toThrow(/is in use by another engine \(process \d+\)/);
  expect((await fetch(`${engine.url}/health`)).status).toBe(200);
});

it('fails to start where the port is taken, and leaves the data directory to the next', async () => {
  const other = mkdtempSync(path.join(tmpdir(), 'pharos-engine-'));
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const config = configOf({ PHAROS_PORT: String(port), PHAROS_DATA_DIR: other });
  await expect(createEngine(config)).rejects.toThrow(/EADDRINUSE/);
  await new Promise((resolve) => taken.close(resolve));
  const second = await createEngine(config);
  expect(second.port).toBe(port);
  await second.stop();
  rmSync(other, { recursive: true, force: true });
});

it('answers a waiting long poll no longer when it stops, and can be started again', async () => {
  const { adminToken } = configOf();
  const headers = { authorization: `Bearer ${adminToken}` };
  const { cursor } = (await (await fetch(`${engine.url}/api/v1/changes`, { headers })).json()) as { cursor: string };
  const poll = fetch(`${engine.url}/api/v1/changes?since=${cursor}&wait=25s`, { headers }).then(
    (response) => response.status,
    () => 'cut off'
  );
  const started = performance.now();
  await engine.stop();
  expect([200, 'cut off']).toContain(await poll);
  expect(performance.now() - started).toBeLessThan(5000);
  engine = await createEngine(configOf());
  expect((await fetch(`${engine.url}/health`)).status).toBe(200);
});
