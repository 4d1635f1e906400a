import { spawn, type ChildProcess } from 'node:child_process';

const KEPT_CHARACTERS = 20_000;

/** A program that a test has started. */
export interface ChildProgram {
  readonly pid: number;
  /** The end of what it wrote to both streams. */
  output(): string;
  hasEnded(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Sends the signal and resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface ProgramStart {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside what this process has; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** @throws Error when the program cannot be started */
export function startProgram({ program, args, environment, cwd }: ProgramStart): ChildProgram {
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (child.pid === undefined) {
    throw new Error(`${program} cannot be started.`);
  }
  const { pid } = child;
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_CHARACTERS);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    output: () => output,
    hasEnded,
    signal: (signal) => void child.kill(signal),
    async end(signal) {
      if (!hasEnded()) {
        // A stopped process takes SIGKILL, and nothing else before it is continued.
        child.kill(signal);
        child.kill('SIGCONT');
      }
      await gone;
    },
  };
}
