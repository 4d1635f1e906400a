import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { configDir } from './paths.ts';

/** How the names in `stack/config/prometheus.yml` are found on this machine. */
export interface Places {
  /** By name and port as in the file: `engine:8686` → `127.0.0.1:8686`. */
  readonly addresses: ReadonlyMap<string, string>;
  /** By path as in the file: `/etc/prometheus/rules` → a folder here. */
  readonly files: ReadonlyMap<string, string>;
  /** Jobs to leave out, because what they scrape is not started. */
  readonly withoutJobs: readonly string[];
}

const addressPattern = /\b(?:engine|demo|prometheus|loki|tempo|grafana):\d+\b/g;
const pathPattern = /\/etc\/[\w/]+/g;

const prometheusSchema = z.looseObject({ scrape_configs: z.array(z.looseObject({ job_name: z.string() })) });

/**
 * Puts the places of this machine into a Prometheus configuration.
 *
 * @throws Error that names the address or path for which there is no place
 */
export function renderPrometheus(template: string, places: Places): string {
  const config = prometheusSchema.parse(parse(template));
  const kept = config.scrape_configs.filter((job) => !places.withoutJobs.includes(job.job_name));
  return stringify({ ...config, scrape_configs: kept })
    .replace(addressPattern, (name) => getPlace(places.addresses, name))
    .replace(pathPattern, (file) => placeFile(places.files, file));
}

function placeFile(files: ReadonlyMap<string, string>, file: string): string {
  const prefix = [...files.keys()].find((key) => file === key || file.startsWith(`${key}/`));
  return prefix === undefined ? getPlace(files, file) : getPlace(files, prefix) + file.slice(prefix.length);
}

function getPlace(places: ReadonlyMap<string, string>, name: string): string {
  const place = places.get(name);
  if (place === undefined) {
    throw new Error(`prometheus.yml names ${name}: expected one of ${[...places.keys()].join(', ')}.`);
  }
  return place;
}

/** The Prometheus configuration of Docker Compose without some of its jobs; all places stay as they are. */
export async function leaveOutJobs(withoutJobs: readonly string[]): Promise<string> {
  const template = await readFile(path.join(configDir, 'prometheus.yml'), 'utf8');
  const same = (pattern: RegExp): Map<string, string> =>
    new Map([...template.matchAll(pattern)].map(([text]) => [text, text]));
  return renderPrometheus(template, { addresses: same(addressPattern), files: same(pathPattern), withoutJobs });
}

/** Writes `prometheus.yml` and its rules into `folder`. */
export async function writePrometheusConfig(
  folder: string,
  places: Omit<Places, 'files'>,
  secretsDir: string
): Promise<void> {
  const rules = path.join(folder, 'rules');
  const files = new Map([
    ['/etc/prometheus/rules', rules],
    ['/etc/pharos/secrets', secretsDir],
  ]);
  const template = await readFile(path.join(configDir, 'prometheus.yml'), 'utf8');
  const text = renderPrometheus(template, { ...places, files });
  await mkdir(folder, { recursive: true });
  await cp(path.join(configDir, 'rules'), rules, { recursive: true });
  await writeFile(path.join(folder, 'prometheus.yml'), text);
}
