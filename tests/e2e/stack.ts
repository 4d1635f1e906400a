import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const READY_WITHIN_MS = 15 * 60_000;
const GONE_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 200;
const root = path.join(import.meta.dirname, '..', '..');
const logFile = path.join(root, 'test-results', 'start.log');

const stateSchema = z.object({
  pid: z.number(),
  addresses: z.record(z.string(), z.string()),
  demo: z.object({ control: z.string(), inbox: z.string() }),
  processes: z.array(z.object({ name: z.string(), pid: z.number() })),
});

/** What `npm start` has written about itself. */
export const readStack = (dataDir: string): z.output<typeof stateSchema> =>
  stateSchema.parse(JSON.parse(readFileSync(path.join(dataDir, 'stack.json'), 'utf8')));

/**
 * Where the stack is that global setup has started on `E2E_DATA`. Read anew each time: ports may differ from start to start, when others
 * took or gave up theirs.
 */
export function theStack() {
  const dataDir = process.env['E2E_DATA'];
  if (dataDir === undefined) {
    throw new Error('E2E_DATA is not set: the browser tests are started by playwright, whose global setup sets it');
  }
  const { addresses, demo } = readStack(dataDir);
  const secret = (name: string): string => readFileSync(path.join(dataDir, 'secrets', name), 'utf8').trim();
  return {
    dataDir,
    ...{ inbox: demo.inbox, control: demo.control },
    engine: `http://${addresses['engine:8686'] ?? ''}`,
    grafana: `http://${addresses['grafana:3000'] ?? ''}`,
    adminToken: secret('admin_token'),
    grafanaPassword: secret('grafana_admin_password'),
    relaySecret: secret('relay_secret'),
  };
}

/** Runs `npm start` on a data directory until it says that all is up; it goes on when the caller ends. */
export async function startStack(dataDir: string): Promise<void> {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const program = path.join(root, 'bin', 'pharos.mjs');
  const child = spawn(process.execPath, [program, 'start', '--native', '--data', dataDir], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('exit', (code) => (ended = `ended with code ${code}`));
  await until('npm start is ready', READY_WITHIN_MS, () => {
    const said = readFileSync(logFile, 'utf8');
    if (ended !== undefined) {
      throw new Error(`npm start ${ended}; it said:\n${said}`);
    }
    return /Ctrl-C stops all of it[\s\S]*\/login#/.test(said);
  });
  child.removeAllListeners();
  child.unref();
}

export async function stopStack(dataDir: string): Promise<void> {
  const { pid } = readStack(dataDir);
  process.kill(pid, 'SIGINT');
  await until('npm start has ended', GONE_WITHIN_MS, () => !isAlive(pid));
}

/** SIGKILL for one process of the stack. `npm start` ends when its engine dies. */
export async function killEngine(dataDir: string): Promise<void> {
  const { pid, processes } = readStack(dataDir);
  const engine = processes.find(({ name }) => name === 'engine');
  if (engine === undefined) {
    throw new Error('stack.json names no engine');
  }
  process.kill(engine.pid, 'SIGKILL');
  await until('npm start has ended', GONE_WITHIN_MS, () => !isAlive(pid));
}

/** Stops the engine's process without ending it, so that its port takes connections and nobody answers. @returns what lets it go on */
export function pauseEngine(): () => void {
  const engine = readStack(theStack().dataDir).processes.find(({ name }) => name === 'engine');
  if (engine === undefined) {
    throw new Error('stack.json names no engine');
  }
  process.kill(engine.pid, 'SIGSTOP');
  return () => void process.kill(engine.pid, 'SIGCONT');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(what: string, withinMs: number, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${withinMs / 1000} s`);
    }
    await pause(LOOK_EVERY_MS);
  }
}
