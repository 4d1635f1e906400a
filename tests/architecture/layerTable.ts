/** What one part of the tree may import. The table of docs/architecture.md, as data. */
export interface Layer {
  readonly name: string;
  /** Files of the layer. A capture group makes one layer per value: pages and panels do not import each other. */
  readonly files: RegExp;
  /** Layers that may be imported; `*` stands for every layer of a family, such as `server/*`. */
  readonly may: readonly string[];
  /** Layers of which only types may be imported. */
  readonly types?: readonly string[];
  /** Layers that may be loaded by `import()` only (or as types). */
  readonly lazily?: readonly string[];
  /** npm packages and `node:` modules, as prefixes; `*` allows all that Node code may use. */
  readonly npm: readonly string[];
}

const pages = ['@grafana/data', '@grafana/ui', '@emotion/css', '@tanstack/react-query', 'react'];
const inEngine = ['core', 'server'];

/** The first layer whose `files` match owns a file. */
export const LAYERS: readonly Layer[] = [
  { name: 'core', files: /^src\/core\//, may: [], npm: [] },
  { name: 'api', files: /^src\/api\//, may: ['core'], npm: ['zod'] },
  { name: 'queries', files: /^src\/queries\//, may: ['core'], npm: ['zod'] },
  // The language of whoever looks: nothing of ours below it, and nothing else asks i18next.
  { name: 'i18n', files: /^src\/i18n\//, may: [], npm: ['@grafana/i18n', 'i18next'] },
  {
    name: 'host-grafana',
    files: /^src\/host\/(?:grafana|GrafanaPageFrame|isGrafanaAdmin)\.tsx?$/,
    may: ['core', 'api', 'host', 'i18n'],
    npm: [...pages, '@grafana/runtime', 'rxjs'],
  },
  { name: 'host', files: /^src\/host\//, may: ['core', 'api', 'i18n'], npm: pages },
  {
    name: 'ui',
    files: /^src\/ui\//,
    may: ['core', 'i18n'],
    npm: ['@grafana/data', '@grafana/ui', '@emotion/css', 'react'],
  },
  { name: 'page', files: /^src\/pages\/([^/]+)\//, may: ['core', 'api', 'queries', 'ui', 'host', 'i18n'], npm: pages },
  // The list of pages and their frame: the one place that knows them all.
  {
    name: 'pages',
    files: /^src\/pages\/[^/]+$/,
    may: ['core', 'api', 'queries', 'ui', 'host', 'i18n'],
    lazily: ['page'],
    npm: pages,
  },
  {
    name: 'panel',
    files: /^src\/panels\/([^/]+)\//,
    may: ['core', 'api', 'queries', 'ui', 'host', 'host-grafana', 'i18n'],
    npm: pages,
  },
  {
    name: 'datasource',
    files: /^src\/datasource\//,
    may: ['core', 'api', 'queries', 'ui', 'host', 'host-grafana', 'i18n'],
    npm: [...pages, '@grafana/runtime', 'rxjs'],
  },
  // What Grafana's own pages are offered. In the app's first chunk, which every user loads at every start: nothing but readers of contexts.
  { name: 'extensions', files: /^src\/extensions\//, may: ['host'], npm: [] },
  { name: 'console-build', files: /^src\/console\/build\.ts$/, may: [], npm: ['node:', 'esbuild'] },
  {
    name: 'console',
    files: /^src\/console\//,
    may: ['host', 'i18n'],
    lazily: ['pages', 'page'],
    npm: [...pages, 'react-dom', 'i18next'],
  },
  {
    name: 'module',
    files: /^src\/module\.tsx$/,
    may: ['host', 'host-grafana', 'extensions', 'i18n'],
    lazily: ['pages', 'page'],
    npm: pages,
  },

  {
    name: 'server/main',
    // What the command line starts: the engine, and what is done to its store while it is not needed.
    files:
      /^server\/(?:main|createEngine|keepGauges|sourceGauges|measured|maintenance|localEngine)\.ts$|^server\/doctor\//,
    may: ['core', 'api', 'queries', 'server', 'server/*'],
    npm: ['*'],
  },
  {
    name: 'server/deps',
    files: /^server\/deps\.ts$/,
    may: inEngine,
    types: ['api', 'queries', 'server/*'],
    npm: ['*'],
  },
  {
    name: 'server/operations',
    files: /^server\/operations\//,
    // The table of receiver kinds knows what settings are valid, and the guard which addresses: both without I/O.
    may: [...inEngine, 'api', 'queries', 'server/receivers'],
    types: ['server/deps', 'server/sources', 'server/store', 'server/jobs', 'server/pipeline'],
    npm: ['*'],
  },
  {
    name: 'server/pipeline',
    files: /^server\/pipeline\//,
    may: [...inEngine, 'queries', 'server/sources', 'server/store', 'server/receivers', 'server/jobs'],
    types: ['server/deps'],
    npm: ['*'],
  },
  ...['sources', 'store', 'receivers', 'jobs'].map((folder) => ({
    name: `server/${folder}`,
    files: new RegExp(`^server/${folder}/`),
    may: [...inEngine, 'queries'],
    types: ['server/deps', 'server/store'],
    npm: ['*'],
  })),
  {
    name: 'server/http',
    files: /^server\/http\//,
    may: [...inEngine, 'api', 'server/operations'],
    types: ['server/deps', 'server/store', 'server/pipeline'],
    npm: ['*'],
  },
  {
    name: 'server/alertmanager',
    files: /^server\/alertmanager\//,
    may: [...inEngine, 'api', 'server/operations', 'server/http'],
    types: ['server/deps', 'server/store', 'server/pipeline'],
    npm: ['*'],
  },
  // Errors, log, metrics, config, clock, secrets, regex: for all of the engine.
  { name: 'server', files: /^server\/[^/]+\.ts$/, may: ['core', 'api'], npm: ['*'] },

  // `pharos start` is where all programs meet: it starts the stack and the demo shop, and the engine as a program of its own.
  {
    name: 'cli',
    files: /^cli\//,
    may: ['api', 'core', 'stack', 'demo'],
    lazily: ['server/main', 'tests'],
    npm: ['*'],
  },
  { name: 'demo', files: /^demo\//, may: [], npm: ['*'] },
  { name: 'stack', files: /^stack\//, may: [], npm: ['*'] },
];

/** They drive the programs from outside and may import anything. `testing` folders and fixtures hold what tests of several files share. */
export const UNBOUND = /^(tests|bench)\/|\/testing\/|\.(test|fixture)\.tsx?$/;

/** Folders whose files Node runs by stripping types, which it does not do for JSX. */
export const NODE_RUN = /^(server|cli|demo|stack|bench|src\/core|src\/api|src\/queries)\/|^src\/console\/build\.ts$/;

/** Packages of the browser, which have no place in what Node runs. */
export const BROWSER_ONLY = ['@grafana/', '@emotion/', '@tanstack/react-query', 'react', 'react-dom'];
