import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { getStartTicks, isAlive, readState, removeState, takeOver, writeState, type StackState } from './state.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-state-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const gone = { pid: 2 ** 22 - 1, startTicks: '1' };

function makeState(changes: Partial<StackState> = {}): StackState {
  const fixed = { startedAt: '2026-11-21T10:00:00.000Z', addresses: { 'prometheus:9090': '127.0.0.1:9090' } };
  return { ...gone, ...fixed, demo: null, processes: [], ...changes };
}

describe('stack state', () => {
  it('is read as it was written', async () => {
    const state = makeState({ demo: { control: 'http://127.0.0.1:9407', inbox: 'http://127.0.0.1:9408' } });
    await writeState(folder, state);
    expect(await readState(folder)).toEqual(state);
    await removeState(folder);
    expect(await readState(folder)).toBeUndefined();
  });

  it('counts as absent when it is damaged', async () => {
    await writeFile(path.join(folder, 'stack.json'), '{"pid": "x"');
    expect(await readState(folder)).toBeUndefined();
    expect(await takeOver(folder)).toEqual([]);
  });

  it('refuses a folder in which another start runs', async () => {
    await writeState(folder, makeState({ pid: process.pid, startTicks: getStartTicks(process.pid) }));
    await expect(takeOver(folder)).rejects.toThrow(`(process ${process.pid}): stop it, or choose another folder`);
  });

  it('stops what a killed start has left, and nothing that only has the same process id', async () => {
    const [left, other] = [1, 2].map(() => spawn('/bin/sleep', ['600'], { detached: true, stdio: 'ignore' }));
    const pids = [left?.pid ?? 0, other?.pid ?? 0] as const;
    try {
      const processes = [
        { name: 'prometheus', pid: pids[0], startTicks: getStartTicks(pids[0]) },
        { name: 'loki', pid: pids[1], startTicks: '1' },
      ];
      await writeState(folder, makeState({ processes }));
      expect(await takeOver(folder)).toEqual(['prometheus']);
      expect(isAlive({ pid: pids[0], startTicks: processes[0]?.startTicks ?? '' })).toBe(false);
      expect(getStartTicks(pids[1])).not.toBe('');
    } finally {
      other?.kill('SIGKILL');
      left?.kill('SIGKILL');
    }
  });
});
