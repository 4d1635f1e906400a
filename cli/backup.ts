import { engineEnvironment } from './engineEnvironment.ts';
import type { Io } from './io.ts';
import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

export const summary = 'Back the store up into one file, also while the engine runs: pharos backup [FILE]';

const usage = `Usage: pharos backup [FILE] [--data DIR]

Copies the store as it stands at this moment into one file, checks it, and says where it is. The engine goes on meanwhile.
Without FILE it goes into the folder of backups (PHAROS_BACKUP_DIR, else backups in the data directory), where the engine
puts its own each night.

The secrets are not in it. Keep a copy of the folder secrets of the data directory as well, in another place than the
backups: who has both can read the secrets of receivers.`;

const options = { data: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } } as const;

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = strictOptions(argv, options, 'words');
  if (values.help) {
    io.out(usage);
    return 0;
  }
  const [file, more] = positionals;
  if (more !== undefined) {
    throw new UsageError(`There is more than one file: "${more}".`);
  }
  const { backUp } = await import('../server/maintenance.ts');
  try {
    const made = await backUp(engineEnvironment(io, values.data), file);
    io.out(`${made.file}  ${(made.sizeBytes / 1e6).toFixed(1)} MB in ${(made.ms / 1000).toFixed(1)} s, checked`);
    io.out(`The secrets in ${made.secretsDir} are not in it: keep a copy of that folder too, in another place.`);
    return 0;
  } catch (error) {
    io.error(`No backup was made. ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
