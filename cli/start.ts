import { checkDocker } from '../stack/docker.ts';
import { abortOnEnd } from './abortOnEnd.ts';
import { DataDirError, getDataDir, makeDataDir } from './dataDir.ts';
import type { Io } from './io.ts';
import type { StartContext } from './startContext.ts';
import { startInDocker } from './startInDocker.ts';
import { startNative } from './startNative.ts';
import { parseStartOptions, startHelp, type StartOptions } from './startOptions.ts';

export const summary = 'Start the stack, the demo shop, the engine and its console';

const usageError = 2;

/** Starts everything and stays until Ctrl-C, SIGTERM, or the engine's end. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const options = parseStartOptions(argv);
  if (options.help) {
    io.out(startHelp);
    return 0;
  }
  const end = new AbortController();
  const release = abortOnEnd(end);
  try {
    const dataDir = getDataDir(options.data, io.environment);
    await makeDataDir(dataDir);
    return await start(options, { io, signal: end.signal, dataDir });
  } catch (error) {
    io.error(`Pharos did not start: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof DataDirError ? usageError : 1;
  } finally {
    release();
  }
}

async function start(options: StartOptions, context: StartContext): Promise<number> {
  const mayUseDocker = !options.native && !options.onlyEngine && options.data === undefined;
  if (mayUseDocker && (await checkDocker()).usable) {
    const code = await startInDocker(options, context);
    if (code !== undefined) {
      return code;
    }
  }
  return startNative(options, context);
}
