export const summary = 'Run the engine alone; settings come from PHAROS_… variables';

/** Becomes the engine: it reads the arguments and the environment itself, and ends the process when it is told to stop. */
export async function run(): Promise<number> {
  if (process.connected) {
    // The launcher holds the other end: were it killed, nobody else would stop what it started.
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    process.channel?.unref();
  }
  await import('../server/main.ts');
  return Number(process.exitCode ?? 0);
}
