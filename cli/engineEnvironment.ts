import { getDataDir } from './dataDir.ts';
import type { Io } from './io.ts';

/** The environment as an engine would read it that `npm start` or `npm run engine` starts here, with `--data` if that is given. */
export function engineEnvironment(
  { environment }: Pick<Io, 'environment'>,
  dataOption: string | undefined
): Readonly<Record<string, string | undefined>> {
  // A file of settings may name the data directory itself.
  const isSaid = dataOption === undefined && Boolean(environment['PHAROS_CONFIG']);
  return isSaid ? environment : { ...environment, PHAROS_DATA_DIR: getDataDir(dataOption, environment) };
}
