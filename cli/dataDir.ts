import path from 'node:path';
import { repositoryRoot } from '../stack/paths.ts';

/** Where everything of a start is kept: `--data`, else `PHAROS_DATA_DIR`, else `.pharos` in the repository. */
export function getDataDir(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>
): string {
  return path.resolve(option ?? (environment.PHAROS_DATA_DIR || path.join(repositoryRoot, '.pharos')));
}
