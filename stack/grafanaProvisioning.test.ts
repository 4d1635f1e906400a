import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeGrafanaProvisioning } from './grafanaProvisioning.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-provisioning-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('writeGrafanaProvisioning', () => {
  it.each([
    [{ app: true, dataSource: true }, ['apps.yaml'], true],
    [{ app: true, dataSource: false }, ['apps.yaml'], false],
    [{ app: false, dataSource: false }, [], false],
  ])('with %j has only what works with that, and every folder', async (has, plugins, rules) => {
    await writeGrafanaProvisioning(folder, { app: true, dataSource: true });
    await writeGrafanaProvisioning(folder, has);
    expect(await readdir(path.join(folder, 'plugins'))).toEqual(plugins);
    expect((await readdir(path.join(folder, 'alerting'))).includes('rules.yaml')).toBe(rules);
    expect((await readdir(folder)).toSorted()).toEqual(['alerting', 'dashboards', 'datasources', 'plugins']);
  });
});
