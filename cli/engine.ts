import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Io } from './io.ts';

export const summary = 'Run the engine alone; settings come from PHAROS_… variables';

const entry = path.join(import.meta.dirname, '..', 'server', 'main.ts');

/** Runs the engine in the foreground until it ends; signals reach it through here. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const child = spawn(process.execPath, [entry, ...argv], { stdio: 'inherit', env: { ...io.environment } });
  const pass = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', pass);
    process.off('SIGTERM', pass);
  }
}
