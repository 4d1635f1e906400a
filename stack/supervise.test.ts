import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { waitHealthy } from './health.ts';
import { getStartTicks } from './state.ts';
import { Supervisor, type Child, type Exit } from './supervise.ts';

let folder: string;
let exits: Exit[];
let supervisor: Supervisor;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-supervise-'));
  exits = [];
  supervisor = new Supervisor(folder, (exit) => exits.push(exit));
});

afterEach(async () => {
  await supervisor.stopAll();
  await rm(folder, { recursive: true, force: true });
});

function runShell(name: string, script: string): Promise<Child> {
  return supervisor.start({ name, program: '/bin/sh', args: ['-c', script], environment: {} });
}

function isRunning(pid: number): boolean {
  return getStartTicks(pid) !== '';
}

/** Waits for a line in a child's log; fails by the test's own time limit. */
async function readLine(child: Child): Promise<string> {
  for (;;) {
    const text = await readFile(child.logFile, 'utf8');
    if (text.includes('\n')) {
      return text.trim();
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('Supervisor', () => {
  it('keeps what a child writes, and tells how it ended', async () => {
    const child = await runShell('short', 'echo out; echo err >&2; exit 3');
    const exit = await child.exited;
    expect(exit).toEqual({ name: 'short', code: 3, signal: null, wanted: false });
    expect(exits).toEqual([exit]);
    expect(await readFile(path.join(folder, 'short.log'), 'utf8')).toBe('out\nerr\n');
  });

  it('stops children and their children', async () => {
    const child = await runShell('parent', 'sleep 600 & echo $!; wait');
    const grandchild = Number(await readLine(child));
    expect(isRunning(grandchild)).toBe(true);
    await supervisor.stopAll();
    await expectGone(grandchild);
    expect(exits).toEqual([{ name: 'parent', code: null, signal: 'SIGTERM', wanted: true }]);
    expect(supervisor.children).toEqual([]);
  });

  it('kills the children of a child that ends without them', async () => {
    const child = await runShell('careless', 'trap "exit 0" TERM; (trap "" TERM; sleep 600) & echo $!; wait');
    const grandchild = Number(await readLine(child));
    await supervisor.stop('careless');
    await expectGone(grandchild);
  });

  it('stops one and leaves the others', async () => {
    await runShell('one', 'sleep 600');
    const two = await runShell('two', 'sleep 600');
    await supervisor.stop('one');
    expect(supervisor.children.map(({ name }) => name)).toEqual(['two']);
    expect(isRunning(two.pid ?? 0)).toBe(true);
  });

  it('reports a program that is not there', async () => {
    const child = await supervisor.start({ name: 'none', program: '/nowhere/x', args: [], environment: {} });
    expect((await child.exited).error).toContain('ENOENT');
  });

  it('starts no name twice, and nothing after it was told to stop', async () => {
    await runShell('one', 'sleep 600');
    await expect(runShell('one', 'sleep 600')).rejects.toThrow('one runs already');
    await supervisor.stopAll();
    await expect(runShell('two', 'sleep 600')).rejects.toThrow('everything is being stopped');
  });
});

describe('waitHealthy', () => {
  const signal = new AbortController().signal;

  it('says that the child died, and where to read why', async () => {
    const child = await runShell('dies', 'exit 7');
    const health = await waitHealthy(child, { url: 'http://127.0.0.1:1/', deadlineMs: 10_000, signal });
    expect(health).toEqual({ healthy: false, because: `ended with code 7; see ${path.join(folder, 'dies.log')}` });
  });

  it('gives up at the deadline with the last answer', async () => {
    const child = await runShell('mute', 'sleep 600');
    const health = await waitHealthy(child, { url: 'http://127.0.0.1:1/', deadlineMs: 300, signal });
    expect(health).toMatchObject({
      healthy: false,
      because: expect.stringContaining('not healthy after 0.3 s (no answer)'),
    });
  });

  it('is satisfied by a 2xx answer, not by a 503 before it', async () => {
    const script = `
      let asked = 0;
      const server = require('node:http').createServer((_, response) => {
        asked += 1;
        response.statusCode = asked < 3 ? 503 : 200;
        response.end('asked ' + asked);
      });
      server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
    const child = await supervisor.start({
      name: 'slow',
      program: process.execPath,
      args: ['-e', script],
      environment: {},
    });
    const url = `http://127.0.0.1:${await readLine(child)}/`;
    expect(await waitHealthy(child, { url, deadlineMs: 10_000, signal })).toEqual({ healthy: true });
    expect(await (await fetch(url)).text()).toBe('asked 4');
  });
});

async function expectGone(pid: number): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (isRunning(pid) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(isRunning(pid)).toBe(false);
}
