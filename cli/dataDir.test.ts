import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DataDirError, makeDataDir } from './dataDir.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('makes what is missing, and leaves nothing else behind', async () => {
  const deep = path.join(folder, 'a', 'b');
  await makeDataDir(deep);
  await makeDataDir(deep);
  expect(await readdir(folder, { recursive: true })).toEqual(['a', 'a/b']);
});

it.each([
  ['/proc/pharos', /^The data folder \/proc\/pharos cannot be made: \/proc\/pharos cannot be made \(ENOENT/],
  [
    '/proc/pharos/deeper',
    /^The data folder \/proc\/pharos\/deeper cannot be made: \/proc\/pharos cannot be made \(ENOENT/,
  ],
  ['/proc', /^The data folder \/proc cannot be written \(E/],
  ['/dev/null', /^The data folder \/dev\/null cannot be made: \/dev\/null is no folder\. Name a folder/],
  ['/dev/null/inside', /^The data folder \/dev\/null\/inside cannot be made: \/dev\/null is no folder\./],
])('refuses %s at once, with what stands in the way', async (dataDir, sentence) => {
  const refused = makeDataDir(dataDir);
  await expect(refused).rejects.toThrow(DataDirError);
  await expect(refused).rejects.toThrow(sentence);
});

it('takes a folder that somebody else makes at the same time', async () => {
  const deep = path.join(folder, 'a', 'b', 'c');
  await Promise.all([makeDataDir(deep), makeDataDir(deep), makeDataDir(deep)]);
  await writeFile(path.join(deep, 'file'), '');
});
