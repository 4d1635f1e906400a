import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pino from 'pino';
import { addMs, hours, minutes } from '../../src/core/units.ts';
import { readWitness, setWitnessAside, witnessAgainst, witnessFile } from '../auditWitness.ts';
import { createSecrets } from '../secrets.ts';
import { openStore } from '../store/openStore.ts';
import type { Store } from '../store/store.ts';
import { createTestStore, type TestStore } from '../store/testing/createTestStore.ts';
import { sampleAudit, START } from '../store/testing/samples.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createAuditWitness, type AuditWitness } from './witnessAudit.ts';

const secrets = createSecrets('k'.repeat(32));

let store: TestStore;
let clock: TestClock;
let logged: string[];
beforeEach(async () => {
  clock = createTestClock();
  store = await createTestStore({ clock });
  logged = [];
});
afterEach(() => store.dispose());

const append = (to: Store, ...objects: string[]) =>
  to.write(async (tx) => {
    for (const object of objects) {
      await tx.audit.append('default', sampleAudit({ object }));
    }
  });

function open(on: Store = store): AuditWitness {
  const log = pino({ base: null, timestamp: false }, { write: (line) => void logged.push(line) });
  return createAuditWitness({ store: on, clock, log, secrets, dataDir: store.dataDir });
}

/** A run of the engine that notes where it ends. */
const noteOnce = (on: Store = store): Promise<void> => open(on).stop();

const against = (on: Store = store) =>
  witnessAgainst(on.read.audit, { dataDir: store.dataDir, key: secrets }, 'default');

/** As somebody does who can write into the database and knows how the chain is made. */
async function rewrite(...objects: string[]): Promise<Store> {
  await store.close();
  const database = new DatabaseSync(path.join(store.dataDir, 'pharos.db'));
  database.exec('drop trigger audit_no_delete; delete from audit; delete from audit_heads');
  database.close();
  const again = await openStore({ databaseUrl: null, dataDir: store.dataDir, clock });
  await append(again, ...objects);
  expect(await again.read.audit.verify('default')).toMatchObject({ ok: true });
  return again;
}

it('notes where the audit ends, in a file for its owner and in the log, when it has grown', async () => {
  await append(store, 'one', 'two');
  await noteOnce();
  expect(readWitness(store.dataDir)).toMatchObject([{ namespace: 'default', seq: 2, at: clock.now() }]);
  expect(statSync(witnessFile(store.dataDir)).mode & 0o777).toBe(0o600);
  const [line = ''] = logged;
  expect(JSON.parse(line)).toMatchObject({ ends: readWitness(store.dataDir), msg: 'where the audit ends' });
  clock.advance(minutes(5));
  await noteOnce();
  expect(logged).toHaveLength(1);
  await append(store, 'three');
  await noteOnce();
  expect(readWitness(store.dataDir)).toMatchObject([{ namespace: 'default', seq: 3, at: clock.now() }]);
  expect(logged).toHaveLength(2);
  expect(await against()).toBeNull();
});

it('does so at the start, each hour and at the stop', async () => {
  const notes = open();
  const looked = jest.spyOn(store.read.audit, 'namespaces');
  notes.start();
  expect(looked).toHaveBeenCalledTimes(1);
  clock.advance(minutes(59));
  expect(looked).toHaveBeenCalledTimes(1);
  clock.advance(hours(2));
  expect(looked).toHaveBeenCalledTimes(3);
  await notes.stop();
  expect(looked).toHaveBeenCalledTimes(4);
  clock.advance(hours(2));
  expect(looked).toHaveBeenCalledTimes(4);
});

it.each([
  ['with another row', ['other', 'two', 'three'], /^Row 2 is another than stood there at /],
  ['with fewer rows', ['one'], /^The audit went up to row 2 at .*, and ends with row 1 now\.$/],
  ['and is empty', [], /ends with row 0 now\.$/],
])('tells a chain that was written anew %s, and does not forget it', async (_how, objects, words) => {
  await append(store, 'one', 'two');
  await noteOnce();
  const file = readFileSync(witnessFile(store.dataDir), 'utf8');
  const again = await rewrite(...objects);
  expect(await against(again)).toMatch(words);
  await append(again, 'more', 'and more');
  await noteOnce(again);
  expect(readFileSync(witnessFile(store.dataDir), 'utf8')).toBe(file);
  expect(logged.at(-1)).toMatch(
    /"level":50.*"namespace":"default".*the audit is not the one that the engine has written/
  );
  await again.close();
});

it('says nothing of rows that were pruned since', async () => {
  await append(store, 'one', 'two');
  await noteOnce();
  await store.write(async (tx) => {
    const now = addMs(START, hours(48));
    await tx.audit.cut('default', { before: now, now });
    await tx.audit.prune(100);
  });
  expect(await against()).toBeNull();
});

it.each([
  ['another row in it', (text: string) => text.replace('"seq": 2', '"seq": 1'), /was changed, or written with another/],
  ['half of it', (text: string) => text.slice(0, 40), /audit-witness\.json is not as the engine writes it\.$/],
])('does not believe a file with %s, and leaves it', async (_what, change, words) => {
  await append(store, 'one', 'two');
  await noteOnce();
  const changed = change(readFileSync(witnessFile(store.dataDir), 'utf8'));
  writeFileSync(witnessFile(store.dataDir), changed);
  expect(await against()).toMatch(words);
  await noteOnce();
  expect(readFileSync(witnessFile(store.dataDir), 'utf8')).toBe(changed);
  expect(logged.at(-1)).toContain('"level":50');
});

it('begins anew where a store was put in place on purpose', async () => {
  await append(store, 'one', 'two');
  await noteOnce();
  setWitnessAside(store.dataDir, clock.now());
  const again = await rewrite('restored');
  expect(await against(again)).toBeNull();
  await noteOnce(again);
  expect(readWitness(store.dataDir)).toMatchObject([{ namespace: 'default', seq: 1 }]);
  await again.close();
});
