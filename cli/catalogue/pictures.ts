import type { Check, Subject } from './check.ts';
import type { Plugin } from './manifest.ts';
import type { PluginFolder } from './pluginFolder.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The catalogue's page loads all of them. */
const MAX_SCREENSHOT_BYTES = 200_000;
const MAX_LOGO_BYTES = 50_000;

/** What an svg does not need to be a picture, and what makes it a program or a way to be followed. */
const UNSAFE: ReadonlyArray<readonly [RegExp, string]> = [
  [/<\s*script\b/i, 'a script'],
  [/\son\w+\s*=/i, 'an event handler'],
  [/javascript:/i, 'a javascript: address'],
  [/<\s*(?:foreignObject|iframe|embed|object)\b/i, 'a foreign object'],
  [/<!ENTITY\b/i, 'an entity'],
  [/(?:href|src)\s*=\s*["'](?!#|data:image\/)/i, 'a reference to something outside'],
  [/url\(\s*["']?(?!#|data:image\/)/i, 'a reference to something outside'],
  [/@import\b/i, 'an import of styles'],
];

/** Each plugin has a small and a large logo, and no svg does more than being a picture. */
export const checkLogos: Check = (subject) => [
  ...subject.plugins.flatMap((plugin) => logosOf(subject, plugin)),
  ...unsafeSvgs(subject),
];

function logosOf({ files }: Subject, { folder, manifest }: Plugin): string[] {
  const { small, large } = manifest.info.logos;
  return [...new Set([small, large])].flatMap((logo) => {
    if (logo === '') {
      return [`${folder}plugin.json does not name a small and a large logo.`];
    }
    const file = files.get(folder + logo);
    if (file === undefined) {
      return [`${folder}plugin.json names the logo ${logo}, which is not there.`];
    }
    return file.size > MAX_LOGO_BYTES
      ? [`The logo ${folder}${logo} has ${kB(file.size)}: expected ${kB(MAX_LOGO_BYTES)} at most.`]
      : [];
  });
}

function unsafeSvgs({ files }: Subject): string[] {
  return [...files]
    .filter(([name]) => name.toLowerCase().endsWith('.svg'))
    .flatMap(([name, { head }]) => {
      const text = head.toString('utf8');
      const found = new Set(UNSAFE.filter(([pattern]) => pattern.test(text)).map(([, what]) => what));
      return [
        ...(/<svg\b/.test(text) ? [] : [`${name} is no svg picture.`]),
        ...[...found].map((what) => `${name} has ${what}.`),
      ];
    });
}

/** The app shows itself: named screenshots that are there, are pictures, and load quickly. */
export const checkScreenshots: Check = ({ files, plugins }) => [
  ...((plugins[0]?.manifest.info.screenshots.length ?? 0) === 0
    ? ['plugin.json has no info.screenshots for the catalogue.']
    : []),
  ...plugins.flatMap(({ folder, manifest }) =>
    manifest.info.screenshots.flatMap(({ name, path }) => [
      ...(name.trim() === '' ? [`${folder}plugin.json has the screenshot ${path} without a name.`] : []),
      ...screenshotProblems(files, folder + path),
    ])
  ),
];

function screenshotProblems(files: PluginFolder, name: string): string[] {
  const file = files.get(name);
  if (file === undefined) {
    return [`The screenshot "${name}" is not there.`];
  }
  return [
    ...(file.head.subarray(0, PNG.length).equals(PNG) ? [] : [`The screenshot ${name} is no PNG picture.`]),
    ...(file.size > MAX_SCREENSHOT_BYTES
      ? [`The screenshot ${name} has ${kB(file.size)}: expected ${kB(MAX_SCREENSHOT_BYTES)} at most.`]
      : []),
  ];
}

const kB = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;
