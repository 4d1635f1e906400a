import { spawn } from 'node:child_process';
import os from 'node:os';
import { signalGroup } from './signalGroup.ts';

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** 0 is usual, 19 gives way to everything else. */
  readonly niceness?: number;
}

export interface Finished {
  /** Exit code; -1 when it was stopped or could not be started. */
  readonly code: number;
  /** The end of what it wrote to both streams. */
  readonly output: string;
}

const keptCharacters = 20_000;

/**
 * Runs a program to its end. A program that cannot be started is a result too, not an exception. When it takes too
 * long or is no longer wanted, it ends with all that it started.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {}
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      detached: true,
    });
    const stop = (): void => signalGroup(child.pid, 'SIGKILL');
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(stop, options.timeoutMs);
    options.signal?.addEventListener('abort', stop);
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-keptCharacters);
    };
    const finish = (code: number, fallback: string): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      resolve({ code, output: output || fallback });
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => finish(-1, error.message));
    child.once('close', (code) => finish(code ?? -1, ''));
    if (options.niceness !== undefined && child.pid !== undefined) {
      os.setPriority(child.pid, options.niceness);
    }
    if (options.signal?.aborted) {
      stop();
    }
  });
}
