import { readFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { setWitnessAside } from './auditWitness.ts';
import { systemClock } from './clock.ts';
import { readSettings, secretPath, type Settings } from './config.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { backupName, readEncrypted } from './store/backup/backupFile.ts';
import { restoreBackup, type Restored } from './store/backup/restoreBackup.ts';
import { writeBackup } from './store/backup/writeBackup.ts';

/* What the command line does to a store without an engine's help; it works beside one that runs, and where none can start. */

const version = packageJson.version;

const sourceOf = ({ databaseUrl, dataDir }: Settings) => ({ databaseUrl: databaseUrl ?? null, dataDir });

export interface BackedUp {
  readonly file: string;
  readonly sizeBytes: number;
  readonly ms: number;
  /** The folder that is not in it. */
  readonly secretsDir: string;
}

/** @param file absent means one named after the time, in the folder of backups @throws Error with a sentence for the operator */
export async function backUp(env: NodeJS.ProcessEnv, file: string | undefined): Promise<BackedUp> {
  const settings = readSettings(env);
  const createdAt = systemClock.now();
  const target = path.resolve(file ?? path.join(settings.backupDir, backupName(createdAt)));
  const sizeBytes = await writeBackup(sourceOf(settings), target, { version, createdAt });
  return {
    file: target,
    sizeBytes,
    ms: systemClock.now() - createdAt,
    secretsDir: path.join(settings.dataDir, 'secrets'),
  };
}

export type RestoredHere = Restored & {
  /** Where it was restored to, for a person. */
  readonly target: string;
  /** Encrypted settings in it that the key of this data directory does not open, of how many. */
  readonly locked: number;
  readonly encrypted: number;
  readonly secretKeyFile: string;
};

/** @throws Error with a sentence for the operator; then nothing has changed */
export async function restore(
  env: NodeJS.ProcessEnv,
  { file, force }: { file: string; force: boolean }
): Promise<RestoredHere> {
  const settings = readSettings(env);
  const { backupDir, dataDir, databaseUrl } = settings;
  const resolved = path.resolve(file);
  const restored = await restoreBackup({
    ...{ ...sourceOf(settings), file: resolved, force, backupDir, version, clock: systemClock },
  });
  setWitnessAside(dataDir, systemClock.now());
  const texts = readEncrypted(resolved);
  const secrets = keyOf(settings);
  return {
    ...restored,
    target: databaseUrl === undefined ? path.join(dataDir, 'pharos.db') : 'the PostgreSQL database',
    locked: texts.filter((text) => !opens(secrets, text)).length,
    encrypted: texts.length,
    secretKeyFile: secretPath(dataDir, 'secretKey'),
  };
}

/** The key as it is; none is made here, for a new one would open nothing. */
function keyOf({ secretKey, dataDir }: Settings): Secrets | undefined {
  try {
    return createSecrets(secretKey ?? readFileSync(secretPath(dataDir, 'secretKey'), 'utf8').trim());
  } catch {
    return undefined;
  }
}

function opens(secrets: Secrets | undefined, text: string): boolean {
  try {
    secrets?.decrypt(text);
    return secrets !== undefined;
  } catch {
    return false;
  }
}
