import path from 'node:path';
import type { RelayTarget } from '../stack/relay.ts';
import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

export interface PackageOptions {
  readonly help: boolean;
  /** Folder for the archive; absolute. */
  readonly out: string;
  readonly platforms: readonly RelayTarget[];
}

/** What Grafana itself is released for. */
const KNOWN_PLATFORMS = ['linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows/amd64'];
const DEFAULT_OUT = 'dist-package';

const options = {
  help: { type: 'boolean', short: 'h' },
  out: { type: 'string', default: DEFAULT_OUT },
  platforms: { type: 'string', default: KNOWN_PLATFORMS.join(',') },
} as const;

export const packageHelp = `Usage: npm run package -- [options]

Builds the Grafana app and the relay of its data source, checks both as Grafana's catalogue
does, and packs them into one zip archive with its SHA-1 and SHA-256 beside it.
Needs a Go toolchain; the first build for a system takes about two minutes.

  --out DIR          folder for the archive (default: ${DEFAULT_OUT})
  --platforms LIST   what Grafana runs on, separated by commas
                     (default: ${KNOWN_PLATFORMS.slice(0, 3).join(',')},
                     ${KNOWN_PLATFORMS.slice(3).join(',')})
  --help             this text`;

/** @throws UsageError that names the option and what was expected */
export function parsePackageOptions(argv: readonly string[]): PackageOptions {
  const { help = false, out, platforms } = strictOptions(argv, options).values;
  if (out === '') {
    throw new UsageError('--out is empty: expected a folder.');
  }
  return { help, out: path.resolve(out), platforms: parsePlatforms(platforms) };
}

function parsePlatforms(text: string): readonly RelayTarget[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    if (!KNOWN_PLATFORMS.includes(name)) {
      throw new UsageError(`--platforms has "${name}": expected some of ${KNOWN_PLATFORMS.join(', ')}.`);
    }
    const [os = '', architecture = ''] = name.split('/');
    return { os, architecture };
  });
}
