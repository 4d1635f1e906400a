import { globSync, lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { missingIcons } from './eslint/grafanaMissing.ts';

const root = path.join(import.meta.dirname, '../..');

const manifest = z.object({
  id: z.string(),
  type: z.string(),
  info: z.object({ logos: z.object({ small: z.string(), large: z.string() }) }),
  dependencies: z.object({ grafanaDependency: z.string() }),
  includes: z
    .array(z.object({ type: z.string(), name: z.string(), path: z.string().optional(), icon: z.string().optional() }))
    .default([]),
});

const read = (file: string): z.output<typeof manifest> =>
  manifest.parse(JSON.parse(readFileSync(path.join(root, file), 'utf8')));

const files = globSync('src/**/plugin.json', { cwd: root }).toSorted();
const app = read('src/plugin.json');

describe('plugin.json', () => {
  it('at the root is the one in src', () => {
    expect(lstatSync(path.join(root, 'plugin.json')).isSymbolicLink()).toBe(true);
    expect(read('plugin.json')).toEqual(app);
  });

  it('offers its pages below the address of the app', () => {
    expect(app.id).toBe('pharos-observability-app');
    const pages = app.includes.filter(({ type }) => type === 'page').map((page) => [page.name, page.path]);
    expect(pages).toEqual([
      ['Overview', '/a/%PLUGIN_ID%/overview'],
      ['Alerts', '/a/%PLUGIN_ID%/alerts'],
      ['Traces', '/a/%PLUGIN_ID%/traces'],
      ['Service map', '/a/%PLUGIN_ID%/map'],
      ['Thresholds', '/a/%PLUGIN_ID%/thresholds'],
      ['Settings', '/a/%PLUGIN_ID%/settings'],
    ]);
  });

  it('lists every nested plugin, without which Grafana refuses the app', () => {
    const nested = files.filter((file) => file !== 'src/plugin.json').map((file) => path.posix.relative('src', file));
    const listed = app.includes.filter(({ type }) => type !== 'page' && type !== 'dashboard').map((item) => item.path);
    expect(listed.toSorted()).toEqual(nested);
  });

  it('brings the panel, below the app and with its name', () => {
    expect(read('src/panels/alerts/plugin.json')).toMatchObject({ id: 'pharos-alerts-panel', type: 'panel' });
    expect(app.includes.filter(({ type }) => type === 'panel')).toEqual([
      { type: 'panel', name: 'Pharos alerts', path: 'panels/alerts/plugin.json' },
      { type: 'panel', name: 'Pharos traces', path: 'panels/traces/plugin.json' },
    ]);
  });

  it('brings the data source, with a back half, without which Grafana evaluates no rule on it', () => {
    const datasource: unknown = JSON.parse(readFileSync(path.join(root, 'src/datasource/plugin.json'), 'utf8'));
    expect(datasource).toMatchObject({
      ...{ type: 'datasource', id: 'pharos-observability-datasource', backend: true, executable: 'gpx_pharos_relay' },
      ...{ metrics: true, alerting: true, annotations: true },
    });
  });

  it.each(files)('%s runs on Grafana 12.4: its icons and its version range', (file) => {
    const { includes, dependencies } = read(file);
    expect(dependencies.grafanaDependency).toBe('>=12.4.0');
    expect(includes.map(({ icon }) => icon ?? '').filter((icon) => missingIcons.has(icon))).toEqual([]);
  });

  it.each(files)('%s names logos that exist', (file) => {
    for (const logo of Object.values(read(file).info.logos)) {
      expect(readFileSync(path.join(root, path.dirname(file), logo), 'utf8')).toMatch(/^<svg [^>]*viewBox=/);
    }
  });
});
