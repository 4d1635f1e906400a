import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readPluginFolder, type PluginFolder } from './pluginFolder.ts';
import { TOOL_FILES } from './tools.ts';

/** What the build writes for them is known only then; here they are something valid. */
const PLACEHOLDERS: ReadonlyArray<readonly [RegExp, string]> = [
  [/%VERSION%/g, '0.0.0'],
  [/%TODAY%/g, '2000-01-01'],
];
const WITH_PLACEHOLDERS = /(?:^|\/)(?:plugin\.json|README\.md)$/;

/** The plugin as it lies in the repository: `src` without what is compiled, and what the build puts beside it. */
export async function readPluginSources(root: string): Promise<PluginFolder> {
  const src = await readPluginFolder(path.join(root, 'src'));
  const top = await readPluginFolder(root, ['LICENSE', 'CHANGELOG.md']);
  const id = /"id"\s*:\s*"([^"]+)"/.exec(src.get('plugin.json')?.head.toString('utf8') ?? '')?.[1] ?? '';
  const fill = (text: string): string =>
    [...PLACEHOLDERS, [/%PLUGIN_ID%/g, id] as const].reduce(
      (filled, [mark, value]) => filled.replaceAll(mark, value),
      text
    );
  return new Map(
    [...src, ...top]
      .filter(([name]) => !/\.tsx?$/.test(name))
      .map(([name, file]) =>
        WITH_PLACEHOLDERS.test(name)
          ? [name, { ...file, head: Buffer.from(fill(file.head.toString('utf8'))) }]
          : [name, file]
      )
  );
}

/** What says how the plugin is built, by its name below the root. */
export async function readTools(root: string): Promise<ReadonlyMap<string, string>> {
  const names = TOOL_FILES.filter((name) => existsSync(path.join(root, name)));
  return readTexts(root, names);
}

/** Our code that ends up in the plugin, by its name below the root. */
export async function readCode(root: string): Promise<ReadonlyMap<string, string>> {
  const names = globSync(['src/**/*.ts', 'src/**/*.tsx', 'pkg/**/*.go'], { cwd: root }).toSorted();
  return readTexts(root, names);
}

async function readTexts(root: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = names.map(async (name) => [name, await readFile(path.join(root, name), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}
