process.env.TZ = 'UTC';

const scaffold = require('./.config/jest.config.js');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils.js');

const anyScript = '^.+\\.[cm]?(t|j)sx?$';

/** Packages without a CommonJS build: jest runs CommonJS, so they are compiled like our own files. */
const esmOnlyInNode = ['cockatiel', 'jose', 'kysely'];
const esmOnlyInBrowser = [...grafanaESModules, '@react-hookz', '@ver0', '@grafana/react-data-grid'];

const web = {
  ...scaffold,
  displayName: 'web',
  testMatch: [
    '<rootDir>/src/**/*.test.tsx',
    '<rootDir>/src/{host,i18n,pages,panels,extensions,ui,datasource,console}/**/*.test.ts',
    '<rootDir>/src/*.test.ts',
  ],
  transform: {
    [anyScript]: [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        jsc: {
          parser: { syntax: 'typescript', tsx: true, dynamicImport: true },
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
  transformIgnorePatterns: [nodeModulesToTransform(esmOnlyInBrowser)],
};

const nodeBase = {
  testEnvironment: 'node',
  transform: {
    [anyScript]: [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        jsc: { target: 'es2023', parser: { syntax: 'typescript', tsx: false, dynamicImport: true } },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnlyInNode.join('|')})/)`],
};

const node = {
  ...nodeBase,
  displayName: 'node',
  testMatch: [
    '<rootDir>/{server,cli,demo,bench}/**/*.test.ts',
    '<rootDir>/stack/**/*.test.ts',
    '<rootDir>/tests/**/*.test.ts',
    '<rootDir>/src/{core,api,queries}/**/*.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/e2e/'],
};

/** Against real stores: `tests/stack/NAME.stack.test.ts`; one at a time, with time for programs to start. */
const stack = {
  ...nodeBase,
  displayName: 'stack',
  testMatch: ['<rootDir>/tests/stack/**/*.stack.test.ts'],
};
node.testPathIgnorePatterns.push('\\.stack\\.test\\.ts$');

module.exports = {
  projects: [web, node, stack],
  // For a machine that does other work too: a test that hangs still ends, and none measures time by this.
  testTimeout: 60_000,
  collectCoverageFrom: ['src/core/**/*.ts', 'server/**/*.ts', 'cli/**/*.ts', '!**/*.test.ts'],
  coverageDirectory: 'coverage',
  coverageReporters: ['json', 'text-summary'],
};
