import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findChecksum, hashFile } from './checksum.ts';
import { getRootMessage } from './errors.ts';
import type { Archive, Architecture } from './part.ts';
import { runProgram } from './runProgram.ts';
import { unzip } from './unzip.ts';

const checksumTimeoutMs = 20_000;
const largestChecksumFile = 1_000_000;

export interface ArchiveRequest {
  readonly archive: Archive;
  readonly architecture: Architecture;
  /** The first is the program; an archive may call it `program-linux-amd64`. */
  readonly programs: readonly [string, ...string[]];
  /** Where the contents end up; it exists afterwards only when all went well. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Downloads a vendor's release archive, checks it against the SHA-256 sum that the vendor publishes beside it, and
 * unpacks it into `folder` in one step. Nothing is unpacked without a sum that fits.
 *
 * @throws Error with the reason: no checksum, another checksum, cut off, not reachable
 */
export async function installArchive(request: ArchiveRequest): Promise<void> {
  const { archive, folder, signal } = request;
  const name = path.posix.basename(new URL(archive.url).pathname);
  const expected = await fetchChecksum(archive, name, signal);
  const draft = `${folder}.${process.pid}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    const file = path.join(draft, name);
    await download(archive.url, file, signal);
    const actual = await hashFile(file);
    if (actual !== expected) {
      throw new Error(
        `${archive.url} has the SHA-256 sum ${actual}: expected ${expected}, as ${archive.checksumUrl} says. It was thrown away.`
      );
    }
    const contents = path.join(draft, 'contents');
    await unpack(file, contents, signal);
    const root = await findRoot(contents);
    await nameProgram(root, request);
    await rm(folder, { recursive: true, force: true });
    await rename(root, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function fetchChecksum(archive: Archive, name: string, signal: AbortSignal): Promise<string> {
  const response = await get(archive.checksumUrl, AbortSignal.any([signal, AbortSignal.timeout(checksumTimeoutMs)]));
  const text = await response.text();
  const checksum = text.length > largestChecksumFile ? undefined : findChecksum(text, name);
  if (checksum === undefined) {
    throw new Error(`${archive.checksumUrl} has no SHA-256 sum for ${name}: without one it is not used.`);
  }
  return checksum;
}

async function download(url: string, file: string, signal: AbortSignal): Promise<void> {
  const response = await get(url, signal);
  if (response.body === null) {
    throw new Error(`${url} answered without a body.`);
  }
  try {
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file), { signal });
  } catch (error) {
    throw new Error(`${url} broke off before its end: ${getRootMessage(error)}.`, { cause: error });
  }
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, redirect: 'follow' });
  } catch (error) {
    throw new Error(`${new URL(url).host} could not be reached: ${getRootMessage(error)}.`, { cause: error });
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}.`);
  }
  return response;
}

async function unpack(file: string, folder: string, signal: AbortSignal): Promise<void> {
  await mkdir(folder);
  if (file.endsWith('.zip')) {
    await unzip(file, folder);
    return;
  }
  const { code, output } = await runProgram('tar', ['-xzf', file, '-C', folder], { signal });
  if (code !== 0) {
    throw new Error(`tar could not unpack ${path.basename(file)}: ${output.trim()}`);
  }
}

/** Most archives hold one folder that is named after the release. */
async function findRoot(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const [only] = entries;
  return entries.length === 1 && only?.isDirectory() ? path.join(folder, only.name) : folder;
}

async function nameProgram(root: string, { programs, architecture }: ArchiveRequest): Promise<void> {
  const [program] = programs;
  const entries = await readdir(root);
  const suffixed = `${program}-linux-${architecture}`;
  if (entries.includes(suffixed)) {
    await rename(path.join(root, suffixed), path.join(root, program));
    await chmod(path.join(root, program), 0o755);
  }
}
