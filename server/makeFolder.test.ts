import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolder } from './makeFolder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'pharos-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('makes what is missing, for its owner only', () => {
  const deep = path.join(root, 'a', 'b');
  makeFolder(deep);
  makeFolder(deep);
  expect([deep, path.dirname(deep)].map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700]);
});

it('says what stands in the way', () => {
  const file = path.join(root, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(path.join(file, 'a'))).toThrow(`${file} is no folder: expected one, or nothing`);
  expect(() => makeFolder('/proc/pharos/data')).toThrow(/^The folder \/proc\/pharos cannot be made: .*ENOENT/);
});
