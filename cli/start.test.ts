import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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
  });

  it('refuses an option that it does not know, and names the nearest', async () => {
    const io = makeIo();
    expect(await start(['--no-dem'], io)).toBe(2);
    expect(io.errors.join('\n')).toContain('Did you mean --no-demo?');
  });

  it('says why it did not start, and lets go of the signals', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const listeners = process.listenerCount('SIGINT');
    const io = makeIo();
    expect(await start(['--native', '--data', path.join(file, 'inside')], io)).toBe(1);
    expect(io.errors.join('\n')).toMatch(/^Pharos did not start: .*(ENOTDIR|not a directory)/);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
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
