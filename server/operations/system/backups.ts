import * as contract from '../../../src/api/system.ts';
import { action, query } from '../operation.ts';

export const listBackups = query(contract.listBackups, (deps) => {
  const { backups, running, nextAt, lastError } = deps.backups.state();
  const items = backups.map(({ name, createdAt, sizeBytes }) => ({ name, createdAt, sizeBytes }));
  return Promise.resolve({ items, folder: deps.config.backupDir, running, nextAt, lastError });
});

export const createBackup = action(contract.createBackup, async (deps, { now }) => {
  const failed = await failedAtOnce(deps.backups.run());
  if (failed !== undefined) {
    throw failed;
  }
  const audit = { object: 'store', before: null, after: { folder: deps.config.backupDir } };
  return { output: { startedAt: now }, audit };
});

/** What `work` failed with at once, such as a conflict; what it fails with later stands in the list of backups and in the log. */
function failedAtOnce(work: Promise<unknown>): Promise<unknown> {
  const begun = new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));
  return Promise.race([
    work.then(
      () => undefined,
      (error: unknown) => error
    ),
    begun,
  ]);
}
