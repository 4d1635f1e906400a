import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { provisionDemo, provisionInbox, provisionMetricsToken, run } from './provision.ts';

interface Route {
  readonly receiver: string;
  readonly matchers: unknown[];
  readonly continue: boolean;
}

interface Receiver {
  readonly name: string;
  readonly kind: string;
  readonly settings: Record<string, unknown>;
}

/** All that a body may hold; which of it is there depends on the call. */
interface Input extends Receiver {
  readonly scope: string;
  readonly items: Route[];
  readonly version: number;
}

/** As much of the engine's API as provisioning uses, with what it was told. */
class FakeEngine {
  readonly calls: string[] = [];
  receivers: Receiver[] = [];
  /** Its key opens no secrets. */
  isLocked = false;
  routes: Route[] = [];
  thresholds: object[] = [];
  tokens = new Set(['admin']);
  readonly #server = http.createServer((request, response) => {
    void this.#answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: http.IncomingMessage): Promise<{ status: number; body: unknown }> {
    const call = `${request.method} ${request.url}`;
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(Buffer.from(chunk));
    }
    const input: Input = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    this.calls.push(call);
    if (!this.tokens.has(token)) {
      return {
        status: 401,
        body: { type: 'x', title: 'x', status: 401, code: 'unauthenticated', detail: 'Who are you?' },
      };
    }
    return this.#handle(call, input);
  }

  #handle(call: string, input: Input): { status: number; body: unknown } {
    const view = { updatedAt: '2026-11-21T10:00:00.000Z', updatedBy: 'token:admin' };
    const show = ({ settings, ...receiver }: Receiver) => {
      const url = this.isLocked ? { set: false } : { set: true, origin: new URL(String(settings['url'])).origin };
      const state = { lastDelivery: null, queued: 0, testedAt: null };
      return { ...receiver, ...view, ...state, settings: { url, secret: { set: true } } };
    };
    switch (call) {
      case 'GET /api/v1/receivers':
        return { status: 200, body: { items: this.receivers.map(show) } };
      case 'POST /api/v1/receivers':
        this.receivers.push(input);
        return { status: 201, body: { receiver: show(input) } };
      case 'PUT /api/v1/receivers/demo-inbox':
        this.receivers = [{ ...input, name: 'demo-inbox' }];
        return { status: 200, body: { receiver: show({ ...input, name: 'demo-inbox' }) } };
      case 'GET /api/v1/routes':
        return { status: 200, body: { items: this.routes, version: 3, ...view } };
      case 'PUT /api/v1/routes':
        this.routes = input.version === 3 ? input.items : [];
        return { status: 200, body: { items: this.routes, version: 4, ...view } };
      case 'GET /api/v1/thresholds?limit=1':
        return { status: 200, body: { items: this.thresholds.map((one) => this.#showThreshold(one)), next: null } };
      case 'POST /api/v1/thresholds':
        this.thresholds.push(input);
        return { status: 201, body: { threshold: this.#showThreshold(input) } };
      case 'POST /api/v1/tokens': {
        const secret = `secret-${this.tokens.size}`;
        this.tokens.add(secret);
        const times = { createdAt: view.updatedAt, createdBy: 'x', lastUsedAt: null, revokedAt: null };
        return { status: 201, body: { token: { id: '1', name: input.name, scope: input.scope, ...times }, secret } };
      }
      case 'GET /api/v1/me':
        return { status: 200, body: { subject: 'token:1', name: 'x', role: 'viewer', namespace: 'default' } };
      default:
        return { status: 404, body: {} };
    }
  }

  #showThreshold(input: object): object {
    const at = '2026-11-21T10:00:00.000Z';
    const given = { direction: 'above', warning: null, critical: null, unit: 'none', owner: '', runbookUrl: '' };
    const stored = { id: 't', labels: {}, enabled: true, version: 1, createdAt: at, updatedAt: at, updatedBy: 'x' };
    return { ...given, ...stored, ...input, reason: undefined };
  }
}

let engine: FakeEngine;
let url: string;
let folder: string;
const inbox = { url: 'http://127.0.0.1:9408/webhook', secret: 'whsec_x' };

beforeEach(async () => {
  engine = new FakeEngine();
  url = await engine.start();
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-provision-'));
});

afterEach(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('provisionInbox', () => {
  it('makes the inbox a receiver and the default route lead to it, once', async () => {
    await provisionInbox({ url, token: 'admin' }, inbox);
    await provisionInbox({ url, token: 'admin' }, inbox);
    expect(engine.receivers.map(({ name, kind }) => [name, kind])).toEqual([['demo-inbox', 'webhook']]);
    expect(engine.routes).toEqual([{ matchers: [], receiver: 'demo-inbox', continue: false }]);
    expect(engine.calls.filter((call) => !call.startsWith('GET'))).toEqual([
      'POST /api/v1/receivers',
      'PUT /api/v1/routes',
    ]);
  });

  it('follows the inbox to another port', async () => {
    await provisionInbox({ url, token: 'admin' }, inbox);
    await provisionInbox({ url, token: 'admin' }, { ...inbox, url: 'http://127.0.0.1:9508/webhook' });
    expect(engine.receivers).toEqual([
      { name: 'demo-inbox', kind: 'webhook', settings: { url: 'http://127.0.0.1:9508/webhook', secret: 'whsec_x' } },
    ]);
  });

  it('leaves an inbox whose address the engine cannot read', async () => {
    await provisionInbox({ url, token: 'admin' }, inbox);
    engine.isLocked = true;
    await provisionInbox({ url, token: 'admin' }, { ...inbox, url: 'http://127.0.0.1:9508/webhook' });
    expect(engine.receivers).toMatchObject([{ settings: inbox }]);
  });

  it('leaves routes that somebody has made', async () => {
    engine.routes = [{ matchers: [], receiver: 'team', continue: false }];
    await provisionInbox({ url, token: 'admin' }, inbox);
    expect(engine.routes).toEqual([{ matchers: [], receiver: 'team', continue: false }]);
  });

  it("fails with the engine's own sentence", async () => {
    await expect(provisionInbox({ url, token: 'wrong' }, inbox)).rejects.toThrow('Who are you?');
    expect(engine.receivers).toEqual([]);
  });
});

describe('provisionDemo', () => {
  it('makes a default for each kind of trouble but latency, and the inbox', async () => {
    await provisionDemo({ url, token: 'admin' }, inbox);
    const reason = 'made by npm start for the demo';
    expect(engine.thresholds).toEqual([
      { service: '*', signal: 'up', critical: 1, for: '10s', reason },
      { service: '*', signal: 'error_ratio', warning: 0.05, critical: 0.2, for: '15s', reason },
      { service: '*', signal: 'cpu', warning: 0.3, critical: 0.7, for: '15s', reason },
      { service: '*', signal: 'memory', warning: 314_572_800, critical: 398_458_880, for: '15s', reason },
    ]);
    expect(engine.receivers.map(({ name }) => name)).toEqual(['demo-inbox']);
  });

  it('leaves them deleted at the next start', async () => {
    await provisionDemo({ url, token: 'admin' }, inbox);
    engine.thresholds = [];
    await provisionDemo({ url, token: 'admin' }, inbox);
    expect(engine.thresholds).toEqual([]);
  });

  it('adds none to thresholds that somebody has made', async () => {
    await provisionDemo({ url, token: 'admin' }, inbox);
    engine.receivers = [];
    engine.thresholds = engine.thresholds.slice(0, 1);
    await provisionDemo({ url, token: 'admin' }, inbox);
    expect(engine.thresholds).toHaveLength(1);
  });
});

describe('provisionMetricsToken', () => {
  it('keeps a token that the engine knows', async () => {
    const file = path.join(folder, 'metrics_token');
    await provisionMetricsToken({ url, token: 'admin' }, file, 0o600);
    const first = await readFile(file, 'utf8');
    await provisionMetricsToken({ url, token: 'admin' }, file, 0o600);
    expect(await readFile(file, 'utf8')).toBe(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(engine.calls.filter((call) => call === 'POST /api/v1/tokens')).toHaveLength(1);
  });

  it('replaces one that the engine no longer knows', async () => {
    const file = path.join(folder, 'metrics_token');
    await writeFile(file, 'of-another-engine');
    await provisionMetricsToken({ url, token: 'admin' }, file, 0o600);
    expect(await readFile(file, 'utf8')).toBe('secret-1');
  });
});

describe('pharos provision', () => {
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  beforeEach(() => {
    lines.length = 0;
    engine.tokens.add('a'.repeat(40));
  });

  function provision(...argv: string[]): Promise<number> {
    const environment = { PHAROS_ADMIN_TOKEN: 'a'.repeat(40) };
    const places = [`--engine=${url}`, `--data=${folder}`, `--shared=${folder}`];
    return run([...places, ...argv], { out: note, error: note, environment });
  }

  it('gives Prometheus its token without the demo too, and then nothing else', async () => {
    expect(await provision('--demo=off')).toBe(0);
    const file = path.join(folder, 'metrics_token');
    expect(engine.tokens).toContain(await readFile(file, 'utf8'));
    expect((await stat(file)).mode & 0o777).toBe(0o444);
    expect(engine.calls).toEqual(['POST /api/v1/tokens']);
    expect(lines).toEqual([`Prometheus reads /metrics of ${url} with the token in ${file}.`]);
  });

  it('gives the engine the inbox and the thresholds of the demo besides', async () => {
    expect(await provision()).toBe(0);
    expect(engine.receivers.map(({ name }) => name)).toEqual(['demo-inbox']);
    expect(engine.thresholds).toHaveLength(4);
    expect(engine.calls[0]).toBe('POST /api/v1/tokens');
  });

  it('does nothing when it is told neither on nor off', async () => {
    await expect(provision('--demo=no')).rejects.toThrow('--demo is "no": expected on or off.');
    expect(lines).toEqual([]);
    expect(engine.calls).toEqual([]);
  });
});
