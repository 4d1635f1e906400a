import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readState } from '../stack/state.ts';
import type { ChildSpec } from '../stack/supervise.ts';
import { startNative, type OwnPrograms } from './startNative.ts';
import { parseStartOptions } from './startOptions.ts';

/** As much of the engine as a start talks to. */
const engineScript = `
const time = '2026-11-21T10:00:00.000Z';
const token = { id: '1', name: 'x', scope: 'read', createdAt: time, createdBy: 'a', lastUsedAt: null, revokedAt: null };
require('node:http').createServer((request, response) => {
  const answers = {
    '/health': { status: 'ok' },
    '/api/v1/tokens': { token, secret: 'secret-for-prometheus' },
    '/api/v1/login-links': { url: 'http://127.0.0.1:' + process.env.PHAROS_PORT + '/login#link', expiresAt: time },
  };
  const answer = answers[request.url];
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
}).listen(Number(process.env.PHAROS_PORT), '127.0.0.1');`;

function makePrograms(script: string): OwnPrograms {
  const getSpec = (name: string, environment: Record<string, string>): ChildSpec => ({
    name,
    program: process.execPath,
    args: ['-e', script],
    environment,
  });
  return {
    getEngineSpec: ({ plan }) => getSpec('engine', { PHAROS_PORT: String(plan.enginePort) }),
    getDemoSpec: () => getSpec('demo', {}),
    ensureAsset: async () => undefined,
  };
}

let folder: string;
let lines: string[];
let end: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-start-'));
  lines = [];
  end = new AbortController();
});

afterEach(async () => {
  end.abort();
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly script?: string;
  readonly environment?: Record<string, string>;
  /** Called once the login link is shown. */
  readonly onLogin: () => Promise<void> | void;
}

function start(argv: string[], { script = engineScript, environment = {}, onLogin }: Run): Promise<number> {
  const out = (line: string): void => {
    lines.push(line);
    if (line.startsWith('Log in')) {
      void onLogin();
    }
  };
  const context = { io: { out, error: out, environment }, dataDir: folder, signal: end.signal };
  return startNative(parseStartOptions(argv), context, makePrograms(script));
}

describe('startNative', () => {
  it('starts the engine, ends on the login link, and takes everything down again', async () => {
    let running: Awaited<ReturnType<typeof readState>>;
    const code = await start(['--only', 'engine'], {
      onLogin: async () => {
        running = await readState(folder);
        end.abort();
      },
    });
    expect(code).toBe(0);
    const address = running?.addresses['engine:8686'];
    expect(lines.slice(1)).toEqual([
      `engine       http://${address}`,
      '\nCtrl-C stops all of it.',
      `Log in: http://${address}/login#link`,
      'Stopping.',
    ]);
    expect(running?.processes.map(({ name }) => name)).toEqual(['engine']);
    expect(running?.demo).toBeNull();
    await expect(fetch(`http://${address}/health`)).rejects.toThrow('fetch failed');
    expect(await readState(folder)).toBeUndefined();
    expect(await readFile(path.join(folder, 'secrets', 'metrics_token'), 'utf8')).toBe('secret-for-prometheus');
    expect((await stat(path.join(folder, 'secrets', 'admin_token'))).mode & 0o777).toBe(0o600);
  });

  it('ends with an error when the engine dies, and says how', async () => {
    const code = await start(['--only', 'engine'], {
      onLogin: async () => {
        const state = await readState(folder);
        process.kill(state?.processes[0]?.pid ?? 0, 'SIGKILL');
      },
    });
    expect(code).toBe(1);
    expect(lines.slice(-2)).toEqual([
      `engine was killed by SIGKILL; see ${path.join(folder, 'logs', 'engine.log')}`,
      'Stopping.',
    ]);
  });

  it('shows what the engine said when it does not start', async () => {
    const script = 'console.error("PHAROS_PORT is bad"); process.exit(1)';
    const code = await start(['--only', 'engine'], { script, onLogin: () => undefined });
    expect(code).toBe(1);
    expect(lines.slice(1)).toEqual([
      `engine       not there: ended with code 1; see ${path.join(folder, 'logs', 'engine.log')}`,
      '    PHAROS_PORT is bad',
      'Stopping.',
    ]);
  });

  it("uses a person's own Prometheus, Loki, Tempo and Grafana", async () => {
    const environment = {
      PHAROS_PROMETHEUS_URL: 'http://metrics.internal:9090',
      PHAROS_LOKI_URL: 'http://logs.internal:3100',
      PHAROS_TEMPO_URL: 'http://traces.internal:3200',
      PHAROS_GRAFANA_URL: 'http://grafana.internal',
    };
    expect(await start(['--no-demo'], { environment, onLogin: () => end.abort() })).toBe(0);
    expect(lines).toContain('prometheus   http://metrics.internal:9090  yours, from the environment');
    expect(lines).toContain('grafana      http://grafana.internal  yours, from the environment');
  });

  it('lets nobody else use the folder meanwhile', async () => {
    let second: Promise<number> | undefined;
    const code = await start(['--only', 'engine'], {
      onLogin: async () => {
        const context = { io: { out: () => undefined, error: () => undefined, environment: {} }, dataDir: folder };
        second = startNative(
          parseStartOptions(['--only', 'engine']),
          { ...context, signal: new AbortController().signal },
          makePrograms(engineScript)
        );
        await second.catch(() => end.abort());
      },
    });
    expect(code).toBe(0);
    await expect(second).rejects.toThrow(`Pharos runs in ${folder} already (process ${process.pid})`);
  });
});
