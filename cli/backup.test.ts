import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSecrets } from '../server/secrets.ts';
import { openStore } from '../server/store/openStore.ts';
import { sampleAlert, sampleReceiver } from '../server/store/testing/samples.ts';
import { runCommand } from './commands.ts';

const KEY = 'a key of at least thirty-two characters';

let dataDir: string;
let lines: string[];
let errors: string[];

const pharos = (...argv: string[]): Promise<number> =>
  runCommand(argv, {
    out: (line) => lines.push(line),
    error: (line) => errors.push(line),
    environment: { PHAROS_DATA_DIR: dataDir },
  });

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-cli-'));
  lines = [];
  errors = [];
  mkdirSync(path.join(dataDir, 'secrets'));
  writeFileSync(path.join(dataDir, 'secrets', 'secret_key'), KEY);
  const store = await openStore({ databaseUrl: null, dataDir });
  await store.write(async (tx) => {
    await tx.alerts.save([sampleAlert()]);
    await tx.receivers.save(sampleReceiver({ secrets: createSecrets(KEY).encrypt({ secret: 'whsec' }) }));
  });
  await store.close();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('backs up beside an engine that runs, and says what is not in it', async () => {
  const store = await openStore({ databaseUrl: null, dataDir });
  expect(await pharos('backup')).toBe(0);
  await store.close();
  const [name = ''] = readdirSync(path.join(dataDir, 'backups'));
  expect(name).toMatch(/^pharos-\d{8}T\d{6}Z\.db$/);
  expect(lines[0]).toMatch(new RegExp(`^${path.join(dataDir, 'backups', name)} {2}0\\.\\d MB in [\\d.]+ s, checked$`));
  expect(lines[1]).toContain(`The secrets in ${path.join(dataDir, 'secrets')} are not in it`);
});

it('restores it with force, and says what it did', async () => {
  const file = path.join(dataDir, 'elsewhere', 'mine.db');
  expect(await pharos('backup', file)).toBe(0);
  expect(await pharos('restore', file)).toBe(1);
  expect(errors).toEqual([
    expect.stringMatching(/^Nothing was restored, and nothing has changed. There is a database in/),
  ]);
  lines = [];
  writeFileSync(path.join(dataDir, 'audit-witness.json'), '[]');
  expect(await pharos('restore', file, '--force')).toBe(0);
  // What was noted of the audit of the old database is no word against the one that was put back.
  expect(readdirSync(dataDir).filter((name) => name.startsWith('audit-witness'))).toEqual([
    expect.stringMatching(/^audit-witness\.json\.replaced-20/),
  ]);
  expect(lines).toEqual([
    expect.stringMatching(
      /^Restored the backup of 20\S+, made by Pharos [\d.]+, to .*pharos.db: rows of 1 alerts, 0 history/
    ),
    expect.stringMatching(/^What was there before is kept in .*pharos\.db\.replaced-/),
    expect.stringMatching(/^Sessions are ended/),
  ]);
  const store = await openStore({ databaseUrl: null, dataDir });
  expect(await store.read.alerts.get('default', 'a1-start')).toEqual(sampleAlert());
  await store.close();
});

it('says when the key at hand does not open what is in the backup', async () => {
  const file = path.join(dataDir, 'mine.db');
  await pharos('backup', file);
  for (const key of ['another key, just as long as the first', undefined]) {
    rmSync(path.join(dataDir, 'secrets', 'secret_key'));
    if (key !== undefined) {
      writeFileSync(path.join(dataDir, 'secrets', 'secret_key'), key);
    }
    lines = [];
    expect(await pharos('restore', file, '--force')).toBe(0);
    expect(lines.at(-1)).toMatch(/secret_key does not open 1 of 1 encrypted settings/);
  }
  expect(readdirSync(path.join(dataDir, 'secrets'))).toEqual([]);
});

it('refuses what it does not understand', async () => {
  expect(await pharos('backup', 'a', 'b')).toBe(2);
  expect(await pharos('restore')).toBe(2);
  expect(errors.join('\n')).toMatch(/more than one file: "b"[^]*Expected one file/);
  errors = [];
  expect(await pharos('backup', '--data', path.join(dataDir, 'none'))).toBe(1);
  expect(errors[0]).toMatch(/^No backup was made. There is nothing to back up/);
  expect(await pharos('restore', '--help')).toBe(0);
  expect(lines.join()).toContain('Usage: pharos restore FILE');
});
