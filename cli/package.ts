import { stat } from 'node:fs/promises';
import { buildAsset } from '../stack/assets.ts';
import { hasGo } from '../stack/build.ts';
import { getMessage } from '../stack/errors.ts';
import { repositoryRoot } from '../stack/paths.ts';
import { buildRelay } from '../stack/relay.ts';
import { abortOnEnd } from './abortOnEnd.ts';
import type { Io } from './io.ts';
import { makePackage, PackageError, type PackageRequest } from './makePackage.ts';
import { packageHelp, parsePackageOptions, type PackageOptions } from './packageOptions.ts';

export const summary = 'Make the archive of the Grafana app: its bundle, and its relay for each system';

type Slow = Pick<PackageRequest, 'root' | 'hasGo' | 'buildBundle' | 'buildRelay'>;

/** @param given replaces what takes long */
export async function run(argv: readonly string[], io: Io, given: Partial<Slow> = {}): Promise<number> {
  const options = parsePackageOptions(argv);
  if (options.help) {
    io.out(packageHelp);
    return 0;
  }
  return make(options, io, given);
}

async function make(options: PackageOptions, io: Io, given: Partial<Slow>): Promise<number> {
  const end = new AbortController();
  const { signal } = end;
  const release = abortOnEnd(end);
  const report = (line: string): void => io.out(`  … ${line}`);
  try {
    const file = await makePackage({
      ...{ root: repositoryRoot, out: options.out, platforms: options.platforms, report, hasGo },
      buildBundle: () => buildAsset('releasedBundle', { report, signal }),
      buildRelay: (target, plugin) => buildRelay(target, { plugin, signal }),
      ...given,
    });
    const { size } = await stat(file);
    io.out(`${file} (${(size / 1e6).toFixed(1)} MB), with its .sha1 and .sha256 beside it.`);
    return 0;
  } catch (error) {
    const problems = error instanceof PackageError ? error.problems : [getMessage(error)];
    io.error(['No archive was made:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    return 1;
  } finally {
    release();
  }
}
