import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listTakenVariables } from './composeSettings.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram, type Finished } from './runProgram.ts';

const answerWithinMs = 10_000;

/** Whether a Docker engine answers and has Compose; else why it cannot be used. */
export async function checkDocker(): Promise<{ usable: true } | { usable: false; because: string }> {
  const engine = await runProgram('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: answerWithinMs });
  if (engine.code !== 0) {
    return { usable: false, because: 'no Docker engine is running' };
  }
  const compose = await runProgram('docker', ['compose', 'version', '--short'], { timeoutMs: answerWithinMs });
  return compose.code === 0 ? { usable: true } : { usable: false, because: 'Docker has no Compose plugin' };
}

export interface ComposeOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs one Compose command on the repository's file. */
export async function compose(args: readonly string[], options: ComposeOptions): Promise<Finished> {
  return runProgram('docker', ['compose', '--progress', 'plain', ...args], {
    cwd: repositoryRoot,
    environment: options.environment,
    signal: options.signal,
  });
}

/** The variables of the environment that the repository's Compose file takes. */
export async function readTakenVariables(): Promise<ReadonlySet<string>> {
  return listTakenVariables(await readFile(path.join(repositoryRoot, 'docker-compose.yaml'), 'utf8'));
}
