import path from 'node:path';
import type { Check, Subject } from './check.ts';
import type { Plugin } from './manifest.ts';
import type { PluginFile } from './pluginFolder.ts';

const PROGRAM = 0o755;
export const PROGRAM_NAME = /^gpx_\w+?_(linux|darwin|windows|freebsd)_(amd64|arm64|arm|386)(\.exe)?$/;

/** How a program of each system begins, and where its header says what it runs on. ELF: e_machine; Mach-O: cputype. */
const FORMATS: Readonly<
  Record<string, { readonly magic: string; readonly machines: Readonly<Record<string, string>> }>
> = {
  linux: { magic: '7f454c46', machines: { amd64: '3e00', arm64: 'b700' } },
  darwin: { magic: 'cffaedfe', machines: { amd64: '07000001', arm64: '0c000001' } },
  windows: { magic: '4d5a', machines: {} },
};
const MACHINE_AT: Readonly<Record<string, number>> = { linux: 18, darwin: 4 };

/** Back halves are there for each system asked for, in the folder of their plugin, and nothing else is a program. */
export const checkPrograms: Check = (subject) => [
  ...subject.plugins.flatMap((plugin) => (plugin.manifest.backend ? missing(subject, plugin) : undeclared(plugin))),
  ...[...subject.files]
    .filter(([name]) => path.posix.basename(name).startsWith('gpx_'))
    .flatMap(([name, file]) => problemsOf(subject.plugins, name, file)),
];

function missing({ files, platforms }: Subject, { folder, manifest: { executable } }: Plugin): string[] {
  if (executable === undefined) {
    return [`${folder}plugin.json has a back half but names no executable.`];
  }
  return platforms
    .map((platform) => `${folder}${executable}_${platform}${platform.startsWith('windows') ? '.exe' : ''}`)
    .filter((name) => !files.has(name))
    .map((name) => `There is no ${name}, which ${folder}plugin.json needs.`);
}

/** Rules are evaluated by Grafana's server, which has only back halves. */
const undeclared = ({ folder, manifest: { alerting, executable } }: Plugin): string[] => [
  ...(alerting ? [`${folder}plugin.json is for alerting, but has no back half.`] : []),
  ...(executable === undefined ? [] : [`${folder}plugin.json names an executable, but says no backend.`]),
];

function problemsOf(plugins: readonly Plugin[], name: string, { mode, head }: PluginFile): string[] {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const base = path.posix.basename(name);
  const [, system = '', architecture = '', extension] = PROGRAM_NAME.exec(base) ?? [];
  const owner = plugins.find((plugin) => plugin.folder === folder)?.manifest.executable;
  return [
    (system === '' || (system === 'windows') !== (extension === '.exe')) &&
      `${name} is not named as Grafana looks for it: executable, system and architecture, as in gpx_x_linux_amd64.`,
    (owner === undefined || !base.startsWith(`${owner}_`)) && `${name} belongs to no plugin.json beside it.`,
    mode !== PROGRAM && `${name} has the permissions ${mode.toString(8)}: expected 755, so that Grafana can start it.`,
    !runsOn(head, system, architecture) && `${name} is no program for ${system} on ${architecture}.`,
  ].filter((problem) => problem !== false);
}

function runsOn(head: Buffer, system: string, architecture: string): boolean {
  const format = FORMATS[system];
  if (format === undefined) {
    return true;
  }
  const machine = format.machines[architecture] ?? '';
  const begin = MACHINE_AT[system] ?? 0;
  const found = head.subarray(begin, begin + machine.length / 2).toString('hex');
  return head.toString('hex', 0, format.magic.length / 2) === format.magic && found === machine;
}
