import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureSecrets, shareSecrets } from './secrets.ts';

let folder: string;

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'pharos-secrets-')), 'secrets');
});

afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

describe('ensureSecrets', () => {
  it('makes secrets of 32 bytes that only their owner can read', async () => {
    const secrets = await ensureSecrets(folder);
    expect([...secrets.keys()]).toEqual(
      expect.arrayContaining(['admin_token', 'intake_token', 'relay_secret', 'grafana_hmac_secret', 'secret_key'])
    );
    expect(new Set(secrets.values()).size).toBe(secrets.size);
    expect(Buffer.from(secrets.get('admin_token') ?? '', 'base64url')).toHaveLength(32);
    expect((await stat(path.join(folder, 'admin_token'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("makes the inbox's secret in the form of Standard Webhooks", async () => {
    const secret = (await ensureSecrets(folder)).get('demo_inbox_secret') ?? '';
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });

  it('keeps what is there', async () => {
    const first = await ensureSecrets(folder);
    expect(await ensureSecrets(folder)).toEqual(first);
  });

  it('gives all who start at once the same values', async () => {
    // The processes differ only in time here: each call makes its own drafts one after the other.
    const first = await ensureSecrets(folder);
    await rm(path.join(folder, 'relay_secret'));
    const again = await ensureSecrets(folder);
    expect(again.get('relay_secret')).not.toBe(first.get('relay_secret'));
    expect(again.get('relay_secret')).toBe(await readFile(path.join(folder, 'relay_secret'), 'utf8'));
  });

  it('takes a value from the environment, and keeps it for those who read the file', async () => {
    await ensureSecrets(folder);
    const secrets = await ensureSecrets(folder, { PHAROS_INTAKE_TOKEN: 'given' });
    expect(secrets.get('intake_token')).toBe('given');
    expect(await readFile(path.join(folder, 'intake_token'), 'utf8')).toBe('given');
  });

  it('refuses an empty file instead of running without a secret', async () => {
    await ensureSecrets(folder);
    await writeFile(path.join(folder, 'secret_key'), '\n');
    await expect(ensureSecrets(folder)).rejects.toThrow('secret_key is empty: expected a secret');
  });

  it('says so where no folder can be made', async () => {
    await expect(ensureSecrets('/proc/pharos/secrets')).rejects.toThrow('/proc/pharos cannot be made (ENOENT');
  });
});

describe('shareSecrets', () => {
  it('copies those that are named, readable by all, and no others', async () => {
    const secrets = await ensureSecrets(folder);
    const shared = path.join(folder, 'shared');
    await shareSecrets(secrets, ['intake_token'], shared);
    await shareSecrets(secrets, ['intake_token'], shared);
    expect(await readFile(path.join(shared, 'intake_token'), 'utf8')).toBe(secrets.get('intake_token'));
    expect((await stat(path.join(shared, 'intake_token'))).mode & 0o777).toBe(0o444);
    await expect(stat(path.join(shared, 'admin_token'))).rejects.toThrow('ENOENT');
    await expect(shareSecrets(secrets, ['admin'], shared)).rejects.toThrow('There is no secret admin');
    await expect(shareSecrets(secrets, [], '/proc/pharos/all')).rejects.toThrow('/proc/pharos cannot be made (ENOENT');
  });
});
