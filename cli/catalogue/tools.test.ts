import { findToolProblems } from './tools.ts';

const whole = {
  '.config/webpack/webpack.config.ts': '// scaffolded by `@grafana/create-plugin`',
  'Magefile.go': 'import build "github.com/grafana/grafana-plugin-sdk-go/build"',
  'go.mod': 'module beacon',
  'package.json': '{"version":"1.2.3","scripts":{"build":"webpack"}}',
};

const problemsOf = (changes: Partial<typeof whole>, without?: keyof typeof whole): readonly string[] =>
  findToolProblems(new Map(Object.entries({ ...whole, ...changes }).filter(([name]) => name !== without)));

describe('how a plugin is built', () => {
  it('is as create-plugin does it', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    ['another bundler', problemsOf({}, '.config/webpack/webpack.config.ts'), 'create-plugin. (buildtools)'],
    ['another build of the back half', problemsOf({ 'Magefile.go': 'package main' }), 'sdk-go/build. (buildtools)'],
    ['no build of the back half', problemsOf({}, 'Magefile.go'), 'sdk-go/build. (buildtools)'],
    ['no package.json', problemsOf({}, 'package.json'), 'package.json cannot be read'],
    ['a package without a version', problemsOf({ 'package.json': '{}' }), '(packagejson)'],
    [
      'the tool of old',
      problemsOf({ 'package.json': '{"version":"1.2.3","scripts":{"dev":"grafana-toolkit plugin:dev"}}' }),
      'The script "dev" of package.json calls grafana-toolkit',
    ],
  ])('is refused with %s', (_, problems, sentence) => {
    expect(problems).toEqual([expect.stringContaining(sentence)]);
  });

  it('needs no magefile without a back half', () => {
    const { 'go.mod': _go, 'Magefile.go': _mage, ...rest } = whole;
    expect(findToolProblems(new Map(Object.entries(rest)))).toEqual([]);
  });
});
