import { hours } from '../../src/core/units.ts';
import { listBackups } from '../store/backup/backupFile.ts';
import { fine, formatBytes, warning, type Check } from './check.ts';

/** Two nights have passed without one. */
const OLD = hours(50);

/** Whether there is a backup to go back to, and a new one. Its contents were checked when it was made. */
export const checkBackups: Check = ({ settings, store, clock }) => {
  const { backupDir, backupAt } = settings;
  const [newest] = listBackups(backupDir);
  if (store === undefined && newest === undefined) {
    return [fine('There is nothing to back up yet.')];
  }
  if (newest === undefined) {
    return backupAt === null
      ? [
          warning(
            `There are none in ${backupDir}, and the nightly ones are off.`,
            'Run pharos backup now and then, or set PHAROS_BACKUP_AT.'
          ),
        ]
      : [fine(`There are none in ${backupDir} yet; the engine makes the first an hour after its start.`)];
  }
  const made = new Date(newest.createdAt).toISOString();
  return clock.now() - newest.createdAt > OLD
    ? [warning(`The newest is of ${made}.`, 'See why in the log of the engine, or run pharos backup.')]
    : [fine(`The newest is of ${made}, ${formatBytes(newest.sizeBytes)}.`)];
};
