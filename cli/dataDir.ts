import { mkdtemp, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { getMessage } from '../stack/errors.ts';
import { makeFolder } from '../stack/makeFolder.ts';
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
 * Makes the folder and those above it that are missing. One that is there is tried out.
 *
 * @throws DataDirError saying what stands in the way
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
  } catch (error) {
    throw new DataDirError(dataDir, `cannot be made: ${getMessage(error)}`);
  }
  try {
    await rmdir(await mkdtemp(path.join(dataDir, '.tried-')));
  } catch (error) {
    throw new DataDirError(dataDir, `cannot be written (${getMessage(error)})`);
  }
}
