import { access, constants } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installArchive } from './archive.ts';
import { buildPart, hasGo } from './build.ts';
import { getMessage } from './errors.ts';
import type { Architecture, Part } from './part.ts';
import { runProgram } from './runProgram.ts';

/** Where a part's program is, or why it is nowhere. */
export type Located =
  | { readonly program: string; readonly version: string; readonly how: string }
  | { readonly program: undefined; readonly because: string };

export interface LocateOptions {
  /** Folders of PATH. */
  readonly searchPath: readonly string[];
  readonly cache: string;
  readonly architecture: Architecture | undefined;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The program's path, and its version where it is not the one we would build or fetch; or why this way leads nowhere. */
type Find = { readonly program: string; readonly version?: string } | { readonly because: string };

interface Way {
  readonly how: string;
  readonly find: (part: Part, options: LocateOptions) => Promise<Find>;
}

const ways: readonly Way[] = [
  { how: 'installed', find: findInstalled },
  { how: 'from the cache', find: findCached },
  { how: 'built from its Go module', find: build },
  { how: "from the vendor's archive", find: download },
];

/** Go's name of this machine's architecture; undefined where no vendor archive is made for it. */
export function getArchitecture(): Architecture | undefined {
  const names: Readonly<Record<string, Architecture>> = { x64: 'amd64', arm64: 'arm64' };
  return os.platform() === 'linux' ? names[os.arch()] : undefined;
}

/** Looks for a part in the order of preference, and builds or fetches it when it is not on this machine. */
export async function locate(part: Part, options: LocateOptions): Promise<Located> {
  const reasons: string[] = [];
  for (const way of ways) {
    if (options.signal.aborted) {
      return { program: undefined, because: 'the start was stopped' };
    }
    const result = await way.find(part, options);
    if ('program' in result) {
      const { program, version = part.version } = result;
      return { program, version, how: `${version}, ${way.how}` };
    }
    reasons.push(result.because);
  }
  return { program: undefined, because: `${reasons.filter(Boolean).join('; ')}. ${part.advice}` };
}

/** Whether a locate of this part would have to build or fetch it. */
export async function isAtHand(part: Part, options: LocateOptions): Promise<boolean> {
  const found = [await findInstalled(part, options), await findCached(part, options)];
  return found.some((result) => 'program' in result);
}

async function findInstalled(part: Part, { searchPath }: LocateOptions): Promise<Find> {
  let because = 'not installed';
  for (const folder of [...searchPath, ...part.usualPlaces]) {
    if (await hasPrograms(folder, part)) {
      const program = path.join(folder, part.programs[0]);
      const found = await checkVersion(program, part);
      if ('program' in found) {
        return found;
      }
      because = found.because;
    }
  }
  return { because };
}

async function findCached(part: Part, { cache }: LocateOptions): Promise<Find> {
  const folder = getCacheFolder(part, cache);
  for (const candidate of [folder, path.join(folder, 'bin')]) {
    if (await hasPrograms(candidate, part)) {
      return { program: path.join(candidate, part.programs[0]) };
    }
  }
  return { because: '' };
}

async function build(part: Part, options: LocateOptions): Promise<Find> {
  if (part.goBuild === undefined) {
    return { because: '' };
  }
  if (!(await hasGo())) {
    return { because: 'no Go toolchain to build it with' };
  }
  try {
    const folder = getCacheFolder(part, options.cache);
    await buildPart({ part, build: part.goBuild, folder, report: options.report, signal: options.signal });
  } catch (error) {
    return { because: getMessage(error) };
  }
  return findCached(part, options);
}

async function download(part: Part, options: LocateOptions): Promise<Find> {
  if (options.architecture === undefined) {
    return { because: `no archive is published for ${os.platform()} on ${os.arch()}` };
  }
  const folder = getCacheFolder(part, options.cache);
  const archive = part.archive(options.architecture);
  options.report(`fetching ${part.name} ${part.version} from ${new URL(archive.url).host}`);
  try {
    const { architecture, signal } = options;
    await installArchive({ archive, architecture, programs: part.programs, folder, signal });
  } catch (error) {
    return { because: getMessage(error).replace(/\.$/, '') };
  }
  const found = await findCached(part, options);
  return 'program' in found ? found : { because: `${archive.url} holds no ${part.programs.join(' and ')}` };
}

function getCacheFolder(part: Part, cache: string): string {
  return path.join(cache, `${part.name}-${part.version}`);
}

async function hasPrograms(folder: string, part: Part): Promise<boolean> {
  try {
    await Promise.all(part.programs.map((program) => access(path.join(folder, program), constants.X_OK)));
    return true;
  } catch {
    return false;
  }
}

/** One that does not say its version is tried. */
async function checkVersion(program: string, part: Part): Promise<Find> {
  const { code, output } = await runProgram(program, ['--version'], { timeoutMs: 20_000 });
  if (code !== 0) {
    return { because: `${program} does not start` };
  }
  const match = /version:?\s+v?((\d+)\.\d+[^\s,]*)/i.exec(output);
  const version = match?.[1] ?? 'unknown version';
  return match === null || part.majors.includes(Number(match[2]))
    ? { program, version }
    : { because: `${program} is version ${version}, expected ${part.majors.join(' or ')}` };
}
