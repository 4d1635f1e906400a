import { readFileSync } from 'node:fs';
import { systemClock, type Clock } from '../clock.ts';
import { ConfigError } from '../configError.ts';
import { readSettings, secretPath, type Settings } from '../config.ts';
import { messageOf } from '../errors.ts';
import { systemResolve, type Resolve } from '../receivers/guard.ts';
import { createSecrets, type Secrets } from '../secrets.ts';
import { openReader, type StoreReader } from '../store/openReader.ts';
import { KNOWN_MIGRATIONS } from '../store/migrate.ts';
import { problem, type Check, type Finding, type Patient } from './check.ts';
import { CHECKS } from './checks.ts';

export interface Line extends Finding {
  readonly check: string;
}

export interface DoctorOptions {
  readonly clock?: Clock;
  readonly resolve?: Resolve;
}

/**
 * Looks at everything that an engine with these settings depends on, and changes nothing. It runs beside an engine as well as where
 * none starts.
 */
export async function runDoctor(
  env: NodeJS.ProcessEnv,
  { clock = systemClock, resolve = systemResolve }: DoctorOptions = {}
): Promise<readonly Line[]> {
  const settings = settingsOf(env);
  if (!('dataDir' in settings)) {
    return [{ check: 'configuration', ...settings }];
  }
  const opened = await openStore(settings);
  const signal = new AbortController().signal;
  const secrets = secretsOf(settings);
  const patient: Patient = {
    settings,
    clock,
    signal,
    resolve,
    secrets,
    storeError: undefined,
    store: undefined,
    ...opened,
  };
  try {
    const lines = await Promise.all(
      CHECKS.map(async ([check, run]) => (await perform(run, patient)).map((finding) => ({ check, ...finding })))
    );
    return lines.flat();
  } finally {
    await patient.store?.close();
  }
}

function settingsOf(env: NodeJS.ProcessEnv): Settings | Finding {
  try {
    return readSettings(env);
  } catch (error) {
    const advice =
      error instanceof ConfigError ? 'Correct it; the engine does not start, and nothing else was looked at.' : '';
    return problem(messageOf(error), advice);
  }
}

async function openStore({
  databaseUrl,
  dataDir,
}: Settings): Promise<{ store: StoreReader } | { storeError: string } | Record<string, never>> {
  try {
    const store = await openReader({ databaseUrl: databaseUrl ?? null, dataDir });
    return store === undefined ? {} : { store };
  } catch (error) {
    return { storeError: reasonOf(error) };
  }
}

/** Node puts a refused connection into an AggregateError without a message. */
const reasonOf = (error: unknown): string =>
  error instanceof AggregateError && error.message === '' ? error.errors.map(messageOf).join('; ') : messageOf(error);

function secretsOf({ secretKey, dataDir }: Settings): Secrets | undefined {
  try {
    return createSecrets(secretKey ?? readFileSync(secretPath(dataDir, 'secretKey'), 'utf8').trim());
  } catch {
    return undefined;
  }
}

async function perform(check: Check, patient: Patient): Promise<readonly Finding[]> {
  try {
    return await check(patient);
  } catch (error) {
    const newest = patient.store?.applied.at(-1);
    const advice =
      patient.store !== undefined && newest !== KNOWN_MIGRATIONS.at(-1)
        ? 'The store is of another version: see the check of the store.'
        : 'See whether this program may read what it needs.';
    return [problem(`This could not be looked at: ${messageOf(error)}.`, advice)];
  }
}
