import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './runProgram.ts';

/** Something the project builds from its own sources when they are newer than it. */
interface Asset {
  readonly title: string;
  /** What a build leaves; older than any source, it is built again. */
  readonly file: string;
  readonly args: readonly string[];
}

const assets = {
  console: {
    title: 'the console',
    file: 'dist-console/index.html',
    args: ['src/console/build.ts'],
  },
  bundle: {
    title: 'the Grafana app',
    file: 'dist/plugin.json',
    args: [
      'node_modules/webpack/bin/webpack.js',
      '-c',
      './webpack.config.ts',
      '--disable-interpret',
      '--env',
      'production',
    ],
  },
} as const satisfies Record<string, Asset>;

export interface AssetOptions {
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Builds the console or the Grafana app if it is missing, or older than its sources.
 *
 * @returns undefined when it is there, else why not
 */
export async function ensureAsset(name: keyof typeof assets, options: AssetOptions): Promise<string | undefined> {
  const asset = assets[name];
  if (builtAt(asset) > newestSource()) {
    return undefined;
  }
  options.report(`building ${asset.title}`);
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

function newestSource(): number {
  const folder = path.join(repositoryRoot, 'src');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'));
  return Math.max(...files.map((file) => statSync(path.join(file.parentPath, file.name)).mtimeMs));
}

/** Tools end on summaries and versions; what went wrong stands in the first line that says so. */
function findReason(output: string): string {
  const lines = output.trim().split('\n');
  const telling = lines.find((line) => /\b(error|unable|cannot|failed)\b/i.test(line)) ?? lines.at(-1) ?? '';
  return telling.trim();
}
