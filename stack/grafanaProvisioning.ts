import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from './paths.ts';

/** Which plugins of ours Grafana will have. */
export interface OwnPlugins {
  readonly app: boolean;
  readonly dataSource: boolean;
}

const kinds = ['alerting', 'dashboards', 'datasources', 'plugins'];

/**
 * Puts Grafana's provisioning into `folder`, without what needs a plugin that is not there: Grafana refuses to start when it is to enable
 * an app that it has not, and a rule that asks a missing data source is an alert from the first minute on.
 */
export async function writeGrafanaProvisioning(folder: string, has: OwnPlugins): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await cp(path.join(repositoryRoot, 'provisioning'), folder, { recursive: true });
  if (!has.app) {
    await rm(path.join(folder, 'plugins'), { recursive: true, force: true });
  }
  if (!has.dataSource) {
    await rm(path.join(folder, 'alerting', 'rules.yaml'), { force: true });
  }
  // Grafana logs an error for each kind of provisioning that has no folder.
  await Promise.all(kinds.map((kind) => mkdir(path.join(folder, kind), { recursive: true })));
}
