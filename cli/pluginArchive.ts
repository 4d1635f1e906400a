import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** The same files give the same archive, to the byte. */
const TIME_OF_ALL = new Date('2000-01-01T00:00:00Z');
const PROGRAM = 0o100755;
const FILE = 0o100644;

export interface PluginArchive {
  /** Folder of the built plugin. */
  readonly dist: string;
  /** Of the plugin: the one folder at the archive's top. */
  readonly id: string;
  readonly file: string;
}

/** The relays, which Grafana starts. */
const isProgram = (name: string): boolean => path.basename(name).startsWith('gpx_');

/**
 * Packs a built plugin as Grafana's catalogue and `grafana cli` want it, and writes the archive's SHA-1 and SHA-256 beside it.
 *
 * @returns the names in the archive, sorted
 */
export async function writePluginArchive({ dist, id, file }: PluginArchive): Promise<readonly string[]> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .toSorted();
  const zip = new ZipFile();
  for (const name of names) {
    zip.addFile(path.join(dist, name), `${id}/${name}`, {
      mtime: TIME_OF_ALL,
      mode: isProgram(name) ? PROGRAM : FILE,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  for (const algorithm of ['sha1', 'sha256']) {
    const hash = createHash(algorithm);
    await pipeline(createReadStream(file), hash);
    await writeFile(`${file}.${algorithm}`, `${hash.digest('hex')}  ${path.basename(file)}\n`);
  }
  return names.map((name) => `${id}/${name}`);
}
