import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hasGo } from './build.ts';
import { getMessage } from './errors.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './runProgram.ts';

/** What a relay runs on, in Go's words (GOOS and GOARCH): `linux` and `amd64`. */
export interface RelayTarget {
  readonly os: string;
  readonly architecture: string;
}

/** Node's names that Go does not share. */
const GO_NAMES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', win32: 'windows' };
const goName = (name: string): string => GO_NAMES[name] ?? name;

export const thisMachine: RelayTarget = { os: goName(os.platform()), architecture: goName(os.arch()) };

/** Containers run Linux on this machine's architecture, whatever the machine's own system. */
export const linuxHere: RelayTarget = { ...thisMachine, os: 'linux' };

/** Where Grafana looks for it: `executable` of the manifest, system and architecture. webpack keeps files of such names. */
export function getRelayFile({ os: system, architecture }: RelayTarget, plugin = 'dist'): string {
  return `${plugin}/datasource/gpx_pharos_relay_${system}_${architecture}${system === 'windows' ? '.exe' : ''}`;
}

/** The arguments of `go` that build a relay into a file: static, without paths of this machine, with the version inside. */
export function getRelayArgs(file: string, version: string): string[] {
  const info = JSON.stringify({ pluginID: 'pharos-observability-datasource', version });
  const variable = 'github.com/grafana/grafana-plugin-sdk-go/build/buildinfo.buildInfoJSON';
  return [
    'build',
    '-trimpath',
    '-buildvcs=false',
    // Arrow's JSON by the standard library, as Grafana's own build has it: a smaller program.
    '-tags=arrow_json_stdlib',
    `-ldflags=-s -w -X '${variable}=${info}'`,
    '-o',
    file,
    './pkg',
  ];
}

interface RelayOptions {
  /** Folder of the plugin that it becomes a part of; `dist` without. */
  readonly plugin?: string;
  readonly signal?: AbortSignal;
}

/**
 * Builds the relay of the data source into `dist`, or into another folder that holds the plugin. A relay that runs keeps
 * its old file.
 *
 * @throws Error with what is missing, or with the end of what the compiler said
 */
export async function buildRelay(target: RelayTarget, { plugin, signal }: RelayOptions = {}): Promise<void> {
  if (!(await hasGo())) {
    throw new Error('No Go toolchain was found: install Go 1.26 or newer from your distribution or from go.dev/dl.');
  }
  const file = path.resolve(repositoryRoot, getRelayFile(target, plugin));
  const draft = `${file}.${process.pid}.new`;
  const { version }: { version: string } = JSON.parse(
    await readFile(path.join(repositoryRoot, 'package.json'), 'utf8')
  );
  await mkdir(path.dirname(file), { recursive: true });
  try {
    const { code, output } = await runProgram('go', getRelayArgs(draft, version), {
      cwd: repositoryRoot,
      environment: { CGO_ENABLED: '0', GOWORK: 'off', GOOS: target.os, GOARCH: target.architecture },
      ...(signal && { signal }),
    });
    if (code !== 0) {
      throw new Error(
        signal?.aborted
          ? 'The build was stopped.'
          : `go build failed: ${output.trim().split('\n').slice(-3).join(' / ')}`
      );
    }
    // Grafana runs as somebody else than who builds.
    await chmod(draft, 0o755);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** `node stack/relay.ts [OS[/ARCHITECTURE]]…`: for these, else for this machine. */
async function main(targets: readonly string[]): Promise<void> {
  for (const text of targets.length === 0 ? [thisMachine.os] : targets) {
    const [system = thisMachine.os, architecture = thisMachine.architecture] = text.split('/');
    const target = { os: system, architecture };
    await buildRelay(target);
    console.log(`relay built into ${getRelayFile(target)}`);
  }
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(getMessage(error));
    process.exitCode = 1;
  });
}
