import { open, mkdir, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

// Offsets and signatures: PKWARE APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;
const longestComment = 65_535;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

/**
 * Unpacks a zip archive of plain files below `folder`: what release archives are. No encryption, no zip64.
 *
 * @throws Error when the archive is cut off or damaged, or names a file outside the folder
 */
export async function unzip(archive: string, folder: string): Promise<void> {
  await using handle = await open(archive);
  for (const entry of await readEntries(handle, archive)) {
    const target = path.resolve(folder, entry.name);
    if (!target.startsWith(path.resolve(folder) + path.sep)) {
      throw new Error(`${archive} names ${entry.name}: expected only files below the archive's folder.`);
    }
    if (entry.name.endsWith('/')) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, await readContent(handle, entry));
  }
}

async function readEntries(handle: FileHandle, archive: string): Promise<Entry[]> {
  const { size } = await handle.stat();
  const tail = await readAt(
    handle,
    Math.max(0, size - endLength - longestComment),
    Math.min(size, endLength + longestComment)
  );
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.readUInt32LE(end) !== endSignature) {
    throw new Error(`${archive} is no whole zip archive: its table of contents is missing.`);
  }
  const count = tail.readUInt16LE(end + 10);
  const table = await readAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (table.readUInt32LE(at) !== entrySignature) {
      throw new Error(`${archive} is damaged: entry ${entries.length + 1} of ${count} is unreadable.`);
    }
    const nameLength = table.readUInt16LE(at + 28);
    entries.push({
      name: table.toString('utf8', at + 46, at + 46 + nameLength),
      method: table.readUInt16LE(at + 10),
      packedBytes: table.readUInt32LE(at + 20),
      bytes: table.readUInt32LE(at + 24),
      offset: table.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return entries;
}

async function readContent(handle: FileHandle, entry: Entry): Promise<Buffer> {
  const head = await readAt(handle, entry.offset, 30);
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = await readAt(handle, start, entry.packedBytes);
  const stored = 0;
  const content = entry.method === stored ? packed : await inflate(packed);
  if (content.length !== entry.bytes) {
    throw new Error(`${entry.name} has ${content.length} bytes in the archive: expected ${entry.bytes}.`);
  }
  return content;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
