import type { PluginFile, PluginFolder } from './pluginFolder.ts';

/** ELF for x86-64. */
export const LINUX_PROGRAM = '7f454c4602010100000000000000000003003e00';

export const file = (content: string | Buffer, mode = 0o644): PluginFile => {
  const head = Buffer.from(content);
  return { head, size: head.length, mode };
};

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';
const README = `# Beacon\n\n![Overview](img/shot.png)\n\n${'It looks after services and says what hurts. '.repeat(12)}`;

interface Fields {
  readonly [field: string]: unknown;
}

const info = {
  description: 'Says which services hurt.',
  keywords: ['alerting'],
  author: { name: 'Beacon' },
  logos: { small: 'img/logo.svg', large: 'img/logo.svg' },
  links: [{ name: 'Project', url: 'https://example.org/beacon' }],
  screenshots: [],
  version: '1.2.3',
  updated: '2026-01-31',
};

/** A plugin.json as it should be, but for what is given. */
export const manifest = (fields: Fields = {}, inInfo: Fields = {}): string =>
  JSON.stringify({
    type: 'app',
    id: 'acme-beacon-app',
    name: 'Beacon',
    dependencies: { grafanaDependency: '>=12.4.0' },
    includes: [
      { type: 'page', name: 'Overview', path: '/a/acme-beacon-app/overview' },
      { type: 'datasource', name: 'Beacon', path: 'datasource/plugin.json' },
    ],
    ...fields,
    info: { ...info, screenshots: [{ name: 'Overview', path: 'img/shot.png' }], ...inInfo },
  });

export const nested = (fields: Fields = {}, inInfo: Fields = {}): string =>
  JSON.stringify({
    type: 'datasource',
    id: 'acme-beacon-datasource',
    name: 'Beacon',
    backend: true,
    alerting: true,
    executable: 'gpx_beacon',
    dependencies: { grafanaDependency: '>=12.4.0' },
    ...fields,
    info: { ...info, ...inInfo },
  });

const PNG = Buffer.from('89504e470d0a1a0a00', 'hex');

const built: Readonly<Record<string, PluginFile>> = {
  'plugin.json': file(manifest()),
  'module.js': file('define([])'),
  'module.js.map': file('{}'),
  'README.md': file(README),
  'CHANGELOG.md': file('# Changelog\n\n## 1.2.3\n\n- It begins.\n'),
  LICENSE: file('                Apache License\n           Version 2.0, January 2004\n'),
  'img/logo.svg': file(SVG),
  'img/shot.png': file(PNG),
  'datasource/plugin.json': file(nested()),
  'datasource/module.js': file('define([])'),
  'datasource/module.js.map': file('{}'),
  'datasource/img/logo.svg': file(SVG),
  'datasource/gpx_beacon_linux_amd64': file(Buffer.from(LINUX_PROGRAM, 'hex'), 0o755),
};

/** An app with a data source that passes every check, but for the files that are given; undefined takes one away. */
export function makePlugin(changes: Readonly<Record<string, PluginFile | undefined>> = {}): PluginFolder {
  const files = Object.entries({ ...built, ...changes });
  return new Map(files.flatMap(([name, content]) => (content === undefined ? [] : [[name, content] as const])));
}
