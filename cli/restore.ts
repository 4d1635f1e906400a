import type { RestoredHere } from '../server/maintenance.ts';
import { engineEnvironment } from './engineEnvironment.ts';
import type { Io } from './io.ts';
import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

export const summary = 'Put a backup back, while no engine runs: pharos restore FILE [--force]';

const usage = `Usage: pharos restore FILE [--force] [--data DIR]

Puts a backup into the store that the settings name: SQLite in the data directory, or the PostgreSQL database of
PHAROS_DATABASE_URL, whichever the backup was taken of. It refuses while an engine runs on that store, when the file is
damaged or of a newer Pharos, and when the store is not empty.

  --force  replace what is there; the old store is kept, and where is said

Nothing is changed when it fails.`;

const options = {
  data: { type: 'string' },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = strictOptions(argv, options, 'words');
  if (values.help) {
    io.out(usage);
    return 0;
  }
  const [file, more] = positionals;
  if (file === undefined || more !== undefined) {
    throw new UsageError('Expected one file, the backup that is to be put back.');
  }
  const { restore } = await import('../server/maintenance.ts');
  try {
    const restored = await restore(engineEnvironment(io, values.data), { file, force: values.force });
    describe(restored).forEach((line) => io.out(line));
    return 0;
  } catch (error) {
    io.error(
      `Nothing was restored, and nothing has changed. ${error instanceof Error ? error.message : String(error)}`
    );
    return 1;
  }
}

function describe(restored: RestoredHere): readonly string[] {
  const { rows, keptAside, leftOut, locked, encrypted, secretKeyFile } = restored;
  const counts = ['alerts', 'history', 'thresholds', 'receivers', 'audit'].map((name) => `${rows[name] ?? 0} ${name}`);
  const taken = new Date(restored.createdAt).toISOString();
  return [
    `Restored the backup of ${taken}, made by Pharos ${restored.version}, to ${restored.target}: rows of ${counts.join(', ')}.`,
    ...(keptAside === null ? [] : [`What was there before is kept in ${keptAside}.`]),
    ...(leftOut === 0
      ? []
      : [
          `${leftOut} notifications were waiting when the backup was taken; they are not sent now. What still fires is announced anew.`,
        ]),
    'Sessions are ended: log in anew. Tokens are those of the backup: one that was revoked since works again.',
    ...(locked === 0
      ? []
      : [
          `The key in ${secretKeyFile} does not open ${locked} of ${encrypted} encrypted settings: put the folder secrets of that time back, or enter the receivers' secrets again.`,
        ]),
  ];
}
