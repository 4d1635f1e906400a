import * as contract from '../../../src/api/system.ts';
import { DEFAULT_NAMESPACE, isEngineAdmin } from '../../../src/core/identity.ts';
import { EngineError } from '../../errors.ts';
import { action, query, type Call } from '../operation.ts';

/** A backup holds all namespaces: who runs one of them has no say in it. @throws EngineError `forbidden` */
function requireDeployment({ identity }: Call): void {
  if (!isEngineAdmin(identity)) {
    throw new EngineError(
      'forbidden',
      `Backups are of the whole engine: an admin of the namespace ${DEFAULT_NAMESPACE} makes them, and ${identity.name} is of ${identity.namespace}.`
    );
  }
}

export const listBackups = query(contract.listBackups, (deps, call) => {
  requireDeployment(call);
  const { backups, running, nextAt, lastError } = deps.backups.state();
  const items = backups.map(({ name, createdAt, sizeBytes }) => ({ name, createdAt, sizeBytes }));
  return Promise.resolve({ items, folder: deps.config.backupDir, running, nextAt, lastError });
});

export const createBackup = action(contract.createBackup, (deps, call) => {
  requireDeployment(call);
  const run = async () => {
    const work = deps.backups.run();
    const failed = await failedAtOnce(work);
    if (failed !== undefined) {
      throw failed;
    }
    return { output: { startedAt: call.now }, outcome: work.then(({ file, sizeBytes }) => ({ file, sizeBytes })) };
  };
  return Promise.resolve({ object: 'store', run });
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
