import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { GoBuild, Part } from './part.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './runProgram.ts';

const progressEveryMs = 15_000;

export interface BuildRequest {
  readonly part: Part;
  readonly build: GoBuild;
  /** Where the programs end up; it exists afterwards only when all went well. */
  readonly folder: string;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Whether there is a Go toolchain to build with. */
export async function hasGo(): Promise<boolean> {
  const { code } = await runProgram('go', ['version'], { timeoutMs: 10_000 });
  return code === 0;
}

/** The arguments of `go` that build a part into `folder`. */
export function getBuildArgs(build: GoBuild, folder: string): string[] {
  return [
    'build',
    '-trimpath',
    '-buildvcs=false',
    `-tags=${build.tags.join(',')}`,
    `-ldflags=-s -w ${build.variables.map((variable) => `-X ${variable}`).join(' ')}`,
    '-o',
    folder + path.sep,
    ...build.packages,
  ];
}

/**
 * Builds a part's programs from its Go module and puts them into the cache in one step.
 *
 * @throws Error with the end of what the compiler said
 */
export async function buildPart({ part, build, folder, report, signal }: BuildRequest): Promise<void> {
  const draft = `${folder}.${process.pid}.new`;
  await mkdir(draft, { recursive: true });
  const started = Date.now();
  report(`building ${part.name} ${part.version} from its Go module, once; about ${build.minutes} minutes`);
  const progress = setInterval(() => {
    report(`building ${part.name}: ${formatElapsed(Date.now() - started)} of about ${build.minutes} minutes`);
  }, progressEveryMs);
  try {
    const { code, output } = await runProgram('go', getBuildArgs(build, draft), {
      cwd: path.join(repositoryRoot, 'stack', 'tools', build.module),
      environment: { CGO_ENABLED: '0', GOWORK: 'off' },
      niceness: 10,
      signal,
    });
    if (code !== 0) {
      throw new Error(signal.aborted ? 'the build was stopped' : `go build failed: ${getLastLines(output)}`);
    }
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    clearInterval(progress);
    await rm(draft, { recursive: true, force: true });
  }
}

function formatElapsed(elapsedMs: number): string {
  const seconds = Math.round(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s`;
}

function getLastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' / ');
}
