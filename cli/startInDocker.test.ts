import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
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
  *" up "*) echo "config $PHAROS_PROMETHEUS_CONFIG" >> ${folder}/environment; echo "no such image" >&2; exit ${upExit};;
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

/** Starts, and ends as soon as the login link is shown. */
function start(argv: string[], missing: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const end = new AbortController();
  const out = (line: string): void => {
    lines.push(line);
    if (line.startsWith('Log in')) {
      end.abort();
    }
  };
  const io = { out, error: out, environment: {} };
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
    expect(lines.at(-2)).toBe('Log in: http://127.0.0.1:8686/login#abc');
    expect(lines).toContain('grafana      http://127.0.0.1:3000');
  });

  it('leaves the demo out, and Prometheus does not miss it', async () => {
    await fakeDocker(0);
    expect(await start(['--no-demo'])).toBe(0);
    expect((await readCalls())[0]).toBe('up --detach --build engine prometheus loki tempo grafana');
    const config = (await readFile(path.join(folder, 'environment'), 'utf8')).trim().replace('config ', '');
    expect(await readFile(config, 'utf8')).not.toContain('demo:9400');
  });

  it('says what Grafana lacks when the relay of the data source cannot be built', async () => {
    await fakeDocker(0);
    expect(await start([], { relayInDocker: 'no Go' })).toBe(0);
    expect(lines).toContain('grafana      without the Pharos data source, because no Go');
  });

  it('gives way to the native start when Compose cannot do it', async () => {
    await fakeDocker(1);
    expect(await start([])).toBeUndefined();
    expect(lines).toEqual(expect.arrayContaining(['Docker Compose did not start it: no such image']));
    expect((await readCalls()).at(-1)).toBe('stop');
  });
});
