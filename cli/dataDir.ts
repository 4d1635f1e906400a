import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { getMessage, isCode } from '../stack/errors.ts';
import { repositoryRoot } from '../stack/paths.ts';

/** Where everything of a start is kept: `--data`, else `PHAROS_DATA_DIR`, else `.pharos` in the repository. */
export function getDataDir(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>
): string {
  return path.resolve(option ?? (environment.PHAROS_DATA_DIR || path.join(repositoryRoot, '.pharos')));
}

/** A folder that cannot serve; the message is for the person who named it. */
export class DataDirError extends Error {
  constructor(dataDir: string, problem: string) {
    super(
      `The data folder ${dataDir} ${problem}. Name a folder that can be written, with --data or PHAROS_DATA_DIR; it is made where it is missing.`
    );
  }
}

/**
 * Makes the folder and those above it that are missing, one by one: told to make them all, Node tries for ever where a file system
 * takes no folders, as /proc does. A folder that is there is tried out.
 *
 * @throws DataDirError saying what stands in the way
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  for (const folder of await findMissing(dataDir)) {
    await mkdir(folder).catch((error: unknown) => {
      // Somebody else may have made it meanwhile.
      if (!isCode(error, 'EEXIST')) {
        throw new DataDirError(dataDir, `cannot be made (${getMessage(error)})`);
      }
    });
  }
  try {
    await rmdir(await mkdtemp(path.join(dataDir, '.tried-')));
  } catch (error) {
    throw new DataDirError(dataDir, `cannot be written (${getMessage(error)})`);
  }
}

/** Folders on the way that are not there, outermost first. */
async function findMissing(dataDir: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let folder = dataDir; ; folder = path.dirname(folder)) {
    const found = await statOf(dataDir, folder);
    if (found?.isDirectory() === true) {
      return missing;
    }
    if (found !== undefined) {
      throw new DataDirError(dataDir, folder === dataDir ? 'is no folder' : `lies in ${folder}, which is no folder`);
    }
    missing.unshift(folder);
  }
}

/** Undefined where there is nothing; below a file there is nothing either. */
async function statOf(dataDir: string, folder: string) {
  try {
    return await stat(folder);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) {
      return undefined;
    }
    throw new DataDirError(dataDir, `cannot be used (${getMessage(error)})`);
  }
}
