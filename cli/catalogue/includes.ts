import type { Check } from './check.ts';

/** Grafana refuses an app that holds a plugin which it does not list, and one that lists what it does not hold. */
export const checkIncludes: Check = ({ files, plugins: [app, ...nested] }) => {
  const includes = app?.manifest.includes ?? [];
  const listed = includes.filter(({ type }) => type === 'datasource' || type === 'panel');
  const pages = includes.filter(({ type }) => type === 'page');
  const boards = includes.filter(({ type }) => type === 'dashboard');
  return [
    ...nested
      .filter(({ folder }) => !listed.some(({ path }) => path === `${folder}plugin.json`))
      .map(({ folder }) => `${folder}plugin.json is not among the includes of plugin.json.`),
    ...listed.flatMap(({ type, name, path }) => {
      const plugin = nested.find(({ folder }) => path === `${folder}plugin.json`);
      if (plugin === undefined) {
        return [`plugin.json includes ${path}, which is not there.`];
      }
      const { manifest } = plugin;
      return [
        ...(manifest.type === type ? [] : [`plugin.json includes ${path} as ${type}, but it is a ${manifest.type}.`]),
        ...(manifest.name === name
          ? []
          : [`plugin.json calls ${path} "${name}", which calls itself "${manifest.name}".`]),
      ];
    }),
    ...pages
      .filter(({ path }) => !path.startsWith(`/a/${app?.manifest.id ?? ''}/`))
      .map(
        ({ name, path }) =>
          `plugin.json has the page "${name}" at ${path}: expected it below /a/${app?.manifest.id ?? ''}/.`
      ),
    ...boards
      .filter(({ path }) => !files.has(path))
      .map(({ path }) => `plugin.json includes ${path}, which is not there.`),
  ];
};
