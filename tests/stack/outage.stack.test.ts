import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { getAlert, listAlerts, listHistory } from '../../src/api/alerts.ts';
import { getSystemStatus } from '../../src/api/system.ts';
import { createThreshold } from '../../src/api/thresholds.ts';
import { seconds } from '../../src/core/units.ts';
import { eventually } from './support/eventually.ts';
import { startEngine, type RealEngine } from './support/startEngine.ts';
import { startExporter, type Exporter } from './support/startExporter.ts';
import { startRealPrometheus, type StartedPrometheus } from './support/startRealPrometheus.ts';

jest.setTimeout(300_000);

const INTERVAL_MS = 2000;
/** The interval that an engine has by default; within it the breaker, which looks again after 10 s, has let a question through. */
const RECOVERED_WITHIN_MS = 15_000;
/** A question is given up after 10 s, and a source is down after three in a row. */
const NOTICED_WITHIN_MS = 60_000;

let exporter: Exporter;
let prometheus: StartedPrometheus;
let engine: RealEngine;
let proxy: Proxy;
let alertId: string;

type Fault = 'none' | 'html' | 'half' | 'reset';

interface Proxy {
  readonly url: string;
  fault: Fault;
  close(): Promise<void>;
}

/** Stands between engine and Prometheus, and answers nonsense when told to. */
async function startProxy(target: string): Promise<Proxy> {
  const server = http.createServer((request, response) => {
    const { fault } = proxyState;
    if (fault === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in to the gateway</body></html>');
    } else if (fault === 'half') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"status":"success","data":{"resultType":"vec', () => response.destroy());
    } else if (fault === 'reset') {
      request.socket.destroy();
    } else {
      const { method, headers, url } = request;
      const forward = http.request(new URL(url ?? '/', target), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      forward.on('error', () => response.destroy());
      response.on('close', () => forward.destroy());
      request.pipe(forward);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxyState: Proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: 'none',
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxyState;
}

beforeAll(async () => {
  exporter = await startExporter(['checkout', 'cart']);
  prometheus = await startRealPrometheus({ targets: [exporter.target], scrapeInterval: '1s' });
  proxy = await startProxy(prometheus.url);
  engine = await startEngine({
    PHAROS_PROMETHEUS_URL: proxy.url,
    PHAROS_EVALUATION_INTERVAL: `${INTERVAL_MS / 1000}s`,
  });
  await engine.client.call(createThreshold, {
    service: 'checkout',
    signal: 'latency_p95',
    critical: 0.8,
    for: seconds(0),
    reason: '',
  });
  exporter.service('checkout').latency = 2;
  const alert = await eventually('an alert of checkout', 60_000, async () => {
    const [found] = (await engine.client.call(listAlerts, { state: ['firing'] })).items;
    return found;
  });
  alertId = alert.id;
});

afterAll(async () => {
  await engine?.dispose();
  await proxy?.close();
  await prometheus?.dispose();
  await exporter?.close();
});

const sourceNow = async () => {
  const { sources } = await engine.client.call(getSystemStatus, {});
  const found = sources.find(({ kind }) => kind === 'prometheus');
  if (found === undefined) {
    throw new Error('The status names no Prometheus.');
  }
  return found;
};

interface Ready {
  readonly status: string;
  readonly reasons?: readonly string[];
}

async function ready(token?: string): Promise<{ code: number; body: Ready }> {
  const response = await fetch(`${engine.url}/ready`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { code: response.status, body: (await response.json()) as Ready };
}

const outages: ReadonlyArray<{ name: string; begin: () => Promise<void> | void; end: () => Promise<void> | void }> = [
  { name: 'takes connections and answers nothing', begin: () => prometheus.freeze(), end: () => prometheus.thaw() },
  { name: 'is gone', begin: () => prometheus.kill(), end: () => prometheus.start() },
  { name: 'answers HTML', begin: () => void (proxy.fault = 'html'), end: () => void (proxy.fault = 'none') },
  { name: 'answers half', begin: () => void (proxy.fault = 'half'), end: () => void (proxy.fault = 'none') },
  { name: 'hangs up', begin: () => void (proxy.fault = 'reset'), end: () => void (proxy.fault = 'none') },
];

describe.each(outages)('a Prometheus that $name', ({ begin, end }) => {
  it('is said to be stale since then, changes no alert, and is used again at once when it is back', async () => {
    expect(await sourceNow()).toMatchObject({ status: 'ok', staleSince: null });
    const began = Date.now();
    await begin();
    const down = await eventually('the status says that the source is down', NOTICED_WITHIN_MS, async () => {
      const source = await sourceNow();
      return source.status === 'down' ? source : undefined;
    });
    expect(down.lastError).not.toBeNull();
    expect(down.staleSince ?? 0).toBeGreaterThanOrEqual(began);
    expect(down.staleSince ?? 0).toBeLessThan(began + 15_000);

    // A lost source is no lost engine, and its address is nobody's business.
    const anybody = await ready();
    expect([anybody.code, anybody.body]).toEqual([200, { status: 'degraded' }]);
    const { body } = await ready(engine.adminToken);
    expect(body.reasons).toEqual([expect.stringContaining('Prometheus does not answer')]);

    const { alert } = await engine.client.call(getAlert, { id: alertId });
    expect(alert).toMatchObject({ state: 'firing', severity: 'critical', resolvedAt: null });

    await end();
    const back = Date.now();
    await eventually('the source is well again', RECOVERED_WITHIN_MS, async () =>
      (await sourceNow()).status === 'ok' ? true : undefined
    );
    await eventually('rules are evaluated again', RECOVERED_WITHIN_MS, async () => {
      const { evaluation } = await engine.client.call(getSystemStatus, {});
      return (evaluation.lastAt ?? 0) > back ? true : undefined;
    });
    expect((await ready()).body.status).toBe('ready');
    const { alert: after } = await engine.client.call(getAlert, { id: alertId });
    expect([after.id, after.state]).toEqual([alertId, 'firing']);
    const { items } = await engine.client.call(listHistory, { alertId });
    expect(
      items
        .map(({ kind }) => kind)
        .toReversed()
        .filter((kind) => !kind.startsWith('notif'))
    ).toEqual(['fired']);
  });
});

it('resolves the alert after all of that, when the service is well again', async () => {
  exporter.service('checkout').latency = 0.05;
  await eventually('the alert resolves', 120_000, async () =>
    (await engine.client.call(getAlert, { id: alertId })).alert.state === 'resolved' ? true : undefined
  );
});
