import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const sumLine = /^([0-9a-f]{64})(?:\s+[ *]?(?:\.\/)?(\S+))?$/i;

/**
 * The SHA-256 sum of `file` in the text of a checksum file: lines of `sha256sum`, or one bare sum for the one file that
 * the checksum file is named after.
 *
 * @returns lower case hex, or undefined when the text has no sum for the file
 */
export function findChecksum(text: string, file: string): string | undefined {
  const lines = text
    .split('\n')
    .map((line) => sumLine.exec(line.trim()))
    .filter((match) => match !== null);
  const named = lines.find((match) => match[2] === file);
  const bare = lines.length === 1 && lines[0]?.[2] === undefined ? lines[0] : undefined;
  return (named ?? bare)?.[1]?.toLowerCase();
}

/** SHA-256 of a file, lower case hex. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
