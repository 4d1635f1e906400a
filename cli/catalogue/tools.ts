import { z } from 'zod';

const WEBPACK = '.config/webpack/webpack.config.ts';

/** Files that say how the plugin is built, by their name below the root. */
export const TOOL_FILES = [WEBPACK, 'Magefile.go', 'go.mod', 'package.json'] as const;

const packageJson = z.object({ version: z.string(), scripts: z.record(z.string(), z.string()).default({}) });

/**
 * @param files texts of `TOOL_FILES`; one that is not there is absent
 * @returns sentences on what the catalogue's reviewers refuse in how it is built
 */
export function findToolProblems(files: ReadonlyMap<string, string>): readonly string[] {
  return [...findPackageProblems(files.get('package.json')), ...findBuildProblems(files)];
}

function findBuildProblems(files: ReadonlyMap<string, string>): string[] {
  const has = (name: string, text: string): boolean => files.get(name)?.includes(text) === true;
  return [
    ...(has(WEBPACK, '@grafana/create-plugin')
      ? []
      : [`${WEBPACK} is not that of @grafana/create-plugin. (buildtools)`]),
    ...(!files.has('go.mod') || has('Magefile.go', 'grafana-plugin-sdk-go/build')
      ? []
      : ['Magefile.go does not build by grafana-plugin-sdk-go/build. (buildtools)']),
  ];
}

function findPackageProblems(text: string | undefined): string[] {
  const parsed = packageJson.safeParse(readJson(text));
  if (!parsed.success) {
    return ['package.json cannot be read, or has no version. (packagejson)'];
  }
  return Object.entries(parsed.data.scripts)
    .filter(([, script]) => script.includes('grafana-toolkit'))
    .map(([name]) => `The script "${name}" of package.json calls grafana-toolkit, which is no more. (legacybuilder)`);
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
