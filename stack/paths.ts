import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

export const repositoryRoot = path.resolve(import.meta.dirname, '..');

export const configDir = path.join(repositoryRoot, 'stack', 'config');

/** Grafana's provisioning reads its dashboards from here; in Docker Compose the folder is mounted. */
export const dashboardsDir = path.join(repositoryRoot, 'dashboards');

/** Where programs that were built or fetched once are kept: `${XDG_CACHE_HOME:-~/.cache}/pharos/bin`. */
export function getProgramCache(environment: Environment): string {
  const base = environment.XDG_CACHE_HOME || path.join(environment.HOME || os.homedir(), '.cache');
  return path.join(base, 'pharos', 'bin');
}
