import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface RealPrometheus {
  readonly url: string;
  /** Ends the process and starts it again on the same port with the same data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGSTOP and SIGCONT: connections are taken and nothing answers. */
  freeze(frozen: boolean): void;
  dispose(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves when it holds; throws after the deadline. */
export async function eventually<T>(what: string, holds: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = await holds();
    if (found !== undefined) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited 30 s in vain: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A Prometheus of PATH that scrapes the given targets every second. */
export async function startPrometheus(
  targets: ReadonlyArray<{ readonly address: string; readonly labels: Readonly<Record<string, string>> }>
): Promise<RealPrometheus> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-prometheus-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = path.join(folder, 'prometheus.yml');
  await writeFile(
    config,
    JSON.stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [
        {
          job_name: 'demo',
          honor_labels: true,
          static_configs: targets.map(({ address, labels }) => ({ targets: [address], labels })),
        },
      ],
    })
  );
  let child: ChildProcess | undefined;
  const prometheus: RealPrometheus = {
    url,
    async start() {
      child = spawn(
        'prometheus',
        [
          `--config.file=${config}`,
          `--storage.tsdb.path=${path.join(folder, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--log.level=error',
        ],
        { stdio: 'ignore' }
      );
      await eventually('Prometheus is ready', async () => {
        const response = await fetch(`${url}/-/ready`).catch(() => undefined);
        return response?.ok === true ? true : undefined;
      });
    },
    async kill() {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit');
        child.kill('SIGKILL');
        await exit;
      }
    },
    freeze: (frozen) => void child?.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
    async dispose() {
      await prometheus.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await prometheus.start();
  return prometheus;
}
