import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isCode } from './errors.ts';
import { makeFolder } from './makeFolder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const tokenBytes = 32;

function makeToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
function makeWebhookSecret(): string {
  return `whsec_${randomBytes(tokenBytes).toString('base64')}`;
}

/** What the engine and the stack share. The engine makes the first five itself where they are missing. */
const makers: Readonly<Record<string, () => string>> = {
  admin_token: makeToken,
  intake_token: makeToken,
  relay_secret: makeToken,
  grafana_hmac_secret: makeToken,
  secret_key: makeToken,
  grafana_admin_password: makeToken,
  demo_inbox_secret: makeWebhookSecret,
};

export type Secrets = ReadonlyMap<string, string>;

/**
 * Reads the secrets of the stack from files in `folder`, and makes those that are not there (mode 0600, folder 0700).
 * Safe while another process does the same: whoever is first wins, both read the same value.
 *
 * @param environment a value given as `PHAROS_ADMIN_TOKEN` and the like counts, and is kept in the folder for the
 *   programs that read it from there
 */
export async function ensureSecrets(folder: string, environment: Environment = {}): Promise<Secrets> {
  await makeFolder(folder, 0o700);
  const secrets = new Map<string, string>();
  for (const [name, make] of Object.entries(makers)) {
    const file = path.join(folder, name);
    const given = environment[`PHAROS_${name.toUpperCase()}`];
    if (given) {
      await writeSecret(file, given, 0o600);
    }
    secrets.set(name, given || (await ensureSecret(file, make)));
  }
  return secrets;
}

/** Puts a secret into a file in one step; a reader sees the old value or the new one. */
export async function writeSecret(file: string, value: string, mode: number): Promise<void> {
  const draft = await writeDraft(file, value, mode);
  await rename(draft, file);
}

async function writeDraft(file: string, value: string, mode: number): Promise<string> {
  const draft = `${file}.${process.pid}.new`;
  await rm(draft, { force: true });
  await using handle = await open(draft, 'wx', mode);
  await handle.writeFile(value);
  // Whatever the umask says: copies for other users are of no use when they cannot read them.
  await handle.chmod(mode);
  await handle.sync();
  return draft;
}

async function ensureSecret(file: string, make: () => string): Promise<string> {
  const present = await readSecret(file);
  if (present !== undefined) {
    return present;
  }
  const draft = await writeDraft(file, make(), 0o600);
  try {
    // Unlike rename, link never replaces: a file is either whole or not there, and the first one stays.
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) {
      throw error;
    }
  } finally {
    await rm(draft);
  }
  const made = await readSecret(file);
  if (made === undefined) {
    throw new Error(`${file} is empty: expected a secret. Remove the file to have a new one made.`);
  }
  return made;
}

/** @returns undefined when there is no such file */
export async function readSecret(file: string): Promise<string | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (text === '') {
      throw new Error(`${file} is empty: expected a secret. Remove the file to have a new one made.`);
    }
    return text;
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

/** Copies of single secrets for programs of another user, readable by all who can see the folder. */
export async function shareSecrets(secrets: Secrets, names: readonly string[], folder: string): Promise<void> {
  await makeFolder(folder);
  for (const name of names) {
    const value = secrets.get(name);
    if (value === undefined) {
      throw new Error(`There is no secret ${name}: expected one of ${[...secrets.keys()].join(', ')}.`);
    }
    await writeSecret(path.join(folder, name), value, 0o444);
  }
}
