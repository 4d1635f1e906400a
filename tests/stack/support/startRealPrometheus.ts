import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { prometheus } from '../../../stack/prometheus.ts';
import { startProgram, type ChildProgram } from './childProgram.ts';
import { eventually } from './eventually.ts';
import { findProgram } from './findProgram.ts';
import { freePort } from './freePort.ts';

export interface StartedPrometheus {
  readonly url: string;
  readonly port: number;
  pid(): number;
  /** SIGSTOP: it still takes connections, and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** On the same port with the same data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

export interface PrometheusOptions {
  readonly targets: readonly string[];
  /** Prometheus durations. */
  readonly scrapeInterval?: string;
  readonly evaluationInterval?: string;
  /** Further top-level keys of the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Groups of a rule file. */
  readonly ruleGroups?: readonly unknown[];
  readonly flags?: readonly string[];
}

/** A Prometheus of its own for one test, found or built as `npm start` does it. */
export async function startRealPrometheus(options: PrometheusOptions): Promise<StartedPrometheus> {
  const { program } = await findProgram(prometheus);
  const folder = mkdtempSync(path.join(tmpdir(), 'pharos-prometheus-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeConfig(folder, options);
  let child: ChildProgram | undefined;
  const instance: StartedPrometheus = {
    ...{ url, port },
    pid: () => child?.pid ?? 0,
    freeze: () => child?.signal('SIGSTOP'),
    thaw: () => child?.signal('SIGCONT'),
    kill: async () => child?.end('SIGKILL'),
    async start() {
      const started = startProgram({
        program,
        args: [
          `--config.file=${path.join(folder, 'prometheus.yml')}`,
          `--storage.tsdb.path=${path.join(folder, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--log.level=warn',
          ...(options.flags ?? []),
        ],
      });
      child = started;
      await eventually('Prometheus is ready', 30_000, async () => {
        if (started.hasEnded()) {
          throw new Error(`Prometheus has ended: ${started.output()}`);
        }
        const response = await fetch(`${url}/-/ready`).catch(() => undefined);
        return response?.ok === true ? true : undefined;
      });
    },
    async dispose() {
      await child?.end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await instance.start();
  return instance;
}

function writeConfig(folder: string, options: PrometheusOptions): void {
  const { targets, scrapeInterval = '5s', evaluationInterval = '5s', config = {}, ruleGroups } = options;
  const rules = path.join(folder, 'rules.yml');
  if (ruleGroups !== undefined) {
    writeFileSync(rules, stringify({ groups: ruleGroups }));
  }
  const document = {
    global: {
      scrape_interval: scrapeInterval,
      scrape_timeout: scrapeInterval,
      evaluation_interval: evaluationInterval,
    },
    scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [...targets] }] }],
    ...(ruleGroups === undefined ? {} : { rule_files: [rules] }),
    ...config,
  };
  writeFileSync(path.join(folder, 'prometheus.yml'), stringify(document));
}
