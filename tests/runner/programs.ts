import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { grafana } from '../../stack/grafana.ts';

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first of these names that PATH holds, as a full path. */
export function findOnPath(names: readonly string[], searchPath = process.env['PATH'] ?? ''): string | null {
  const folders = searchPath.split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable) ?? null;
}

/** A Chromium that the machine has: `CHROMIUM_PATH`, else one of the usual names. Null leaves it to Playwright's own. */
export function findChromium(): string | null {
  return (
    process.env['CHROMIUM_PATH'] ||
    findOnPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])
  );
}

/**
 * The Grafana that `npm start` would take of this machine, with a Go toolchain beside it: without the relay, which Go builds, the app in it
 * reaches no engine. One that runs already is no use, as the bundle, its settings and its people have to be put into it.
 */
export function findGrafana(searchPath = process.env['PATH'] ?? ''): string | null {
  const places = [searchPath, ...grafana.usualPlaces].join(path.delimiter);
  return findOnPath(['go'], searchPath) === null ? null : findOnPath(grafana.programs, places);
}

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Folder with initdb and postgres: of PATH, or the newest of Debian's, which are not on PATH. */
export function findPostgres(): string | null {
  const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
  const debian = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN_POSTGRES, version, 'bin'));
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const hasServer = (folder: string): boolean =>
    ['initdb', 'postgres'].every((name) => isExecutable(path.join(folder, name)));
  return [...debian, ...onPath].find(hasServer) ?? null;
}
