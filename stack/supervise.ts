import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signalGroup } from './signalGroup.ts';

export interface ChildSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** How a child ended. One of code and signal is set, unless it could not be started at all. */
export interface Exit {
  readonly name: string;
  readonly code: number | null;
  readonly signal: string | null;
  readonly error?: string;
  /** True when it was told to stop. */
  readonly wanted: boolean;
}

export interface Child {
  readonly name: string;
  readonly pid: number | undefined;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
}

interface Running extends Child {
  readonly process: ChildProcess;
  wanted: boolean;
}

const graceMs = 8_000;

/**
 * Starts programs and stops all of them again. Each child has a process group of its own, so that its own children go
 * with it, and so that Ctrl-C in the terminal reaches them through here, in order. What they write goes to
 * `<logDir>/<name>.log`.
 */
export class Supervisor {
  readonly #logDir: string;
  readonly #onExit: (exit: Exit) => void;
  readonly #running = new Map<string, Running>();
  #stopping = false;

  constructor(logDir: string, onExit: (exit: Exit) => void) {
    this.#logDir = logDir;
    this.#onExit = onExit;
  }

  /** @throws Error when a child of that name runs already, or when everything is being stopped */
  async start(spec: ChildSpec): Promise<Child> {
    await mkdir(this.#logDir, { recursive: true });
    const logFile = path.join(this.#logDir, `${spec.name}.log`);
    await using log = await open(logFile, 'a', 0o600);
    if (this.#stopping) {
      throw new Error(`${spec.name} is not started: everything is being stopped.`);
    }
    if (this.#running.has(spec.name)) {
      throw new Error(`${spec.name} runs already.`);
    }
    const child = spawn(spec.program, spec.args, {
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, ...spec.environment },
      cwd: spec.cwd,
      detached: true,
    });
    const running: Running = {
      name: spec.name,
      pid: child.pid,
      logFile,
      process: child,
      wanted: false,
      exited: new Promise((resolve) => {
        const finish = (end: Pick<Exit, 'code' | 'signal' | 'error'>): void => {
          this.#running.delete(spec.name);
          const exit = { ...end, name: spec.name, wanted: running.wanted };
          resolve(exit);
          this.#onExit(exit);
        };
        child.once('error', (error) => finish({ code: null, signal: null, error: error.message }));
        child.once('exit', (code, signal) => finish({ code, signal }));
      }),
    };
    this.#running.set(spec.name, running);
    return running;
  }

  /** Children that run now. */
  get children(): readonly Child[] {
    return [...this.#running.values()];
  }

  /** Stops one child: SIGTERM to its group, SIGKILL to what is left after the grace period. */
  async stop(name: string): Promise<void> {
    const running = this.#running.get(name);
    if (running !== undefined) {
      await stopGroup(running);
    }
  }

  /** Stops all children at once, and lets no more be started. Calling it again waits for the same end. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#running.values()].map(stopGroup));
  }
}

async function stopGroup(running: Running): Promise<void> {
  running.wanted = true;
  signalGroup(running.pid, 'SIGTERM');
  const timer = new AbortController();
  const late = delay(graceMs, 'late', { signal: timer.signal }).catch(() => 'stopped');
  await Promise.race([running.exited, late]);
  timer.abort();
  // Also when the leader is gone: a child of its own may have outlived it.
  signalGroup(running.pid, 'SIGKILL');
  await running.exited;
}
