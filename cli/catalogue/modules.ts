import type { Check } from './check.ts';

/** Every page of Grafana loads the app's first file at its start. */
const MAX_APP_BYTES = 250_000;
/** A dashboard loads one of these for each kind of panel and data source on it. */
const MAX_NESTED_BYTES = 100_000;

/** Each plugin has a browser half, with the map that reviewers read it by, and small enough to come before anything is asked of it. */
export const checkModules: Check = ({ files, plugins }) =>
  plugins.flatMap(({ folder }) => {
    const name = `${folder}module.js`;
    const file = files.get(name);
    const budget = folder === '' ? MAX_APP_BYTES : MAX_NESTED_BYTES;
    if (file === undefined) {
      return [`There is no ${name}, by which Grafana loads ${folder}plugin.json.`];
    }
    return [
      ...(files.has(`${name}.map`) ? [] : [`There is no ${name}.map.`]),
      ...(file.size > budget
        ? [
            `${name} has ${Math.ceil(file.size / 1000)} kB: expected ${budget / 1000} kB at most, as it loads before it is needed.`,
          ]
        : []),
    ];
  });
