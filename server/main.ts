import { ConfigError } from './configError.ts';
import { loadConfig } from './config.ts';
import { createEngine, type Engine } from './createEngine.ts';
import { messageOf } from './errors.ts';
import { stopOnSignals } from './stopOnSignals.ts';

const USAGE = `Usage: pharos engine

Runs the engine with its HTTP API and console. Settings come from PHAROS_… variables and the YAML file that
PHAROS_CONFIG names; the README lists them. On its first start it makes its secrets under the data directory.`;

/** The one place that talks to the process: arguments, signals, exit codes. */
async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const engine = await start();
  process.stdout.write(`Pharos engine: ${engine.url}\nLog in once, within ten minutes: ${await engine.loginLink()}\n`);
  stopOnSignals(engine, process);
}

async function start(): Promise<Engine> {
  return createEngine(loadConfig(process.env));
}

try {
  await main();
} catch (error) {
  process.stderr.write(
    `The engine does not start. ${error instanceof ConfigError ? 'Settings:\n' : ''}${messageOf(error)}\n`
  );
  process.exitCode = 1;
}
