import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getRelayFile, type RelayTarget } from '../stack/relay.ts';
import { readArchive } from './catalogue/archive.ts';
import { LINUX_PROGRAM, makePlugin, manifest, nested } from './catalogue/catalogue.fixture.ts';
import { run } from './package.ts';

let root: string;
let lines: string[];
let errors: string[];

const id = 'acme-beacon-app';
const out = (): string => path.join(root, 'out');

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'pharos-package-'));
  lines = [];
  errors = [];
  for (const [name, { head }] of makePlugin()) {
    const isTop = name === 'LICENSE' || name === 'CHANGELOG.md';
    if (isTop || !/module\.js|gpx_/.test(name)) {
      write(isTop ? name : `src/${name}`, head);
    }
  }
  write('src/datasource/plugin.json', relayed());
  write('package.json', '{"version":"1.2.3"}');
  write('.config/webpack/webpack.config.ts', '// of @grafana/create-plugin');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** With the executable of which relays are built. */
const relayed = (): string => nested({ executable: 'gpx_pharos_relay' });

function write(name: string, content: string | Buffer, folder = root): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function fakeBundle(): Promise<undefined> {
  for (const [name, { head }] of makePlugin()) {
    if (!name.includes('gpx_')) {
      write(`dist/${name}`, head);
    }
  }
  write('dist/datasource/plugin.json', relayed());
  write('dist/datasource/gpx_pharos_relay_linux_amd64', 'an old one');
  return Promise.resolve(undefined);
}

const MAGIC: Readonly<Record<string, string>> = {
  linux_amd64: LINUX_PROGRAM,
  linux_arm64: LINUX_PROGRAM.replace('3e00', 'b700'),
  windows_amd64: '4d5a',
};

function fakeRelay(target: RelayTarget, plugin: string): Promise<void> {
  const file = getRelayFile(target, plugin);
  writeFileSync(file, Buffer.from(MAGIC[`${target.os}_${target.architecture}`] ?? '', 'hex'));
  chmodSync(file, 0o755);
  return Promise.resolve();
}

const slow = (): Parameters<typeof run>[2] => ({
  root,
  hasGo: () => Promise.resolve(true),
  buildBundle: fakeBundle,
  buildRelay: fakeRelay,
});

function make(argv: string[], given: Parameters<typeof run>[2] = {}): Promise<number> {
  const io = { out: (line: string) => lines.push(line), error: (line: string) => errors.push(line), environment: {} };
  return run(argv, io, { ...slow(), ...given });
}

const withOut = (platforms: string): string[] => ['--out', out(), '--platforms', platforms];

describe('pharos package', () => {
  it('packs the app with a fresh relay for each system, and leaves nothing else behind', async () => {
    expect(await make(withOut('linux/amd64, linux/arm64,windows/amd64'))).toBe(0);
    expect(errors).toEqual([]);
    const archive = `${id}-1.2.3.zip`;
    expect(readdirSync(out()).toSorted()).toEqual([archive, `${archive}.sha1`, `${archive}.sha256`]);
    const programs = (await readArchive(path.join(out(), archive))).filter(({ name }) => name.includes('gpx_'));
    expect(programs).toEqual(
      ['linux_amd64', 'linux_arm64', 'windows_amd64.exe'].map((platform) => ({
        name: `${id}/datasource/gpx_pharos_relay_${platform}`,
        mode: 0o755,
      }))
    );
    expect(lines).toContain('  … building the relay for linux on arm64');
    expect(lines.at(-1)).toContain(`${path.join(out(), archive)} (0.0 MB)`);
    expect(readFileSync(path.join(root, 'dist/datasource/gpx_pharos_relay_linux_amd64'), 'utf8')).toBe('an old one');
    expect(readdirSync(path.join(root, 'dist/datasource')).filter((name) => name.startsWith('gpx_'))).toHaveLength(1);
  });

  it('says that the catalogue wants Linux on amd64, when it is left out', async () => {
    expect(await make(withOut('linux/arm64'))).toBe(0);
    expect(lines.join('\n')).toContain('note: without linux/amd64');
  });

  it('builds nothing without a Go toolchain', async () => {
    expect(await make(withOut('linux/amd64'), { hasGo: () => Promise.resolve(false) })).toBe(1);
    expect(errors).toEqual([expect.stringMatching(/^No archive was made:\n {2}No Go toolchain was found on PATH/)]);
    expect(existsSync(path.join(root, 'dist'))).toBe(false);
  });

  it('refuses sources that the catalogue would refuse, before it builds anything', async () => {
    write('src/a.ts', `window.open('/x');\n`);
    write('src/plugin.json', manifest({}, { keywords: [] }));
    expect(await make(withOut('linux/amd64'))).toBe(1);
    expect(errors.join('\n')).toContain('src/a.ts:1 opens windows; expected a link. (code-rules)');
    expect(errors.join('\n')).toContain('plugin.json has no info.keywords');
    expect(existsSync(path.join(root, 'dist'))).toBe(false);
  });

  it('fills in what the build fills in, before it judges the sources', async () => {
    write(
      'src/plugin.json',
      manifest({}, { version: '%VERSION%', updated: '%TODAY%' }).replaceAll(`/a/${id}/`, '/a/%PLUGIN_ID%/')
    );
    write('src/datasource/plugin.json', nested({ executable: 'gpx_pharos_relay' }, { version: '%VERSION%' }));
    expect(await make(withOut('linux/amd64'))).toBe(0);
  });

  it('leaves no archive of a build that the catalogue would refuse', async () => {
    const buildBundle = async () => {
      await fakeBundle();
      rmSync(path.join(root, 'dist/datasource/module.js'));
      return undefined;
    };
    expect(await make(withOut('linux/amd64'), { buildBundle })).toBe(1);
    expect(errors).toEqual([
      'No archive was made:\n  There is no datasource/module.js, by which Grafana loads datasource/plugin.json. (modulejs)',
    ]);
    expect(readdirSync(out())).toEqual([]);
  });

  it.each([
    [
      'the bundle',
      { buildBundle: () => Promise.resolve('the Grafana app could not be built: no such module') },
      'no such module',
    ],
    ['a relay', { buildRelay: () => Promise.reject(new Error('go build failed: out of memory')) }, 'out of memory'],
  ])('says why %s could not be built', async (_, given, reason) => {
    expect(await make(withOut('linux/amd64'), given)).toBe(1);
    expect(errors.join('\n')).toContain(reason);
  });

  it.each([
    [['--platforms', 'linux/sparc'], '--platforms has "linux/sparc": expected some of linux/amd64,'],
    [['--platforms', ''], '--platforms has "": expected some of'],
    [['--out', ''], '--out is empty: expected a folder.'],
    [['--fast'], 'There is no option --fast.'],
  ])('refuses %j', async (argv, sentence) => {
    await expect(make(argv)).rejects.toThrow(sentence);
  });

  it('explains itself', async () => {
    expect(await make(['--help'])).toBe(0);
    expect(lines.join('\n')).toContain('--out DIR');
    expect(existsSync(path.join(root, 'dist'))).toBe(false);
  });
});
