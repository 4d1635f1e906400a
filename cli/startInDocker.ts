import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureAsset } from '../stack/assets.ts';
import { compose, readTakenVariables } from '../stack/docker.ts';
import { leaveOutJobs } from '../stack/render.ts';
import { describeDockerSettings } from './dockerSettings.ts';
import type { Io } from './io.ts';
import type { StartContext } from './startContext.ts';
import type { StartOptions } from './startOptions.ts';

const nameWidth = 12;

/** In the container, where the engine's token is. */
const loginLinkCommand = 'docker compose exec engine node cli/main.ts login-link';

/** What each service is to a person, and the port it is published on. `npm start` shows these in this order. */
const services = [
  { name: 'engine', port: '8686', demo: false },
  { name: 'demo', port: '9400', demo: true },
  { name: 'prometheus', port: '9090', demo: false },
  { name: 'loki', port: '3100', demo: false },
  { name: 'tempo', port: '3200', demo: false },
  { name: 'grafana', port: '3000', demo: false },
] as const;

type Service = (typeof services)[number];

/** What a person needs beside the address. Secrets are in a volume, and only shown when they are asked for. */
const notes: Readonly<Record<string, readonly string[]>> = {
  demo: ['shop; faults at http://127.0.0.1:9407/faults'],
  grafana: ['user admin; the password: docker compose exec engine cat /data/secrets/grafana_admin_password'],
};

const stores: ReadonlySet<string> = new Set(['prometheus', 'loki', 'tempo', 'grafana']);

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
  describeDockerSettings(io.environment, await readTakenVariables()).forEach(report);
  const missing = await ensure('bundle', { report, signal });
  const noRelay = await ensure('relayInDocker', { report, signal });
  const ours = services.filter(({ name, demo }) => (options.demo || !demo) && getGiven(name, io) === undefined);
  const wanted = ours.filter(({ name }) => missing === undefined || name !== 'grafana');
  const environment = await makeEnvironment(options, context);
  // Without the demo too: Prometheus needs its token.
  const names = [...wanted.map(({ name }) => name), 'provision'];
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
  showAddresses(wanted, options, io);
  const lacks = ours.some(({ name }) => name === 'grafana') ? describeLacks(missing, noRelay) : undefined;
  if (lacks !== undefined) {
    showLine(io, 'grafana', lacks);
  }
  io.out('\nCtrl-C stops all of it.');
  io.out(`Another login link: ${loginLinkCommand}`);
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

function showAddresses(started: readonly Service[], { port: wished }: StartOptions, io: Io): void {
  for (const { name, port } of started) {
    const published = name === 'engine' ? (wished ?? (io.environment.PHAROS_PORT || port)) : port;
    showLine(io, name, [`http://127.0.0.1:${published}`, ...(notes[name] ?? [])].join('  '));
  }
  if (started.some(({ name }) => name === 'demo')) {
    showLine(io, 'inbox', 'http://127.0.0.1:9408  receiver demo-inbox');
  }
  for (const { name } of services) {
    const given = getGiven(name, io);
    if (given !== undefined) {
      showLine(io, name, `${given}  yours, from the environment`);
    }
  }
}

function showLine(io: Io, name: string, text: string): void {
  io.out(`${name.padEnd(nameWidth)} ${text}`);
}

/** Somebody's own Prometheus, Loki, Tempo or Grafana is used as it is, and none of ours is started beside it. */
function getGiven(name: Service['name'], { environment }: Io): string | undefined {
  return stores.has(name) ? environment[`PHAROS_${name.toUpperCase()}_URL`] || undefined : undefined;
}

function describeLacks(bundle: string | undefined, relay: string | undefined): string | undefined {
  if (bundle !== undefined) {
    return `not there, because ${bundle}`;
  }
  return relay && `without the Pharos data source, because ${relay}`;
}

/** What Compose is told besides the environment of this process. */
async function makeEnvironment(
  { demo, port }: StartOptions,
  { dataDir, io }: StartContext
): Promise<Readonly<Record<string, string>>> {
  const given = io.environment;
  const common = {
    PHAROS_DEMO: demo ? 'on' : 'off',
    ...(port === undefined ? {} : { PHAROS_PORT: String(port) }),
    // Our Tempo is not started beside somebody's own, and there is no address to guess for traces.
    ...(given.PHAROS_TEMPO_URL ? { OTEL_EXPORTER_OTLP_ENDPOINT: given.OTEL_EXPORTER_OTLP_ENDPOINT ?? '' } : {}),
  };
  if (demo) {
    return common;
  }
  const file = path.join(dataDir, 'config', 'prometheus-in-docker.yml');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await leaveOutJobs(['demo']));
  // The mail server that stands in for a real one is the demo's.
  return { ...common, PHAROS_SMTP_URL: given.PHAROS_SMTP_URL ?? '', PHAROS_PROMETHEUS_CONFIG: file };
}

async function stop(environment: Readonly<Record<string, string>>): Promise<number> {
  const { code } = await compose(['stop'], { environment, signal: new AbortController().signal });
  return code === 0 ? 0 : 1;
}

async function findLoginLink(options: Parameters<typeof compose>[1]): Promise<string> {
  const { code, output } = await compose(['exec', '-T', 'engine', 'node', 'cli/main.ts', 'login-link'], options);
  return code === 0 ? output.trim() : loginLinkCommand;
}
