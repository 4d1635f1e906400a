import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../stack/makeFolder.ts';
import type { RelayTarget } from '../stack/relay.ts';
import { findArchiveProblems, readArchive } from './catalogue/archive.ts';
import { findCatalogueProblems } from './catalogue/checks.ts';
import { findForbiddenCode } from './catalogue/codeRules.ts';
import { readPluginFolder } from './catalogue/pluginFolder.ts';
import { readCode, readPluginSources, readTools } from './catalogue/readSources.ts';
import { findToolProblems } from './catalogue/tools.ts';
import { writePluginArchive } from './pluginArchive.ts';

export interface PackageRequest {
  /** Folder of the project. */
  readonly root: string;
  readonly out: string;
  readonly platforms: readonly RelayTarget[];
  readonly report: (line: string) => void;
  readonly hasGo: () => Promise<boolean>;
  /** Builds the app into `dist`; gives undefined, or why it could not. */
  readonly buildBundle: () => Promise<string | undefined>;
  /** @throws Error with the reason */
  readonly buildRelay: (target: RelayTarget, plugin: string) => Promise<void>;
}

/** Why there is no archive, in sentences for the person at the terminal. */
export class PackageError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const NO_GO = 'No Go toolchain was found on PATH, which builds the relay: install Go 1.26 or newer from go.dev/dl.';
/** What the catalogue demands whatever else there is. */
const CATALOGUE_PLATFORM = 'linux_amd64';

const named = z.object({ id: z.string(), info: z.object({ version: z.string() }) });
const inGo = ({ os, architecture }: RelayTarget): string => `${os}_${architecture}`;

/**
 * Builds the app with its relays and packs it. The relays are built beside the archive, not in `dist`: there `npm start`
 * looks for the one of this machine, and for no other. An archive that does not pass the checks is not left behind.
 *
 * @returns the archive's file
 * @throws PackageError with every reason that was found
 */
export async function makePackage(request: PackageRequest): Promise<string> {
  const { root, out, report } = request;
  if (!(await request.hasGo())) {
    throw new PackageError([NO_GO]);
  }
  report('checking the sources');
  const sources = { files: await readPluginSources(root), platforms: undefined };
  refuse([
    ...findToolProblems(await readTools(root)),
    ...findForbiddenCode(await readCode(root)),
    ...findCatalogueProblems(sources),
  ]);
  const failure = await request.buildBundle();
  refuse(failure === undefined ? [] : [failure]);
  await makeFolder(out);
  const plugin = await mkdtemp(path.join(out, '.unpacked-'));
  try {
    await assemble(request, plugin);
    return await pack(plugin, request);
  } finally {
    await rm(plugin, { recursive: true, force: true });
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new PackageError(problems);
  }
}

async function assemble({ root, platforms, report, buildRelay }: PackageRequest, plugin: string): Promise<void> {
  const dist = path.join(root, 'dist');
  // Of a relay that lies there nobody knows which sources it was built from.
  await cp(dist, plugin, { recursive: true, filter: (file) => !path.basename(file).startsWith('gpx_') });
  for (const target of platforms) {
    report(`building the relay for ${target.os} on ${target.architecture}`);
    await buildRelay(target, plugin);
  }
}

async function pack(plugin: string, { out, platforms, report }: PackageRequest): Promise<string> {
  report('checking the plugin as the catalogue does');
  const expected = platforms.map(inGo);
  refuse(findCatalogueProblems({ files: await readPluginFolder(plugin), platforms: expected }));
  if (!expected.includes(CATALOGUE_PLATFORM)) {
    report('note: without linux/amd64 it runs where its relays do, but the catalogue takes no such archive');
  }
  const { id, info } = named.parse(JSON.parse(await readFile(path.join(plugin, 'plugin.json'), 'utf8')));
  const file = path.join(out, `${id}-${info.version}.zip`);
  await writePluginArchive({ dist: plugin, id, file });
  const problems = findArchiveProblems(await readArchive(file), id);
  if (problems.length > 0) {
    await Promise.all([file, `${file}.sha1`, `${file}.sha256`].map((name) => rm(name, { force: true })));
  }
  refuse(problems);
  return file;
}
