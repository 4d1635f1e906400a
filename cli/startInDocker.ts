import { compose } from '../stack/docker.ts';
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
export async function startInDocker(options: StartOptions, { io, signal }: StartContext): Promise<number | undefined> {
  const wanted = services.filter((service) => options.demo || !service.demo);
  const environment = options.port === undefined ? {} : { PHAROS_PORT: String(options.port) };
  io.out('Docker runs here: starting with Docker Compose. The first time, images are fetched and built.');
  const oneShots = options.demo ? ['provision'] : [];
  const names = [...wanted.map(({ name }) => name), ...oneShots];
  const up = await compose(['up', '--detach', '--build', ...names], { environment, signal });
  if (signal.aborted) {
    await compose(['stop'], { environment, signal: new AbortController().signal });
    return 0;
  }
  if (up.code !== 0) {
    io.out(`Docker Compose did not start it: ${up.output.trim().split('\n').at(-1)}`);
    io.out('Trying without Docker.\n');
    await compose(['stop'], { environment, signal });
    return undefined;
  }
  for (const { name, port } of wanted) {
    const published = name === 'engine' ? String(options.port ?? port) : port;
    io.out(`${name.padEnd(nameWidth)} http://127.0.0.1:${published}`);
  }
  io.out('\nCtrl-C stops all of it.');
  io.out(`Log in: ${await findLoginLink({ environment, signal })}`);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  io.out('Stopping.');
  const stop = await compose(['stop'], { environment, signal: new AbortController().signal });
  return stop.code === 0 ? 0 : 1;
}

/** The newest link in the engine's output: each start prints a fresh one. */
async function findLoginLink(options: Parameters<typeof compose>[1]): Promise<string> {
  const { output } = await compose(['logs', '--no-log-prefix', 'engine'], options);
  return findLink(output) ?? 'the link is in the output of docker compose logs engine';
}

export function findLink(output: string): string | undefined {
  return output.match(/https?:\/\/[^\s"]+\/login#[\w-]+/g)?.at(-1);
}
