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

/** What each program is shown, and nobody else. */
const SECRETS = [
  'demo/demo_inbox_secret',
  'grafana/grafana_admin_password',
  'grafana/grafana_hmac_secret',
  'grafana/intake_token',
  'grafana/relay_secret',
  'prometheus/intake_token',
];

const filesIn = async (shared: string): Promise<string[]> =>
  (await readdir(shared, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(shared, path.join(entry.parentPath, entry.name)))
    .toSorted();

describe('pharos prepare', () => {
  it("makes the secrets, shares those of the stack, and writes the demo's last two hours", async () => {
    const shared = path.join(folder, 'shared');
    expect(await prepare(['--data', path.join(folder, 'data'), '--shared', shared])).toBe(0);
    expect(await filesIn(shared)).toEqual([...SECRETS, 'history/history.om'].toSorted());
    const history = await readFile(path.join(shared, 'history', 'history.om'), 'utf8');
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
    await mkdir(path.join(shared, 'history'), { recursive: true });
    await writeFile(path.join(shared, 'history', 'history.om'), '# EOF\n');
    expect(await prepare(['--data', path.join(folder, 'data'), '--shared', shared, '--demo=off'])).toBe(0);
    expect(await filesIn(shared)).toEqual(SECRETS);
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
      'pharos prepare needs --shared DIR: the folder with one folder for each of the other services.'
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
