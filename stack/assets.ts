import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from './paths.ts';
import { getRelayFile, linuxHere, thisMachine } from './relay.ts';
import { runProgram } from './runProgram.ts';

/** Something the project builds from its own sources when they are newer than it. */
interface Asset {
  readonly title: string;
  /** Said when the build takes long. */
  readonly takes?: string;
  /** Patterns of the files that it is made of; tests do not count. */
  readonly sources: readonly string[];
  /** What a build leaves; older than any source, it is built again. */
  readonly file: string;
  readonly args: readonly string[];
}

const relay = {
  title: 'the relay of the Grafana data source',
  takes: 'the first time about two minutes',
  sources: ['pkg/**', 'go.mod', 'go.sum', 'package.json'],
};

const bundle = {
  title: 'the Grafana app',
  sources: ['src/**'],
  file: 'dist/plugin.json',
  args: [
    'node_modules/webpack/bin/webpack.js',
    '-c',
    './webpack.config.ts',
    '--disable-interpret',
    '--env',
    'production',
  ],
};

const assets = {
  console: {
    title: 'the console',
    sources: ['src/**'],
    file: 'dist-console/index.html',
    args: ['src/console/build.ts'],
  },
  bundle,
  // What is given away owes nothing to earlier builds.
  releasedBundle: { ...bundle, args: [...bundle.args, '--no-cache'] },
  relay: { ...relay, file: getRelayFile(thisMachine), args: ['stack/relay.ts'] },
  relayInDocker: { ...relay, file: getRelayFile(linuxHere), args: ['stack/relay.ts', 'linux'] },
} as const satisfies Record<string, Asset>;

type AssetName = keyof typeof assets;

export interface AssetOptions {
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Builds the console, the Grafana app or its relay if it is missing, or older than its sources.
 *
 * @returns undefined when it is there, else why not
 */
export async function ensureAsset(name: AssetName, options: AssetOptions): Promise<string | undefined> {
  const asset: Asset = assets[name];
  return builtAt(asset) > newestSource(asset) ? undefined : buildAsset(name, options);
}

/**
 * Builds it, whatever is there.
 *
 * @returns undefined when it is there, else why not
 */
export async function buildAsset(name: AssetName, options: AssetOptions): Promise<string | undefined> {
  const asset: Asset = assets[name];
  options.report(`building ${asset.title}${asset.takes === undefined ? '' : `; ${asset.takes}`}`);
  const { code, output } = await runProgram(process.execPath, asset.args, {
    cwd: repositoryRoot,
    niceness: 5,
    signal: options.signal,
  });
  return code === 0 ? undefined : `${asset.title} could not be built: ${findReason(output)}`;
}

/** Milliseconds since the epoch; 0 when it was never built. */
const builtAt = ({ file }: Asset): number =>
  statSync(path.join(repositoryRoot, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestSource({ sources }: Asset): number {
  const files = globSync([...sources], { cwd: repositoryRoot }).filter((file) => !/[._]test\.\w+$/.test(file));
  return Math.max(...files.map((file) => statSync(path.join(repositoryRoot, file)).mtimeMs));
}

/** Tools end on summaries and versions; what went wrong stands in the first line that says so. */
function findReason(output: string): string {
  const lines = output.trim().split('\n');
  const telling = lines.find((line) => /\b(error|unable|cannot|failed)\b/i.test(line)) ?? lines.at(-1) ?? '';
  return telling.trim();
}
