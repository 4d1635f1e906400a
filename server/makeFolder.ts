import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from './errors.ts';

/**
 * Makes a folder and those above it that are missing, for their owner only. One by one: told to make them all, Node tries for ever
 * where a file system takes no folders, as /proc does.
 *
 * @throws Error saying which folder cannot be made, and why
 */
export function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) {
    return;
  }
  if (found !== undefined) {
    throw new Error(`${folder} is no folder: expected one, or nothing, so that it can be made.`);
  }
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another engine may have made it meanwhile.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new Error(`The folder ${folder} cannot be made: ${messageOf(error)}`, { cause: error });
    }
  }
}
