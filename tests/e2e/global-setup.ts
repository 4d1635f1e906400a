import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const READY_WITHIN_MS = 15 * 60_000;
const STOP_WITHIN_MS = 20_000;
const root = path.join(import.meta.dirname, '..', '..');

const stateSchema = z.object({
  addresses: z.record(z.string(), z.string()),
  demo: z.object({ control: z.string(), inbox: z.string() }),
});

/**
 * Starts what a user gets from `npm start`, in a fresh data directory. Tests find it by the environment: PHAROS_E2E_URL (engine),
 * PHAROS_E2E_TOKEN (admin), PHAROS_E2E_INBOX, PHAROS_E2E_CONTROL (demo), PHAROS_E2E_DATA.
 * @returns what stops it again
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env['PHAROS_E2E_URL'] !== undefined) {
    return () => Promise.resolve();
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-e2e-'));
  const child = spawn(
    process.execPath,
    [path.join(root, 'bin', 'pharos.mjs'), 'start', '--native', '--data', dataDir],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEMO_RPS: '20' },
    }
  );
  await untilReady(child, path.join(root, 'test-results'));
  const state = stateSchema.parse(JSON.parse(readFileSync(path.join(dataDir, 'stack.json'), 'utf8')));
  const engine = Object.entries(state.addresses).find(([name]) => name.startsWith('engine'))?.[1];
  Object.assign(process.env, {
    PHAROS_E2E_URL: withScheme(engine ?? '127.0.0.1:8686'),
    PHAROS_E2E_TOKEN: readFileSync(path.join(dataDir, 'secrets', 'admin_token'), 'utf8').trim(),
    PHAROS_E2E_INBOX: state.demo.inbox,
    PHAROS_E2E_CONTROL: state.demo.control,
    PHAROS_E2E_DATA: dataDir,
  });
  return async () => {
    await stop(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

const withScheme = (address: string): string => (address.startsWith('http') ? address : `http://${address}`);

/** Resolves once everything that can come up is up: `npm start` says so with its last lines. */
function untilReady(child: ChildProcess, logDir: string): Promise<void> {
  mkdirSync(logDir, { recursive: true });
  const log = createWriteStream(path.join(logDir, 'start.log'));
  return new Promise((resolve, reject) => {
    let said = '';
    const deadline = setTimeout(
      () => reject(new Error(`npm start was not ready in time; it said:\n${said}`)),
      READY_WITHIN_MS
    );
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      log.write(chunk);
      if (/Ctrl-C stops all of it[\s\S]*\/login#/.test(said)) {
        clearTimeout(deadline);
        resolve();
      }
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`npm start ended with code ${code}; it said:\n${said}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.removeAllListeners('exit');
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGINT');
  });
}
