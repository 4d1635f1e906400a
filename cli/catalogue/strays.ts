import path from 'node:path';
import type { Check } from './check.ts';
import { PROGRAM_NAME } from './programs.ts';

const ALLOWED_NAMES = ['plugin.json', 'LICENSE', 'README.md', 'CHANGELOG.md', 'query_help.md', 'MANIFEST.txt'];
const ALLOWED_BUILDS = [/\.js$/, /\.js\.map$/, /\.LICENSE\.txt$/, /^go_plugin_build_manifest$/, PROGRAM_NAME];
const ALLOWED_IN_IMG = /\.(?:svg|png|jpg|gif|webp)$/;

/** An archive holds what Grafana loads or shows: neither sources, tests and packages, nor what an editor left. */
export const checkStrays: Check = ({ files }) =>
  [...files.keys()].filter((name) => !belongs(name)).map((name) => `${name} does not belong into the plugin.`);

function belongs(name: string): boolean {
  const base = path.posix.basename(name);
  const folders = name.split('/').slice(0, -1);
  if (folders.includes('node_modules') || folders.some((folder) => folder.startsWith('.'))) {
    return false;
  }
  return (
    ALLOWED_NAMES.includes(base) ||
    ALLOWED_BUILDS.some((pattern) => pattern.test(base)) ||
    (folders.includes('img') && ALLOWED_IN_IMG.test(base)) ||
    (['dashboards', 'locales'].some((folder) => folders.includes(folder)) && base.endsWith('.json'))
  );
}
