import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openPromise } from 'yauzl';
import { writePluginArchive } from './pluginArchive.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'pharos-archive-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function build(): string {
  const dist = path.join(folder, 'dist');
  mkdirSync(path.join(dist, 'datasource'), { recursive: true });
  writeFileSync(path.join(dist, 'plugin.json'), '{}');
  writeFileSync(path.join(dist, 'datasource', 'gpx_pharos_relay_linux_amd64'), 'program');
  return dist;
}

async function read(file: string) {
  const zip = await openPromise(file);
  const found = [];
  for await (const entry of zip.eachEntry()) {
    found.push({ name: entry.fileName, mode: (entry.externalFileAttributes >>> 16) & 0o777 });
  }
  return found;
}

describe('writePluginArchive', () => {
  it('puts all files below one folder with the id of the plugin, and lets the relay be started', async () => {
    const file = path.join(folder, 'pharos.zip');
    await writePluginArchive({ dist: build(), id: 'pharos-observability-app', file });
    expect(await read(file)).toEqual([
      { name: 'pharos-observability-app/datasource/gpx_pharos_relay_linux_amd64', mode: 0o755 },
      { name: 'pharos-observability-app/plugin.json', mode: 0o644 },
    ]);
  });

  it('writes sums that fit, and the same archive from the same files', async () => {
    const dist = build();
    const files = ['one.zip', 'two.zip'].map((name) => path.join(folder, name));
    for (const file of files) {
      await writePluginArchive({ dist, id: 'app', file });
    }
    const [one = Buffer.alloc(0), two] = files.map((file) => readFileSync(file));
    expect(one.equals(two ?? Buffer.alloc(0))).toBe(true);
    for (const algorithm of ['sha1', 'sha256']) {
      const sum = createHash(algorithm).update(one).digest('hex');
      expect(readFileSync(`${files[0] ?? ''}.${algorithm}`, 'utf8')).toBe(`${sum}  one.zip\n`);
    }
  });
});
