import type { Check } from './check.ts';
import { checkChangelog, checkLicense } from './documents.ts';
import { checkIds } from './ids.ts';
import { checkIncludes } from './includes.ts';
import { readPlugins } from './manifest.ts';
import { checkMetadata } from './metadata.ts';
import { checkModules } from './modules.ts';
import { checkLogos, checkScreenshots } from './pictures.ts';
import type { PluginFolder } from './pluginFolder.ts';
import { checkPrograms } from './programs.ts';
import { checkJargon, checkReadme } from './readme.ts';
import { checkReact, checkTrackers } from './scripts.ts';
import { checkStrays } from './strays.ts';

/** What needs no build to be seen. The names are those of the analyzers of Grafana's plugin-validator. */
const ofContent = {
  metadatavalid: checkMetadata,
  typesuffix: checkIds,
  includesnested: checkIncludes,
  logos: checkLogos,
  screenshots: checkScreenshots,
  readme: checkReadme,
  jargon: checkJargon,
  changelog: checkChangelog,
  license: checkLicense,
} as const satisfies Readonly<Record<string, Check>>;

const ofBuild = {
  modulejs: checkModules,
  trackingscripts: checkTrackers,
  reactcompat: checkReact,
  backendbinary: checkPrograms,
  archive: checkStrays,
} as const satisfies Readonly<Record<string, Check>>;

export interface CatalogueRequest {
  readonly files: PluginFolder;
  /** Systems that back halves must be there for, as in `linux_amd64`; undefined before anything is built. */
  readonly platforms: readonly string[] | undefined;
}

/**
 * What of Grafana's plugin-validator can be said without a network, its registry and a signature.
 *
 * @returns sentences on what the catalogue would refuse; none when all is well
 */
export function findCatalogueProblems({ files, platforms }: CatalogueRequest): readonly string[] {
  const { plugins, problems } = readPlugins(files);
  const checks = Object.entries(platforms === undefined ? ofContent : { ...ofContent, ...ofBuild });
  const subject = { files, plugins, platforms: platforms ?? [] };
  return [...problems, ...checks.flatMap(([name, check]) => check(subject).map((problem) => `${problem} (${name})`))];
}
