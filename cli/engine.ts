import { strictOptions } from './strictOptions.ts';

export const summary = 'Run the engine alone; settings come from PHAROS_… variables';

/**
 * Becomes the engine: it reads the environment itself, says what it is where that is asked, and ends the process when it is told to
 * stop.
 */
export async function run(argv: readonly string[]): Promise<number> {
  strictOptions(argv, { help: { type: 'boolean', short: 'h' } });
  if (process.connected) {
    // The launcher holds the other end: were it killed, nobody else would stop what it started.
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.channel?.unref();
  }
  await import('../server/main.ts');
  return Number(process.exitCode ?? 0);
}
