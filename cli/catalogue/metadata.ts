import type { Check } from './check.ts';
import type { Plugin } from './manifest.ts';

// https://semver.org, the suggested expression shortened: no leading zeros, an optional pre-release.
const VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9a-z.-]+)?$/i;
const GRAFANA_RANGE = /^>=\d+\.\d+\.\d+(?:-0)?(?: <\d+\.\d+\.\d+(?:-0)?)?$/;
/** Descriptions that generators leave. */
const TEMPLATE = /^(?:|my .*|.*\b(?:scaffold|template|todo|lorem)\b.*|%.*%)$/i;
const MAX_DESCRIPTION = 200;

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** What every plugin.json says of its plugin: name, author, description, version, date and the Grafana it runs on. */
export const checkMetadata: Check = ({ plugins }) => [
  ...plugins.flatMap(describe),
  ...plugins.slice(0, 1).flatMap(checkDiscoverability),
  ...disagreements(plugins),
];

function describe({ folder, manifest: { name, info, dependencies } }: Plugin): string[] {
  const file = `${folder}plugin.json`;
  const { description, author, version, updated, links } = info;
  const range = dependencies.grafanaDependency;
  return [
    name.trim() === '' && `${file} has no name.`,
    author.name.trim() === '' && `${file} has no info.author.name.`,
    TEMPLATE.test(description.trim()) && `${file} has the description "${description}", which says nothing of it.`,
    description.length > MAX_DESCRIPTION &&
      `${file} has a description of ${description.length} characters; the catalogue shows ${MAX_DESCRIPTION}.`,
    !VERSION.test(version) && `${file} has the version "${version}": expected one such as 1.2.3.`,
    !isDate(updated) && `${file} has the date info.updated "${updated}": expected one such as 2026-01-31.`,
    !GRAFANA_RANGE.test(range) &&
      `${file} has dependencies.grafanaDependency "${range}": expected a range such as >=12.4.0.`,
    ...links.map(({ name: title, url }) => title.trim() === '' && `${file} has a link to ${url} without a name.`),
    ...links.map(
      ({ url }) => !isWebAddress(url) && `${file} links to "${url}": expected an address with http or https.`
    ),
  ].filter((problem) => problem !== false);
}

const isWebAddress = (url: string): boolean =>
  URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol) && new URL(url).hostname.includes('.');

function checkDiscoverability({ manifest: { info } }: Plugin): string[] {
  const keywords = info.keywords.map((word) => word.trim().toLowerCase());
  const repeated = keywords.find((word, index) => keywords.indexOf(word) !== index);
  return [
    keywords.length === 0 && 'plugin.json has no info.keywords: the catalogue finds plugins by them.',
    keywords.includes('') && 'plugin.json has an empty keyword.',
    repeated !== undefined && `plugin.json has the keyword "${repeated}" twice.`,
  ].filter((problem) => problem !== false);
}

/** Nested plugins have no version of their own for Grafana: what they say must be what the app says. */
function disagreements([app, ...nested]: readonly Plugin[]): string[] {
  if (app === undefined) {
    return [];
  }
  const { info, dependencies } = app.manifest;
  return nested.flatMap(({ folder, manifest }) => [
    ...(manifest.info.version === info.version
      ? []
      : [`${folder}plugin.json has version ${manifest.info.version}, the app has ${info.version}.`]),
    ...(manifest.dependencies.grafanaDependency === dependencies.grafanaDependency
      ? []
      : [
          `${folder}plugin.json needs Grafana ${manifest.dependencies.grafanaDependency}, the app ${dependencies.grafanaDependency}.`,
        ]),
  ]);
}
