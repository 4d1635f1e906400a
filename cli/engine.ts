import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureAsset } from '../stack/assets.ts';
import { repositoryRoot } from '../stack/paths.ts';
import { abortOnSignals } from './abortOnEnd.ts';
import { engineEnvironment } from './engineEnvironment.ts';
import type { Io } from './io.ts';
import { strictOptions } from './strictOptions.ts';

export const summary = 'Run the engine alone; settings come from PHAROS_… variables';

const ours = {
  ensureAsset,
  /** The image has the console built, and not what it is built from. */
  hasSources: (): boolean => existsSync(path.join(repositoryRoot, 'src', 'console', 'build.ts')),
  /** It reads the arguments and the environment itself, and ends the process when it is told to stop. */
  startEngine: (): Promise<unknown> => import('../server/main.ts'),
};

/** Builds the console where it is older than its sources, and becomes the engine. */
export async function run(argv: readonly string[], io: Io, given: Partial<typeof ours> = {}): Promise<number> {
  const { help = false } = strictOptions(argv, { help: { type: 'boolean', short: 'h' } }).values;
  const parts = { ...ours, ...given };
  if (process.connected) {
    // The launcher holds the other end: were it killed, nobody else would stop what it started.
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.channel?.unref();
  }
  const isElsewhere = Boolean(io.environment.PHAROS_CONSOLE_DIR);
  if (!help && !isElsewhere && parts.hasSources() && !(await buildConsole(io, parts.ensureAsset))) {
    return 0;
  }
  const { PHAROS_DATA_DIR: dataDir } = engineEnvironment(io, undefined);
  if (dataDir) {
    // The folder that the other commands use, wherever this one is called.
    process.env.PHAROS_DATA_DIR = dataDir;
  }
  await parts.startEngine();
  return Number(process.exitCode ?? 0);
}

/** @returns false when the process was asked to end meanwhile */
async function buildConsole(io: Io, ensure: typeof ensureAsset): Promise<boolean> {
  const end = new AbortController();
  const release = abortOnSignals(end);
  const missing = await ensure('console', { report: (line) => io.out(`  … ${line}`), signal: end.signal });
  release();
  if (missing !== undefined && !end.signal.aborted) {
    io.error(`The engine starts without a new console: ${missing}`);
  }
  return !end.signal.aborted;
}
