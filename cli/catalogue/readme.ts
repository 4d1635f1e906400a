import path from 'node:path';
import type { Check } from './check.ts';
import { readText, type PluginFolder } from './pluginFolder.ts';

/** Sentences of the README that create-plugin writes. */
const TEMPLATE = [
  'Grafana App Plugin Template',
  'This template is a starting point',
  'create-plugin',
  'Dig in and add your own content',
  'To help maximize the impact of your README',
  'Before continuing',
];
const LINK = /(!?)\[[^\]]*\]\(\s*([^)\s]+)[^)]*\)/g;
/** Less than this is a placeholder. */
const MIN_CHARACTERS = 500;

/** The page of the plugin in the catalogue and in Grafana: with a title and pictures, ours, and without dead ends. */
export const checkReadme: Check = ({ files }) => {
  const text = readText(files, 'README.md');
  if (text === undefined) {
    return ['There is no README.md, which is the page of the plugin in the catalogue.'];
  }
  const template = TEMPLATE.find((sentence) => text.includes(sentence));
  const links = [...text.matchAll(LINK)].map(([, mark, target = '']) => ({ isPicture: mark === '!', target }));
  return [
    ...(/^# \S/m.test(text) ? [] : ['README.md has no title: a line that begins with "# ".']),
    ...(text.length < MIN_CHARACTERS
      ? [`README.md has ${text.length} characters: expected ${MIN_CHARACTERS} at least.`]
      : []),
    ...(template === undefined ? [] : [`README.md still says "${template}", as the template does.`]),
    ...(links.some(({ isPicture }) => isPicture) ? [] : ['README.md shows no picture.']),
    ...links
      .filter(({ target }) => !resolves(files, target))
      .map(({ target }) => `README.md points to ${target}, which is not in the plugin.`),
  ];
};

/** Words of those who build it, on the page of those who would use it. */
export const checkJargon: Check = ({ files }) => {
  const text = readText(files, 'README.md') ?? '';
  return ['yarn', 'nodejs'].filter((word) => text.includes(word)).map((word) => `README.md says "${word}".`);
};

function resolves(files: PluginFolder, target: string): boolean {
  if (/^(?:https?:|mailto:|#)/.test(target)) {
    return true;
  }
  const name = path.posix.normalize(target.split('#')[0] ?? '');
  return files.has(name);
}
