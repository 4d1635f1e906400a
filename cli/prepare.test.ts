import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { historyMs } from './demoHistory.ts';
import { run } from './prepare.ts';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-prepare-'));
  lines = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function prepare(argv: string[]): Promise<number> {
  const note = (line: string): void => void lines.push(line);
  return run(argv, { out: note, error: note, environment: {} });
}

describe('pharos prepare', () => {
  it("makes the secrets, shares those of the stack, and writes the demo's last two hours", async () => {
    const shared = path.join(folder, 'shared');
    expect(await prepare(['--data', path.join(folder, 'data'), '--shared', shared])).toBe(0);
    expect(await readdir(shared)).toEqual([
      'demo_inbox_secret',
      'grafana_admin_password',
      'grafana_hmac_secret',
      'history.om',
      'intake_token',
      'relay_secret',
    ]);
    const history = await readFile(path.join(shared, 'history.om'), 'utf8');
    expect(history.endsWith('# EOF\n')).toBe(true);
    const samples = history.split('\n').filter((line) => line.startsWith('http_server_request_duration_seconds_count'));
    expect(samples.length).toBeGreaterThan(1_000);
    expect(samples.every((line) => line.includes('generated="true"'))).toBe(true);
    const times = samples.map((line) => Number(line.split(' ').at(-1)) * 1_000);
    const span = Math.max(...times) - Math.min(...times);
    expect(span).toBeGreaterThan(historyMs * 0.95);
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());
  });

  it('writes no history without the demo, and takes away what a start with it has left', async () => {
    const shared = path.join(folder, 'shared');
    await mkdir(shared);
    await writeFile(path.join(shared, 'history.om'), '# EOF\n');
    expect(await prepare(['--data', path.join(folder, 'data'), '--shared', shared, '--demo=off'])).toBe(0);
    expect(await readdir(shared)).toEqual([
      'demo_inbox_secret',
      'grafana_admin_password',
      'grafana_hmac_secret',
      'intake_token',
      'relay_secret',
    ]);
    expect(lines).toEqual([`Secrets are in ${shared}.`]);
  });

  it('makes nothing when it is told neither on nor off', async () => {
    await expect(prepare(['--data', folder, '--shared', folder, '--demo=of'])).rejects.toThrow(
      '--demo is "of": expected on or off.'
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('needs to know where to', async () => {
    await expect(prepare(['--data', folder])).rejects.toThrow(
      'pharos prepare needs --shared DIR: the folder that the other services can read.'
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
