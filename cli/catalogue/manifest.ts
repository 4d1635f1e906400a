import path from 'node:path';
import { z } from 'zod';
import { readText, type PluginFolder } from './pluginFolder.ts';

const picture = z.object({ name: z.string().default(''), path: z.string().default('') });

/** What the checks read of a plugin.json; what is missing is empty, for them to say so. */
const manifest = z.object({
  id: z.string().default(''),
  type: z.string().default(''),
  name: z.string().default(''),
  backend: z.boolean().default(false),
  alerting: z.boolean().default(false),
  executable: z.string().optional(),
  info: z
    .object({
      description: z.string().default(''),
      keywords: z.array(z.string()).default([]),
      author: z.object({ name: z.string().default('') }).prefault({}),
      logos: z.object({ small: z.string().default(''), large: z.string().default('') }).prefault({}),
      links: z.array(z.object({ name: z.string().default(''), url: z.string().default('') })).default([]),
      screenshots: z.array(picture).default([]),
      version: z.string().default(''),
      updated: z.string().default(''),
    })
    .prefault({}),
  includes: z
    .array(z.object({ type: z.string(), name: z.string().default(''), path: z.string().default('') }))
    .default([]),
  dependencies: z.object({ grafanaDependency: z.string().default('') }).prefault({}),
});

export type Manifest = z.output<typeof manifest>;

/** One plugin of a package: the app, or one that lies inside it. */
export interface Plugin {
  /** Below the folder of the app, with a slash at its end; empty for the app itself. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export interface Plugins {
  readonly plugins: readonly Plugin[];
  /** Sentences on those that cannot be read. */
  readonly problems: readonly string[];
}

/** Reads every plugin.json, that of the app first. */
export function readPlugins(files: PluginFolder): Plugins {
  const names = [...files.keys()].filter((name) => path.posix.basename(name) === 'plugin.json');
  const read = names
    .toSorted((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b))
    .map((name) => readPlugin(files, name));
  return {
    plugins: read.filter((one) => typeof one !== 'string'),
    problems: [
      ...(files.has('plugin.json') ? [] : ['There is no plugin.json at the top of the plugin.']),
      ...read.filter((one) => typeof one === 'string'),
    ],
  };
}

function readPlugin(files: PluginFolder, name: string): Plugin | string {
  try {
    const parsed = manifest.parse(JSON.parse(readText(files, name) ?? ''));
    return { folder: name.slice(0, -'plugin.json'.length), manifest: parsed };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).replaceAll(/\s+/g, ' ') : String(error);
    return `${name} cannot be read: ${reason}`;
  }
}
