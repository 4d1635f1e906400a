import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { getMessage, isCode } from './errors.ts';

/**
 * Makes a folder and those above it that are missing. One by one: told to make them all, Node tries for ever where a file system
 * takes no folders, as /proc does.
 *
 * @param mode of those that are made
 * @throws Error saying which folder stands in the way, and why
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  if (await isFolder(folder)) {
    return;
  }
  await makeFolder(path.dirname(folder), mode);
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolder(folder))) {
      throw new Error(`${folder} cannot be made (${getMessage(error)})`, { cause: error });
    }
  }
}

/** False where there is nothing; below a file there is nothing either. */
async function isFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch((error: unknown) => {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) {
      return undefined;
    }
    throw new Error(`${folder} cannot be used (${getMessage(error)})`, { cause: error });
  });
  if (found?.isDirectory() === false) {
    throw new Error(`${folder} is no folder`);
  }
  return found !== undefined;
}
