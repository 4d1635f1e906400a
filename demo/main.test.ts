import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from './cli.ts';
import { getPort, portCount, shopServices, type ShopService } from './topology.ts';

const deadlineMs = 40_000;

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function findPortBase(): Promise<number> {
  for (let base = 21_000 + (process.pid % 500) * 20; base < 60_000; base += portCount) {
    const free = await Promise.all(Array.from({ length: portCount }, (_, offset) => isFree(base + offset)));
    if (free.every(Boolean)) {
      return base;
    }
  }
  throw new Error('There are no ten free ports in a row.');
}

/** Polls until the answer is not undefined any more. */
async function waitFor<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const until = performance.now() + deadlineMs;
  while (performance.now() < until) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) {
      return answer;
    }
    await pause(100);
  }
  throw new Error(`Within ${deadlineMs / 1_000} s there was no ${what}.`);
}

/** Takes what observability stores would take, and keeps it. */
async function startCollector() {
  const received = { logs: '', traces: '' };
  const server = http.createServer((request, response) => {
    collect(request).then(
      (body) => {
        received[request.url === '/v1/traces' ? 'traces' : 'logs'] += body;
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      },
      () => response.destroy()
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { received, url: `http://127.0.0.1:${port ?? 0}`, server };
}

async function collect(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString();
}

describe('the demo shop', () => {
  let portBase: number;
  let dataDir: string;
  let demo: ChildProcess;
  let output = '';
  let collector: Awaited<ReturnType<typeof startCollector>>;

  const metrics = async (service: ShopService) =>
    (await fetch(`http://127.0.0.1:${getPort(portBase, service)}/metrics`)).text();

  /** Sums a counter of a service over its series that match. */
  const sum = async (service: ShopService, pattern: RegExp) => {
    const lines = (await metrics(service)).split('\n').filter((line) => pattern.test(line));
    const withoutExemplars = lines.map((line) => line.replace(/ # .*/, ''));
    return withoutExemplars.reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
  };

  const cli = (...argv: string[]) => {
    const environment = { DEMO_CONTROL_URL: `http://127.0.0.1:${getPort(portBase, 'control')}` };
    return run(argv, { environment, write: () => undefined, complain: (text) => (output += `${text}\n`) });
  };

  beforeAll(async () => {
    portBase = await findPortBase();
    dataDir = mkdtempSync(path.join(tmpdir(), 'demo-'));
    collector = await startCollector();
    demo = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'demo/main.ts'], {
      env: {
        PATH: process.env.PATH,
        DEMO_PORT_BASE: String(portBase),
        DEMO_DATA_DIR: dataDir,
        DEMO_RPS: '80',
        DEMO_LOKI_URL: collector.url,
        DEMO_TEMPO_OTLP_URL: collector.url,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    demo.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    demo.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await waitFor('shop', async () => (output.includes('demo: shop http://') ? true : undefined));
  }, 60_000);

  afterAll(async () => {
    const ended = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await isFree(getPort(portBase, 'storefront'))).toBe(true);
    collector.server.closeAllConnections();
    await new Promise((resolve) => collector.server.close(resolve));
    rmSync(dataDir, { recursive: true });
  }, 30_000);

  it('serves orders all the way to the worker, each service with its metrics', async () => {
    const jobs = /^jobs_total\{.*status="succeeded"/;
    await waitFor('captured payment', async () => ((await sum('worker', jobs)) > 0 ? true : undefined));
    for (const service of shopServices) {
      const text = await metrics(service);
      expect(text).toContain(`build_info{service_name="${service}",version="1.0.0"} 1`);
      expect(text).toMatch(
        new RegExp(`process_cpu_seconds_total\\{service_name="${service}",version="1.0.0"\\} [\\d.]+`)
      );
      expect(text).toMatch(/process_network_receive_bytes_total\{[^}]*\} [1-9]/);
    }
    expect(await sum('storefront', /^http_server_request_duration_seconds_count.*route="\/checkout"/)).toBeGreaterThan(
      0
    );
    expect(await sum('catalog', /^db_client_operation_duration_seconds_count/)).toBeGreaterThan(0);
    expect(
      await sum('payments', /^http_client.*_count\{.*server_address="api.card-processor.example"/)
    ).toBeGreaterThan(0);
    expect(await metrics('checkout')).toContain(
      'queue_depth{queue="payments",service_name="checkout",version="1.0.0"}'
    );
  }, 60_000);

  it('sends logs and traces that know each other', async () => {
    const traceId = await waitFor('log line with the trace of a span', async () => {
      const ids = collector.received.logs.matchAll(/"trace_id":"([0-9a-f]{32})"/g);
      return [...ids].map(([, id]) => id).find((id) => id !== undefined && collector.received.traces.includes(id));
    });
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    for (const consumer of ['process payments', 'process confirmations']) {
      await waitFor(consumer, async () => (collector.received.traces.includes(consumer) ? true : undefined));
    }
    expect(await metrics('checkout')).toMatch(
      /^http_server_\S+_bucket\{.*\} \d+ # \{trace_id="[0-9a-f]{32}",span_id="[0-9a-f]{16}"\} /m
    );
  }, 60_000);

  it('shifts the latency of checkout by a fault, and back by healing', async () => {
    const requests = (bound: string) => sum('checkout', new RegExp(`^http_server_.*_bucket\\{le="${bound}"`));
    /** Waits for twenty more requests and says which share of them took longer than 0.75 s. */
    const getSlowShare = async () => {
      const [all, fast] = [await requests('\\+Inf'), await requests('0.75')];
      return waitFor('twenty orders', async () => {
        const more = (await requests('\\+Inf')) - all;
        return more < 20 ? undefined : 1 - ((await requests('0.75')) - fast) / more;
      });
    };
    expect(await getSlowShare()).toBeLessThan(0.2);
    expect(await cli('fault', 'latency', 'checkout', '900ms')).toBe(0);
    await waitFor('slow order', async () => ((await getSlowShare()) > 0.8 ? true : undefined));
    expect(await cli('heal')).toBe(0);
    await waitFor('fast order', async () => ((await getSlowShare()) < 0.2 ? true : undefined));
  }, 120_000);

  it('takes a crashed service down and brings it back when it is healed', async () => {
    await cli('fault', 'crash', 'cart', '2m');
    await waitFor('crash', async () =>
      metrics('cart').then(
        () => undefined,
        () => true
      )
    );
    await waitFor('word of it', async () => (output.includes('demo: cart died (SIGKILL)') ? true : undefined));
    const lost = /^http_client_request_duration_seconds_count\{.*peer="cart".*ECONN/;
    await waitFor('refused call', async () => ((await sum('checkout', lost)) > 0 ? true : undefined));
    await cli('heal');
    await waitFor('cart', async () => metrics('cart'));
  }, 60_000);

  it('puts out a bad release under another version', async () => {
    await cli('fault', 'bad-release', 'catalog');
    const failing =
      /^http_server_request_duration_seconds_count\{service_name="catalog",version="1.1.0".*status_code="500"/;
    await waitFor('failing release', async () => ((await sum('catalog', failing)) > 0 ? true : undefined));
    await cli('heal');
    const healthy = /^build_info\{service_name="catalog",version="1.0.0"\}/;
    await waitFor('release before it', async () => ((await sum('catalog', healthy)) === 1 ? true : undefined));
  }, 60_000);
});
