import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { witness, writeWitness } from '../auditWitness.ts';
import { systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { createSecrets } from '../secrets.ts';
import { openStore } from '../store/openStore.ts';
import type { Store } from '../store/store.ts';
import { sampleAudit } from '../store/testing/samples.ts';
import { runDoctor } from './runDoctor.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-audit-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const environment = () => ({ PHAROS_DATA_DIR: dataDir, PHAROS_PORT: '0' });

async function withStore(work: (store: Store) => Promise<unknown>): Promise<void> {
  const store = await openStore({ databaseUrl: null, dataDir });
  await work(store);
  await store.close();
}

const append = (object: string) =>
  withStore((store) => store.write((tx) => tx.audit.append('default', sampleAudit({ object }))));

const diagnose = async (): Promise<string[]> =>
  (await runDoctor(environment()))
    .filter(({ check }) => check === 'audit')
    .map(({ level, text }) => `${level}: ${text}`);

/** As somebody does who can write into the database. */
function tamper(sql: string): void {
  const database = new DatabaseSync(path.join(dataDir, 'pharos.db'));
  database.exec(`drop trigger audit_no_update; drop trigger audit_no_delete; ${sql}`);
  database.close();
}

it('that was written anew as a whole is told by what the engine has noted of it', async () => {
  const key = createSecrets(loadConfig(environment()).secretKey);
  await append('one');
  expect(await diagnose()).toEqual(['ok: All rows fit together: 1.']);
  await withStore(async ({ read }) =>
    writeWitness(dataDir, [await witness(read.audit, key, { namespace: 'default', at: systemClock.now() })])
  );
  await append('two');
  expect(await diagnose()).toEqual(['ok: All rows fit together: 2.']);
  tamper('delete from audit; delete from audit_heads');
  await append('other');
  expect(await diagnose()).toEqual([
    expect.stringMatching(/^problem: Of default: Row 1 is another than stood there at 20/),
  ]);
});

it('that does not fit together is told by the row', async () => {
  await append('one');
  await append('two');
  tamper(`update audit set object = 'other' where seq = 2`);
  expect(await diagnose()).toEqual([
    'problem: Row 2 of default does not fit the row before it.',
    'warning: What was noted of its end cannot be read without the secret_key.',
  ]);
});
