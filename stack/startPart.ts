import { mkdir, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { backfill, isFirstStart } from './backfill.ts';
import { getMessage } from './errors.ts';
import { writeGrafanaProvisioning } from './grafanaProvisioning.ts';
import { waitHealthy } from './health.ts';
import { locate, type Located, type LocateOptions } from './locate.ts';
import type { Part } from './part.ts';
import { repositoryRoot } from './paths.ts';
import type { Plan } from './plan.ts';
import { writePrometheusConfig } from './render.ts';
import type { Supervisor } from './supervise.ts';

const healthyWithinMs = 120_000;
const pluginId = 'pharos-observability-app';

/** What all parts of one start share. */
export interface Session {
  readonly dataDir: string;
  readonly plan: Plan;
  readonly secrets: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly supervisor: Supervisor;
  readonly locate: LocateOptions;
  /** Makes the Grafana app where it was not built yet; gives the reason when it cannot be. */
  readonly buildBundle: () => Promise<string | undefined>;
  /** The same for the back half of its data source. */
  readonly buildRelay: () => Promise<string | undefined>;
  /** The demo's past in OpenMetrics; undefined when the demo is not started. */
  readonly history: (() => Iterable<string>) | undefined;
}

export type PartResult =
  | { readonly state: 'up'; readonly address: string; readonly how: string; readonly notes: readonly string[] }
  | { readonly state: 'absent'; readonly because: string };

/** Finds, prepares and starts one part, and waits until it is healthy. What goes wrong is in the result. */
export async function startPart(part: Part, session: Session): Promise<PartResult> {
  try {
    const located = await locate(part, session.locate);
    if (located.program === undefined) {
      return { state: 'absent', because: located.because };
    }
    const notes = await prepare(part, located.program, session);
    return await launch(part, located, { session, notes });
  } catch (error) {
    return { state: 'absent', because: getMessage(error) };
  }
}

interface Prepared {
  readonly session: Session;
  readonly notes: readonly string[];
}

async function launch(
  part: Part,
  found: Extract<Located, { version: string }>,
  { session, notes }: Prepared
): Promise<PartResult> {
  const ports = session.plan.ports.get(part.name) ?? part.ports;
  const { args, environment } = part.launch({
    program: found.program,
    version: found.version,
    dataDir: getDataDir(part, session),
    renderedDir: getRenderedDir(session),
    provisioningDir: path.join(getRenderedDir(session), 'provisioning'),
    pluginsDir: path.join(getDataDir(part, session), 'plugins'),
    ports,
    addresses: session.plan.addresses,
    secrets: session.secrets,
    environment: session.environment,
  });
  const { supervisor } = session;
  const child = await supervisor.start({ name: part.name, program: found.program, args, environment });
  const address = `http://127.0.0.1:${ports.http}`;
  const health = await waitHealthy(child, {
    url: address + part.healthPath,
    deadlineMs: healthyWithinMs,
    signal: session.locate.signal,
  });
  if (!health.healthy) {
    await supervisor.stop(part.name);
    return { state: 'absent', because: health.because };
  }
  return { state: 'up', address, how: found.how, notes };
}

/** @returns what a person should know besides */
async function prepare(part: Part, program: string, session: Session): Promise<string[]> {
  const dataDir = getDataDir(part, session);
  await mkdir(dataDir, { recursive: true });
  switch (part.name) {
    case 'prometheus':
      return preparePrometheus(program, session);
    case 'grafana':
      return prepareGrafana(dataDir, session);
    default:
      return [];
  }
}

async function preparePrometheus(program: string, session: Session): Promise<string[]> {
  const withoutJobs = session.history === undefined ? ['demo'] : [];
  const places = { addresses: session.plan.addresses, withoutJobs };
  await writePrometheusConfig(getRenderedDir(session), places, path.join(session.dataDir, 'secrets'));
  const dataDir = path.join(session.dataDir, 'prometheus');
  if (session.history === undefined || !(await isFirstStart(dataDir))) {
    return [];
  }
  const promtool = path.join(path.dirname(program), 'promtool');
  try {
    await backfill({ promtool, dataDir, lines: session.history(), signal: session.locate.signal });
    return ['two hours of generated demo history'];
  } catch (error) {
    return [`no demo history: ${getMessage(error)}`];
  }
}

async function prepareGrafana(dataDir: string, session: Session): Promise<string[]> {
  const noApp = (await session.buildBundle()) ?? (hasBundle() ? undefined : 'dist/plugin.json is missing');
  const plugins = path.join(dataDir, 'plugins');
  await rm(plugins, { recursive: true, force: true });
  await mkdir(plugins, { recursive: true });
  const provisioning = path.join(getRenderedDir(session), 'provisioning');
  if (noApp !== undefined) {
    await writeGrafanaProvisioning(provisioning, { app: false, dataSource: false });
    return [`without the Pharos app: ${noApp}`];
  }
  await symlink(path.join(repositoryRoot, 'dist'), path.join(plugins, pluginId));
  // After the bundle, whose build tidies up the folder.
  const noRelay = await session.buildRelay();
  await writeGrafanaProvisioning(provisioning, { app: true, dataSource: noRelay === undefined });
  return noRelay === undefined ? [] : [`without the Pharos data source: ${noRelay}`];
}

const hasBundle = (): boolean => existsSync(path.join(repositoryRoot, 'dist', 'plugin.json'));

function getDataDir(part: Part, session: Session): string {
  return path.join(session.dataDir, part.name);
}

function getRenderedDir(session: Session): string {
  return path.join(session.dataDir, 'config');
}
