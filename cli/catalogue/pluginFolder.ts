import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

export interface PluginFile {
  /** Bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Its first MiB: all of every file but programs, of which the header says enough. */
  readonly head: Buffer;
}

/** An unpacked plugin: its files by name, with slashes, below its one folder. */
export type PluginFolder = ReadonlyMap<string, PluginFile>;

const HEAD_BYTES = 1024 ** 2;
const PERMISSIONS = 0o777;

/**
 * @param only names to read, instead of all that lies below the folder
 * @returns the files, sorted by name
 */
export async function readPluginFolder(folder: string, only?: readonly string[]): Promise<PluginFolder> {
  const files = new Map<string, PluginFile>();
  for (const name of only ?? (await listFiles(folder))) {
    files.set(name.replaceAll(path.sep, '/'), await readPluginFile(path.join(folder, name)));
  }
  return files;
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

async function readPluginFile(file: string): Promise<PluginFile> {
  const handle = await open(file);
  try {
    const { size, mode } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(Math.min(size, HEAD_BYTES)), position: 0 });
    return { size, mode: mode & PERMISSIONS, head: buffer.subarray(0, bytesRead) };
  } finally {
    await handle.close();
  }
}

/** Undefined when there is no such file. */
export const readText = (folder: PluginFolder, name: string): string | undefined =>
  folder.get(name)?.head.toString('utf8');
