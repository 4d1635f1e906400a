import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { knownSettings } from './knownSettings.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md', 'src/*.md'], { cwd: root });

describe('documents', () => {
  it('name every setting of the engine', () => {
    const settings = knownSettings();
    expect(settings).toContain('PHAROS_PROMETHEUS_URL');
    const readme = read('README.md');
    expect(settings.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('name no setting that does not exist', () => {
    const named = [...read('README.md').matchAll(/`(PHAROS_[A-Z_]+)`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => name !== 'PHAROS_CONFIG' && !knownSettings().includes(name))).toEqual([]);
  });

  it.each(documents)('%s calls only scripts that package.json has', (file) => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
    const called = [...read(file).matchAll(/npm (?:run ([\w:]+)|(start|test))/g)].map(
      ([, run, short]) => run ?? short ?? ''
    );
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(documents)('%s links only to files that exist', (file) => {
    const links = [...read(file).matchAll(/(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    const broken = links.filter((target) => !existsSync(path.join(root, path.dirname(file), target)));
    expect(broken).toEqual([]);
  });
});
