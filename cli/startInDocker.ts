import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureAsset } from '../stack/assets.ts';
import { compose } from '../stack/docker.ts';
import { leaveOutJobs } from '../stack/render.ts';
import type { StartContext } from './startContext.ts';
import type { StartOptions } from './startOptions.ts';

const nameWidth = 12;

/** What each service is to a person, and the port it is published on. `npm start` shows these in this order. */
const services = [
  { name: 'engine', port: '8686', demo: false },
  { name: 'demo', port: '9400', demo: true },
  { name: 'prometheus', port: '9090', demo: false },
  { name: 'loki', port: '3100', demo: false },
  { name: 'tempo', port: '3200', demo: false },
  { name: 'grafana', port: '3000', demo: false },
] as const;

/**
 * Starts everything with Docker Compose and stays until it is told to end.
 *
 * @returns the exit code, or undefined when Compose could not do it and the native way is to be tried
 */
export async function startInDocker(
  options: StartOptions,
  context: StartContext,
  ensure: typeof ensureAsset = ensureAsset
): Promise<number | undefined> {
  const { io, signal } = context;
  io.out('Docker runs here: starting with Docker Compose. The first time, images are fetched and built.');
  const report = (line: string): void => io.out(`  … ${line}`);
  const missing = await ensure('bundle', { report, signal });
  const noRelay = await ensure('relayInDocker', { report, signal });
  const wanted = services.filter(
    ({ name, demo }) => (options.demo || !demo) && (missing === undefined || name !== 'grafana')
  );
  const environment = await makeEnvironment(options, context);
  const oneShots = options.demo ? ['provision'] : [];
  const names = [...wanted.map(({ name }) => name), ...oneShots];
  const up = await compose(['up', '--detach', '--build', ...names], { environment, signal });
  if (signal.aborted) {
    return stop(environment);
  }
  if (up.code !== 0) {
    io.out(`Docker Compose did not start it: ${up.output.trim().split('\n').at(-1)}`);
    io.out('Trying without Docker.\n');
    await stop(environment);
    return undefined;
  }
  for (const { name, port } of wanted) {
    const published = name === 'engine' ? String(options.port ?? port) : port;
    io.out(`${name.padEnd(nameWidth)} http://127.0.0.1:${published}`);
  }
  const lacks = describeLacks(missing, noRelay);
  if (lacks !== undefined) {
    io.out(`${'grafana'.padEnd(nameWidth)} ${lacks}`);
  }
  io.out('\nCtrl-C stops all of it.');
  io.out(`Log in: ${await findLoginLink({ environment, signal })}`);
  if (!signal.aborted) {
    // Nothing else holds this process; the signals' listeners do not.
    const alive = setInterval(() => undefined, 60_000);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    clearInterval(alive);
  }
  io.out('Stopping.');
  return stop(environment);
}

function describeLacks(bundle: string | undefined, relay: string | undefined): string | undefined {
  if (bundle !== undefined) {
    return `not there, because ${bundle}`;
  }
  return relay && `without the Pharos data source, because ${relay}`;
}

async function makeEnvironment(
  { demo, port }: StartOptions,
  { dataDir }: StartContext
): Promise<Readonly<Record<string, string>>> {
  const ports = port === undefined ? {} : { PHAROS_PORT: String(port) };
  if (demo) {
    return ports;
  }
  const file = path.join(dataDir, 'config', 'prometheus-in-docker.yml');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await leaveOutJobs(['demo']));
  return { ...ports, PHAROS_PROMETHEUS_CONFIG: file };
}

async function stop(environment: Readonly<Record<string, string>>): Promise<number> {
  const { code } = await compose(['stop'], { environment, signal: new AbortController().signal });
  return code === 0 ? 0 : 1;
}

async function findLoginLink(options: Parameters<typeof compose>[1]): Promise<string> {
  const { code, output } = await compose(['exec', '-T', 'engine', 'node', 'cli/main.ts', 'login-link'], options);
  return code === 0 ? output.trim() : 'docker compose exec engine node cli/main.ts login-link';
}
