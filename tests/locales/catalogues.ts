import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { buildGraph } from '../architecture/checkLayers.ts';
import { readSources } from '../architecture/imports.ts';
import { findWords, type FoundWords, type Words } from './words.ts';

const root = path.join(import.meta.dirname, '../..');

export const ENGLISH = 'en-US';

/** Each is a bundle of its own, which Grafana gives the words of its own id. The console says those of the app. */
const PLUGINS = [
  { folder: 'src', entries: ['src/module.tsx', 'src/console/main.tsx'] },
  { folder: 'src/datasource', entries: ['src/datasource/module.tsx'] },
  { folder: 'src/panels/alerts', entries: ['src/panels/alerts/module.tsx'] },
  { folder: 'src/panels/traces', entries: ['src/panels/traces/module.tsx'] },
] as const;

const manifest = z.object({ id: z.string(), languages: z.array(z.string()) });

export interface Catalogue {
  readonly id: string;
  readonly folder: string;
  /** As its plugin.json has them. */
  readonly languages: readonly string[];
  /** What its code says. */
  readonly found: FoundWords;
  /** What its file has for a language; empty when there is none. */
  readonly read: (language: string) => Words;
  readonly fileOf: (language: string) => string;
}

/** The catalogue of every plugin, that of the app first. */
export function readCatalogues(): readonly Catalogue[] {
  const sources = readSources(root, ['src']);
  const graph = buildGraph(sources);
  return PLUGINS.map(({ folder, entries }) => {
    const { id, languages } = manifest.parse(readJson(`${folder}/plugin.json`));
    const fileOf = (language: string): string => `${folder}/locales/${language}/${id}.json`;
    const files = reachable(graph, entries);
    return {
      ...{ id, folder, languages, fileOf },
      found: merge(files.map((file) => findWords(file, sources.get(file) ?? ''))),
      read: (language) =>
        existsSync(path.join(root, fileOf(language))) ? flatten(readJson(fileOf(language))) : new Map(),
    };
  });
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** The files that a bundle is made of, also those that load later. */
function reachable(graph: ReturnType<typeof buildGraph>, entries: readonly string[]): readonly string[] {
  const seen = new Set<string>(entries);
  for (const file of seen) {
    for (const { target } of graph.get(file) ?? []) {
      if (target !== null) {
        seen.add(target);
      }
    }
  }
  return [...seen].toSorted();
}

function merge(all: readonly FoundWords[]): FoundWords {
  const words = new Map<string, string>();
  const problems = all.flatMap((one) => one.problems);
  for (const [key, english] of all.flatMap((one) => [...one.words])) {
    if ((words.get(key) ?? english) !== english) {
      problems.push(`${key} stands for two sentences`);
    }
    words.set(key, english);
  }
  return { words, problems };
}

/** `{a: {b: 'x'}}` as `a.b` → `x`. */
function flatten(nested: unknown, above = ''): Words {
  return new Map(
    Object.entries(Object(nested)).flatMap(([name, value]) => {
      const key = above === '' ? name : `${above}.${name}`;
      return typeof value === 'string' ? [[key, value] as const] : [...flatten(value, key)];
    })
  );
}

interface Nested {
  [name: string]: string | Nested;
}

/** The text of a file in `locales`: nested by the dots of its keys, and sorted. */
export function writeCatalogue(words: Words): string {
  const top: Nested = {};
  for (const [key, text] of [...words].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const parts = key.split('.');
    const last = parts.pop() ?? '';
    let place = top;
    for (const part of parts) {
      const next = (place[part] ??= {});
      if (typeof next === 'string') {
        throw new Error(`locales: ${key} lies below a key that is a sentence itself`);
      }
      place = next;
    }
    place[last] = text;
  }
  return `${JSON.stringify(top, null, 2)}\n`;
}

/** Keys of a language for what the code says in English: a language has plural forms of its own. */
export function keysFor(language: string, english: Words): readonly string[] {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [...english.keys()].flatMap((key) => {
    const base = pluralBase(key, english);
    return base === undefined ? [key] : key.endsWith('_other') ? categories.map((form) => `${base}_${form}`) : [];
  });
}

/** @internal What a key of a language says in English. */
export const englishOf = (key: string, english: Words): string =>
  english.get(key) ?? english.get(`${key.replace(/_\w+$/, '')}_other`) ?? '';

function pluralBase(key: string, english: Words): string | undefined {
  const base = /^(.*)_(?:one|other)$/.exec(key)?.[1];
  return base !== undefined && english.has(`${base}_one`) && english.has(`${base}_other`) ? base : undefined;
}
