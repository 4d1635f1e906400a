import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { Command } from './step.ts';

export interface CommandOptions {
  readonly root: string;
  readonly log: string;
  readonly signal: AbortSignal;
}

/** No step takes this long; one that does is stuck. */
const DEADLINE_MS = 45 * 60_000;

function stopGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, signal);
    }
  } catch {
    // It has ended by itself.
  }
}

/** Runs a program in a process group of its own, both streams to the log; all of the group is stopped with the signal. */
export async function runCommand(command: Command, { root, log, signal }: CommandOptions): Promise<number> {
  const output = createWriteStream(log, { flags: 'a' });
  output.write(`$ ${[command.file, ...command.args].join(' ')}\n`);
  const child = spawn(command.file, command.args, {
    cwd: path.join(root, command.cwd ?? '.'),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: {
      ...process.env,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
      NO_COLOR: '1',
      ...command.environment,
    },
  });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const stop = (): void => stopGroup(child.pid, 'SIGTERM');
  const deadline = setTimeout(() => {
    output.write(`stopped after ${DEADLINE_MS / 60_000} minutes\n`);
    stopGroup(child.pid, 'SIGKILL');
  }, DEADLINE_MS);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<number>((resolve) => {
      child.once('error', (error) => {
        output.write(`${error.message}\n`);
        resolve(1);
      });
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', stop);
    output.end('\n');
    await finished(output);
  }
}
