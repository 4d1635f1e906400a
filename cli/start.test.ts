import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getStartTicks, writeState } from '../stack/state.ts';
import { run as demo } from './demo.ts';
import type { Io } from './io.ts';
import { run as start } from './start.ts';
import { run as test } from './test.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'pharos-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeIo(environment: Io['environment'] = {}): Io & { readonly lines: string[]; readonly errors: string[] } {
  const lines: string[] = [];
  const errors: string[] = [];
  return { lines, errors, out: (line) => lines.push(line), error: (line) => errors.push(line), environment };
}

describe('start', () => {
  it('explains its options', async () => {
    const io = makeIo();
    expect(await start(['--help'], io)).toBe(0);
    expect(io.lines.join('\n')).toContain('--no-demo');
    expect(io.lines.join('\n')).toContain('--data DIR      on this machine, with data');
  });

  it('refuses an option that it does not know, and names the nearest', async () => {
    const io = makeIo();
    await expect(start(['--no-dem'], io)).rejects.toThrow('Did you mean --no-demo?');
  });

  it('says why it did not start, and lets go of the signals', async () => {
    const listeners = process.listenerCount('SIGINT');
    const io = makeIo();
    const mine = { pid: process.pid, startTicks: getStartTicks(process.pid), startedAt: '2026-11-21T10:00:00Z' };
    await writeState(folder, { ...mine, addresses: {}, demo: null, processes: [] });
    expect(await start(['--native', '--data', folder], io)).toBe(1);
    expect(io.errors.join('\n')).toMatch(/^Pharos did not start: Pharos runs in .* already/);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });

  it('refuses a data folder that cannot be, and says what was expected', async () => {
    const io = makeIo();
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await start(['--data', file], io)).toBe(2);
    expect(await start([], { ...io, environment: { PHAROS_DATA_DIR: path.join(file, 'a', 'b') } })).toBe(2);
    expect(await start(['--data', '/proc/pharos'], io)).toBe(2);
    const expected =
      'Name a folder that can be written, with --data or PHAROS_DATA_DIR; it is made where it is missing.';
    expect(io.errors).toEqual([
      `Pharos did not start: The data folder ${file} cannot be made: ${file} is no folder. ${expected}`,
      `Pharos did not start: The data folder ${file}/a/b cannot be made: ${file} is no folder. ${expected}`,
      expect.stringMatching(
        /^Pharos did not start: The data folder \/proc\/pharos cannot be made: \/proc\/pharos cannot be made \(ENOENT.*\)\. Name/
      ),
    ]);
  });
});

describe('demo', () => {
  it('hands over to the demo, which refuses what it cannot do', async () => {
    const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const code = await demo(
        ['fault', 'latenzy', 'checkout', '1s'],
        makeIo({ PHAROS_DATA_DIR: folder, DEMO_CONTROL_URL: 'http://127.0.0.1:9' })
      );
      expect(code).toBe(2);
      expect(errors.mock.calls.flat().join('\n')).toContain('latency');
    } finally {
      errors.mockRestore();
    }
  });
});

describe('test', () => {
  it('lists the steps that it would run', async () => {
    const written = jest.spyOn(console, 'log').mockReturnValue();
    try {
      expect(await test(['--list'])).toBe(0);
      expect(written.mock.calls.flat().join('\n')).toContain('browser');
    } finally {
      written.mockRestore();
    }
  });
});
