import { KNOWN_MIGRATIONS } from '../store/migrate.ts';
import { fine, formatBytes, problem, warning, type Check, type Finding } from './check.ts';

/** A log that is not folded into the file means that something reads for very long. */
const LARGE_LOG = 200e6;

/** Whether the store can be opened, is of a schema that this program knows, and is whole. */
export const checkStore: Check = ({ store, storeError, settings }) => {
  if (storeError !== undefined) {
    return [
      problem(
        `The store cannot be opened: ${storeError}.`,
        settings.databaseUrl === undefined
          ? 'Stop the engine, and put the newest backup back with pharos restore.'
          : 'Check PHAROS_DATABASE_URL, and that PostgreSQL runs and lets this machine in.'
      ),
    ];
  }
  if (store === undefined) {
    return [fine('There is none yet; the engine makes it at its first start.')];
  }
  const damage = store.findDamage();
  const found: Finding[] = [
    ...schemaFindings(store.applied),
    ...(damage === undefined
      ? []
      : [
          problem(
            `The store is damaged: ${damage}.`,
            'Stop the engine, and put the newest backup back with pharos restore --force.'
          ),
        ]),
    ...((store.logBytes ?? 0) > LARGE_LOG
      ? [
          warning(
            `The write-ahead log is ${formatBytes(store.logBytes ?? 0)} long.`,
            'End whatever has been reading pharos.db for long; the next checkpoint makes it small again.'
          ),
        ]
      : []),
  ];
  const kind = store.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  return found.length > 0
    ? found
    : [fine(`${kind} of ${formatBytes(store.sizeBytes)}, schema ${store.applied.at(-1) ?? 'none'}, whole.`)];
};

function schemaFindings(applied: readonly string[]): readonly Finding[] {
  const newer = applied.filter((name) => !KNOWN_MIGRATIONS.includes(name)).at(-1);
  if (newer !== undefined) {
    return [
      problem(
        `The store has the schema "${newer}" of a newer Pharos than this one.`,
        'Run the newer version, or restore a backup from before the upgrade.'
      ),
    ];
  }
  const lacking = KNOWN_MIGRATIONS.filter((name) => !applied.includes(name));
  return lacking.length === 0
    ? []
    : [
        warning(
          `The store is of an older version: it lacks ${lacking.join(', ')}.`,
          'The engine brings it up to date at its next start. Make a backup before.'
        ),
      ];
}
