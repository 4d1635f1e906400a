import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Io } from './io.ts';
import { startInDocker } from './startInDocker.ts';
import { parseStartOptions } from './startOptions.ts';

let folder: string;
let lines: string[];
const searchPath = process.env.PATH;

/** A `docker` that notes its arguments and answers as told. */
async function fakeDocker(upExit: number): Promise<void> {
  const script = `#!/bin/sh
echo "$*" | sed 's/compose --progress plain //' >> ${folder}/calls
case "$*" in
  *" up "*) env > ${folder}/environment; echo "no such image" >&2; exit ${upExit};;
  *login-link*) echo http://127.0.0.1:8686/login#abc;;
esac
`;
  await writeFile(path.join(folder, 'docker'), script, { mode: 0o755 });
  process.env.PATH = `${folder}:${searchPath}`;
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-docker-'));
  lines = [];
});

afterEach(async () => {
  process.env.PATH = searchPath;
  await rm(folder, { recursive: true, force: true });
});

async function readCalls(): Promise<string[]> {
  return (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');
}

/** The variables that Compose was told at `up`. */
async function readEnvironment(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(folder, 'environment'), 'utf8');
  return new Map(
    text.split('\n').map((line): [string, string] => [line.split('=', 1)[0] ?? '', line.replace(/^.*?=/, '')])
  );
}

interface Circumstances {
  readonly missing?: Readonly<Record<string, string>>;
  readonly environment?: Io['environment'];
}

/** Starts, and ends as soon as the login link is shown. */
function start(argv: string[], { missing = {}, environment = {} }: Circumstances = {}): Promise<number | undefined> {
  const end = new AbortController();
  const out = (line: string): void => {
    lines.push(line);
    if (line.startsWith('Log in')) {
      end.abort();
    }
  };
  const io = { out, error: out, environment };
  const assets = async (name: string) => missing[name];
  return startInDocker(parseStartOptions(argv), { io, dataDir: folder, signal: end.signal }, assets);
}

describe('startInDocker', () => {
  it('starts all services, ends on the login link, and stops them', async () => {
    await fakeDocker(0);
    expect(await start([])).toBe(0);
    expect(await readCalls()).toEqual([
      'up --detach --build engine demo prometheus loki tempo grafana provision',
      'exec -T engine node cli/main.ts login-link',
      'stop',
    ]);
    expect(lines.slice(1, -1)).toEqual([
      'engine       http://127.0.0.1:8686',
      'demo         http://127.0.0.1:9400  shop; faults at http://127.0.0.1:9407/faults',
      'prometheus   http://127.0.0.1:9090',
      'loki         http://127.0.0.1:3100',
      'tempo        http://127.0.0.1:3200',
      'grafana      http://127.0.0.1:3000  user admin; the password: docker compose exec engine cat /data/secrets/grafana_admin_password',
      'inbox        http://127.0.0.1:9408  receiver demo-inbox',
      '\nCtrl-C stops all of it.',
      'Another login link: docker compose exec engine node cli/main.ts login-link',
      'Log in: http://127.0.0.1:8686/login#abc',
    ]);
  });

  it('leaves the demo out, and Prometheus does not miss it', async () => {
    await fakeDocker(0);
    expect(await start(['--no-demo'])).toBe(0);
    expect((await readCalls())[0]).toBe('up --detach --build engine prometheus loki tempo grafana provision');
    const told = await readEnvironment();
    expect(await readFile(told.get('PHAROS_PROMETHEUS_CONFIG') ?? '', 'utf8')).not.toContain('demo:9400');
    expect(told.get('PHAROS_DEMO')).toBe('off');
    expect(lines.filter((line) => /demo|inbox/.test(line))).toEqual([]);
    expect(told.get('PHAROS_SMTP_URL')).toBe('');
  });

  it('tells Compose that the demo is wanted', async () => {
    await fakeDocker(0);
    await start([]);
    const told = await readEnvironment();
    expect([told.get('PHAROS_DEMO'), told.has('PHAROS_SMTP_URL')]).toEqual(['on', false]);
  });

  it("uses somebody's own Prometheus and Tempo as they are, and starts none beside them", async () => {
    await fakeDocker(0);
    const own = { PHAROS_PROMETHEUS_URL: 'http://prom.example:9090', PHAROS_TEMPO_URL: 'http://tempo.example:3200' };
    expect(await start([], { environment: own })).toBe(0);
    expect((await readCalls())[0]).toBe('up --detach --build engine demo loki grafana provision');
    expect(lines).toContain('prometheus   http://prom.example:9090  yours, from the environment');
    expect((await readEnvironment()).get('OTEL_EXPORTER_OTLP_ENDPOINT')).toBe('');
  });

  it('says which settings do nothing in Docker, and shows the port that is set', async () => {
    await fakeDocker(0);
    const environment = { PHAROS_DATA_DIR: '/srv/pharos', PHAROS_RETENTION: '30d', PHAROS_PORT: '9000' };
    await start([], { environment });
    expect(lines.slice(1, 3)).toEqual([
      '  … Not used in Docker: PHAROS_DATA_DIR. Start with --native to use what is set.',
      'engine       http://127.0.0.1:9000',
    ]);
  });

  it('says what Grafana lacks when the relay of the data source cannot be built', async () => {
    await fakeDocker(0);
    expect(await start([], { missing: { relayInDocker: 'no Go' } })).toBe(0);
    expect(lines).toContain('grafana      without the Pharos data source, because no Go');
  });

  it('gives way to the native start when Compose cannot do it', async () => {
    await fakeDocker(1);
    expect(await start([])).toBeUndefined();
    expect(lines).toEqual(expect.arrayContaining(['Docker Compose did not start it: no such image']));
    expect((await readCalls()).at(-1)).toBe('stop');
  });
});
