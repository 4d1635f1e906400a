import type { Check } from './check.ts';
import { readText } from './pluginFolder.ts';

/** The catalogue shows what changed. */
export const checkChangelog: Check = ({ files }) => {
  const text = readText(files, 'CHANGELOG.md');
  if (text === undefined) {
    return ['There is no CHANGELOG.md.'];
  }
  return /^## \S[^]*\n[-*] \S/m.test(text) ? [] : ['CHANGELOG.md lists no change below a version.'];
};

/** The first lines of the licence that package.json names. */
export const checkLicense: Check = ({ files }) => {
  const text = readText(files, 'LICENSE');
  if (text === undefined) {
    return ['There is no LICENSE.'];
  }
  return /^\s*Apache License\s+Version 2\.0, January 2004/.test(text) ? [] : ['LICENSE is not the Apache License 2.0.'];
};
