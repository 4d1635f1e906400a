import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../../cli/api.ts';
import type { Client } from '../../../src/api/client.ts';
import { repositoryRoot } from '../../../stack/paths.ts';
import { startProgram, type ChildProgram } from './childProgram.ts';
import { eventually } from './eventually.ts';
import { freePort } from './freePort.ts';

/** A real engine in a process of its own, on a free port and a fresh data directory. */
export interface RealEngine {
  readonly url: string;
  readonly dataDir: string;
  /** As admin. */
  readonly client: Client;
  readonly adminToken: string;
  readonly intakeToken: string;
  pid(): number;
  output(): string;
  /** Starts it on the same port and data. @returns ms until `/ready` answered 200 @throws Error when it ends before that */
  start(): Promise<number>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;

/** @param settings further `PHAROS_…` variables, by their whole name */
export async function startEngine(settings: Readonly<Record<string, string>> = {}): Promise<RealEngine> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-engine-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProgram | undefined;

  const start = async (): Promise<number> => {
    const started = performance.now();
    const program = startProgram({
      program: process.execPath,
      // With the flags that the launcher gave this process, as it gives them to every engine.
      args: [...process.execArgv, path.join(repositoryRoot, 'server', 'main.ts')],
      environment: {
        PHAROS_PORT: String(port),
        PHAROS_DATA_DIR: dataDir,
        PHAROS_LOG_LEVEL: 'warn',
        // Receivers and sources of tests are on this machine.
        PHAROS_EGRESS_ALLOW: '127.0.0.0/8',
        // A setting of tests, which an engine refuses.
        PHAROS_TEST_DATABASE_URL: undefined,
        ...settings,
      },
    });
    child = program;
    const outcome = await eventually('the engine is ready', READY_WITHIN_MS, async () => {
      if (program.hasEnded()) {
        return 'ended';
      }
      const response = await fetch(`${url}/ready`).catch(() => undefined);
      return response?.status === 200 ? 'ready' : undefined;
    });
    if (outcome === 'ended') {
      throw new Error(`The engine has ended: ${program.output()}`);
    }
    return performance.now() - started;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => child?.end(signal);

  await start();
  const secret = (name: string): string => readFileSync(path.join(dataDir, 'secrets', name), 'utf8').trim();
  const adminToken = secret('admin_token');
  return {
    url,
    dataDir,
    adminToken,
    intakeToken: secret('intake_token'),
    client: connect({ url, token: adminToken }),
    pid: () => child?.pid ?? 0,
    output: () => child?.output() ?? '',
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async dispose() {
      await end('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
