import { file, LINUX_PROGRAM, makePlugin, manifest, nested } from './catalogue.fixture.ts';
import { findCatalogueProblems } from './checks.ts';
import type { PluginFile } from './pluginFolder.ts';

type Changes = Readonly<Record<string, PluginFile | undefined>>;

const problemsOf = (changes: Changes, platforms: readonly string[] | undefined = ['linux_amd64']): readonly string[] =>
  findCatalogueProblems({ files: makePlugin(changes), platforms });

const program = (hex = LINUX_PROGRAM, mode = 0o755): PluginFile => file(Buffer.from(hex, 'hex'), mode);
const app = (fields: object, info: object = {}): Changes => ({
  'plugin.json': file(manifest({ ...fields }, { ...info })),
});
const source = (fields: object, info: object = {}): Changes => ({
  'datasource/plugin.json': file(nested({ ...fields }, { ...info })),
});
const readme = (text: string): Changes => ({ 'README.md': file(text) });
const picture = '![Overview](img/shot.png)';
const prose = 'It looks after services and says what hurts. '.repeat(12);
const svg = (inside: string): Changes => ({ 'img/logo.svg': file(`<svg viewBox="0 0 8 8">${inside}</svg>`) });
const large = (bytes: number): PluginFile => ({ ...file('x'), size: bytes });

describe('the catalogue', () => {
  it('takes a plugin that is as it should be, built or not', () => {
    expect(problemsOf({})).toEqual([]);
    const unbuilt = ['module.js', 'module.js.map', 'datasource/module.js', 'datasource/module.js.map'];
    const none = Object.fromEntries([...unbuilt, 'datasource/gpx_beacon_linux_amd64'].map((name) => [name, undefined]));
    expect(findCatalogueProblems({ files: makePlugin(none), platforms: undefined })).toEqual([]);
  });

  it.each<[string, Changes, string]>([
    ['no plugin.json', { 'plugin.json': undefined }, 'There is no plugin.json at the top'],
    ['half a plugin.json', { 'plugin.json': file('{"id":') }, 'plugin.json cannot be read: SyntaxError'],
    ['includes that are no list', app({ includes: 'all' }), 'plugin.json cannot be read: ✖ Invalid input'],
    ['no name', app({ name: ' ' }), 'plugin.json has no name.'],
    ['no author', app({}, { author: {} }), 'plugin.json has no info.author.name.'],
    ['no description', app({}, { description: '' }), 'has the description "", which says nothing of it.'],
    ['the description of a template', app({}, { description: 'My app' }), 'description "My app"'],
    ['a long description', app({}, { description: 'a'.repeat(201) }), 'has a description of 201 characters'],
    ['no version', app({}, { version: '%VERSION%' }), 'has the version "%VERSION%": expected one such as 1.2.3.'],
    ['a day that is none', app({}, { updated: '2026-02-30' }), 'info.updated "2026-02-30"'],
    ['no Grafana', app({ dependencies: {} }), 'dependencies.grafanaDependency ""'],
    ['a loose range', app({ dependencies: { grafanaDependency: '12.x' } }), 'dependencies.grafanaDependency "12.x"'],
    ['no keywords', app({}, { keywords: [] }), 'plugin.json has no info.keywords'],
    ['a keyword twice', app({}, { keywords: ['slo', 'SLO'] }), 'has the keyword "slo" twice.'],
    ['an empty keyword', app({}, { keywords: ['slo', ' '] }), 'has an empty keyword.'],
    ['a link that runs', app({}, { links: [{ name: 'x', url: 'javascript:1' }] }), 'links to "javascript:1"'],
    ['a link to nowhere', app({}, { links: [{ name: 'x', url: 'http://wiki/' }] }), 'links to "http://wiki/"'],
    ['a nameless link', app({}, { links: [{ url: 'https://a.org' }] }), 'a link to https://a.org without a name'],
    ['another version inside', source({}, { version: '9.0.0' }), 'has version 9.0.0, the app has 1.2.3.'],
    [
      'another Grafana inside',
      source({ dependencies: { grafanaDependency: '>=13.0.0' } }),
      'datasource/plugin.json needs Grafana >=13.0.0, the app >=12.4.0.',
    ],
    ['an id in capitals', source({ id: 'Acme-datasource' }), 'has the id "Acme-datasource": expected small letters'],
    ['an id of another type', source({ id: 'acme-beacon-panel' }), 'does not end on -datasource.'],
    ['an unknown type', source({ type: 'widget', id: 'a-widget' }), 'has the type "widget": expected app, datasource'],
    ['an app in an app', source({ type: 'app', id: 'acme-inner-app' }), 'is an app inside an app'],
    ['a panel that holds others', app({ type: 'panel', id: 'acme-panel' }), 'is of type panel: only an app holds'],
    ['a nested plugin that is not listed', app({ includes: [] }), 'datasource/plugin.json is not among the includes'],
    [
      'a listed one that is not there',
      { 'datasource/plugin.json': undefined },
      'plugin.json includes datasource/plugin.json, which is not there.',
    ],
    [
      'another name inside',
      source({ name: 'Other' }),
      'calls datasource/plugin.json "Beacon", which calls itself "Other".',
    ],
    [
      'a page elsewhere',
      app({ includes: [{ type: 'page', name: 'P', path: '/a/other/x' }] }),
      'has the page "P" at /a/other/x',
    ],
    [
      'a dashboard that is not there',
      app({ includes: [{ type: 'dashboard', path: 'dashboards/a.json' }] }),
      'includes dashboards/a.json, which is not there.',
    ],
    [
      'a logo that is not there',
      { 'datasource/img/logo.svg': undefined },
      'datasource/plugin.json names the logo img/logo.svg, which is not there.',
    ],
    ['no logos', app({}, { logos: {} }), 'plugin.json does not name a small and a large logo.'],
    ['a huge logo', { 'img/logo.svg': { ...file('<svg/>'), size: 60_000 } }, 'has 60 kB: expected 50 kB at most.'],
    ['no svg', { 'img/logo.svg': file('PNG') }, 'img/logo.svg is no svg picture.'],
    ['a script in an svg', svg('<script>1</script>'), 'img/logo.svg has a script.'],
    ['a handler in an svg', svg('<path onload="x()"/>'), 'img/logo.svg has an event handler.'],
    ['a picture from elsewhere', svg('<image href="https://a.org/x.png"/>'), 'has a reference to something outside.'],
    ['a style from elsewhere', svg('<path fill="url(http://a.org/x)"/>'), 'has a reference to something outside.'],
    ['no screenshots', app({}, { screenshots: [] }), 'plugin.json has no info.screenshots'],
    [
      'a nameless screenshot',
      app({}, { screenshots: [{ path: 'img/shot.png' }] }),
      'screenshot img/shot.png without a name',
    ],
    [
      'a lost screenshot',
      app({}, { screenshots: [{ name: 'x', path: 'img/x.png' }] }),
      'The screenshot "img/x.png" is not there.',
    ],
    ['a screenshot that is none', { 'img/shot.png': file('text') }, 'The screenshot img/shot.png is no PNG picture.'],
    ['no readme', { 'README.md': undefined }, 'There is no README.md'],
    ['no title', readme(`${prose}\n${picture}`), 'README.md has no title'],
    ['hardly a readme', readme(`# Beacon\n${picture}`), 'expected 500 at least.'],
    [
      'the readme of a template',
      readme(`# Beacon\n${picture}${prose}Before continuing`),
      'still says "Before continuing"',
    ],
    ['no pictures', readme(`# Beacon\n${prose}`), 'README.md shows no picture.'],
    [
      'a dead end',
      readme(`# Beacon\n${picture}${prose}[more](../docs/more.md)`),
      'README.md points to ../docs/more.md',
    ],
    ['words of its builders', readme(`# Beacon\n${picture}${prose} yarn install`), 'README.md says "yarn". (jargon)'],
    [
      'a tracker',
      { 'datasource/12.js': file('fetch("https://www.google-analytics.com/g")') },
      'datasource/12.js tells a tracker who uses it. (trackingscripts)',
    ],
    [
      'what React 19 has no more',
      { 'module.js': file('A.defaultProps={}') },
      'sets propTypes or defaultProps. (reactcompat)',
    ],
    ['a ref that is a text', { 'module.js': file('e("div",{ref:"box"})') }, 'has a ref that is a text.'],
    [
      'the JSX runtime of React 18',
      { '12.js': file('r.__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED.x') },
      '12.js reaches into React, or brings a JSX runtime of its own.',
    ],
    ['no changelog', { 'CHANGELOG.md': undefined }, 'There is no CHANGELOG.md.'],
    ['an empty changelog', { 'CHANGELOG.md': file('# Changelog\n') }, 'CHANGELOG.md lists no change below a version.'],
    ['no licence', { LICENSE: undefined }, 'There is no LICENSE.'],
    ['another licence', { LICENSE: file('MIT License') }, 'LICENSE is not the Apache License 2.0.'],
    [
      'no browser half',
      { 'datasource/module.js': undefined },
      'There is no datasource/module.js, by which Grafana loads',
    ],
    ['no map', { 'datasource/module.js.map': undefined }, 'There is no datasource/module.js.map.'],
    ['a heavy app', { 'module.js': large(250_001) }, 'module.js has 251 kB: expected 250 kB at most'],
    [
      'a heavy data source',
      { 'datasource/module.js': large(100_001) },
      'datasource/module.js has 101 kB: expected 100 kB',
    ],
    [
      'no relay',
      { 'datasource/gpx_beacon_linux_amd64': undefined },
      'There is no datasource/gpx_beacon_linux_amd64, which',
    ],
    [
      'a relay that may not run',
      { 'datasource/gpx_beacon_linux_amd64': program(LINUX_PROGRAM, 0o644) },
      'has the permissions 644: expected 755',
    ],
    [
      'a text for a relay',
      { 'datasource/gpx_beacon_linux_amd64': program('68656c6c6f') },
      'is no program for linux on amd64.',
    ],
    [
      'a relay of another machine',
      { 'datasource/gpx_beacon_linux_arm64': program() },
      'is no program for linux on arm64.',
    ],
    [
      'a relay in the wrong folder',
      { gpx_beacon_linux_amd64: program() },
      'gpx_beacon_linux_amd64 belongs to no plugin.json beside it.',
    ],
    [
      'a relay of another name',
      { 'datasource/gpx_other_linux_amd64': program() },
      'gpx_other_linux_amd64 belongs to no plugin.json',
    ],
    [
      'a program of no system',
      { 'datasource/gpx_beacon': program() },
      'datasource/gpx_beacon is not named as Grafana looks for it',
    ],
    ['an executable without a back half', source({ backend: false }), 'names an executable, but says no backend.'],
    [
      'alerting without a back half',
      source({ backend: false, executable: undefined }),
      'is for alerting, but has no back half.',
    ],
    ['a back half without a name', source({ executable: undefined }), 'has a back half but names no executable.'],
    ['a source file', { 'pages/App.tsx': file('') }, 'pages/App.tsx does not belong into the plugin.'],
    ['a package', { 'node_modules/x/index.js': file('') }, 'node_modules/x/index.js does not belong into the plugin.'],
    ['what an editor left', { '.idea/x.js': file('') }, '.idea/x.js does not belong into the plugin.'],
    [
      'a fixture',
      { 'datasource/fixture.json': file('{}') },
      'datasource/fixture.json does not belong into the plugin.',
    ],
  ])('refuses %s', (_, changes, sentence) => {
    expect(problemsOf(changes).join('\n')).toContain(sentence);
  });

  it('says which analyzer would refuse, and nothing else of what is well', () => {
    expect(problemsOf({ LICENSE: undefined })).toEqual(['There is no LICENSE. (license)']);
  });

  it('asks for the systems that were asked for', () => {
    const wanted = ['linux_amd64', 'darwin_arm64', 'windows_amd64'];
    const programs = {
      'datasource/gpx_beacon_darwin_arm64': program('cffaedfe0c000001'),
      'datasource/gpx_beacon_windows_amd64.exe': program('4d5a9000'),
    };
    expect(problemsOf(programs, wanted)).toEqual([]);
    expect(problemsOf({}, wanted)).toHaveLength(2);
  });

  it('takes what the build puts beside modules', () => {
    const beside = [
      '12.js',
      '12.js.map',
      '12.js.LICENSE.txt',
      'go_plugin_build_manifest',
      'datasource/query_help.md',
      'locales/de-DE/a.json',
    ];
    expect(problemsOf(Object.fromEntries(beside.map((name) => [name, file('x')])))).toEqual([]);
  });
});
