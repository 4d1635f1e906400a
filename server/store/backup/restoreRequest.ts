import type { Clock } from '../../clock.ts';
import type { BackupSource } from './writeBackup.ts';

export interface RestoreRequest extends BackupSource {
  readonly file: string;
  /** Where the old rows of a PostgreSQL database are kept; those of SQLite stay in the data directory. */
  readonly backupDir: string;
  /** Replace what is there; the old one is kept aside. */
  readonly force: boolean;
  readonly clock: Clock;
  readonly version: string;
}
