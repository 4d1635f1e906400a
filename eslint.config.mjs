import { defineConfig } from 'eslint/config';
import grafanaI18n from '@grafana/i18n/eslint-plugin';
import importPlugin from 'eslint-plugin-import';
import scaffold from './.config/eslint.config.mjs';
import { plugin as pharos } from './tests/architecture/eslint/plugin.ts';

const typescript = ['**/*.{ts,tsx}'];
const tests = ['**/*.test.{ts,tsx}', 'tests/**/*.ts'];
const nodeRun = ['server', 'cli', 'demo', 'stack', 'bench', 'tests', 'src/core', 'src/api', 'src/queries'];

const notInTests = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a thing has one name everywhere.' },
];
const focused = {
  selector:
    ':matches(CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/], CallExpression > MemberExpression.callee[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|failing)$/])',
  message: 'A test runs or is not there.',
};

export default defineConfig([
  {
    ignores: [
      '.config/',
      '**/node_modules/',
      'dist/',
      'dist-console/',
      'dist-package/',
      'coverage/',
      'playwright-report/',
      'test-results/',
      '.pharos/',
    ],
  },
  ...scaffold,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', 11],
      'max-lines': ['error', 400],
      // With options: a bare severity would keep those of the scaffold, which allow most of it.
      'no-console': ['error', {}],
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
    },
  },
  {
    files: typescript,
    plugins: { import: importPlugin, pharos },
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // `import { type A }` still loads the module when types are stripped; `import type` does not.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-syntax': ['error', ...notInTests, focused],
      'pharos/max-lines-per-function': ['error', 80],
    },
  },
  {
    // What a Grafana host loads: hosts from 12.4 on, with React 18 up to 13.1.
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      // The JSX runtime of React 17 and later needs no React in scope.
      'react/react-in-jsx-scope': 'off',
      'pharos/no-grafana-missing': 'error',
      'pharos/no-react19-forms': 'error',
      'pharos/no-react19-imports': 'error',
    },
  },
  {
    // What people read goes through `t` and `Trans` of src/i18n, whose words tests/locales reads from the code.
    files: ['src/**/*.{ts,tsx}'],
    ignores: [...tests, '**/*.fixture.{ts,tsx}', 'src/{core,api,queries}/**', 'src/console/build.ts'],
    plugins: { '@grafana/i18n': grafanaI18n },
    rules: {
      '@grafana/i18n/no-translation-top-level': 'error',
      '@grafana/i18n/no-untranslated-strings': ['error', { calleesToIgnore: ['^css$', '^look$'] }],
      '@grafana/i18n/t-plural-defaults': 'error',
      '@grafana/i18n/trans-plural-defaults': 'error',
    },
  },
  {
    files: [...nodeRun.map((folder) => `${folder}/**/*.ts`), 'src/console/build.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.node.json' } },
  },
  {
    // Test doubles hand over promises where none is expected, on purpose.
    files: tests,
    rules: { '@typescript-eslint/no-misused-promises': 'off' },
  },
  {
    files: ['{cli,demo,stack,bench,tests}/**/*.ts', 'src/console/build.ts', '**/*.{js,cjs,mjs}'],
    rules: { 'no-console': 'off' },
  },
  {
    // Tools load these by their default export, some of them outside any tsconfig.
    files: ['*.config.ts', 'tests/e2e/global-setup.ts'],
    languageOptions: { parserOptions: { project: null, program: null } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      'no-restricted-syntax': 'off',
    },
  },
]);
