import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { days, durationMs, epochMs, hours, minutes } from '../../src/core/units.ts';
import { createTestStore, type TestStore } from '../store/testing/createTestStore.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { createBackups, type Backups, type BackupsDeps } from './backups.ts';

const NOON = epochMs(Date.UTC(2026, 10, 20, 12));

let clock: TestClock;
let store: TestStore;
let folder: string;
let logged: string[];
let backups: Backups;

const create = (changes: Partial<BackupsDeps> = {}): Backups => {
  const log = { info: () => undefined, error: (facts: { reason: string }) => void logged.push(facts.reason) };
  const source = { databaseUrl: null, dataDir: store.dataDir };
  backups = createBackups({
    ...{ clock, log, source, folder, version: '1', at: hours(3), keep: 2 },
    ...changes,
  });
  return backups;
};

beforeEach(async () => {
  clock = createTestClock(NOON);
  store = await createTestStore({ clock });
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'pharos-backups-')), 'backups');
  logged = [];
});
afterEach(async () => {
  await backups.stop();
  await store.dispose();
  rmSync(path.dirname(folder), { recursive: true, force: true });
});

/** Moves time, and waits for the backup that it brings about. */
async function pass(ms: number): Promise<readonly string[]> {
  clock.advance(ms);
  await backups.stop();
  backups.start();
  return backups.state().backups.map(({ name }) => name);
}

it('makes the first an hour after the start, then one each night, and keeps the newest', async () => {
  create().start();
  expect(backups.state()).toMatchObject({ backups: [], running: false, lastError: null, nextAt: NOON + hours(1) });
  expect(await pass(minutes(59))).toEqual([]);
  expect(await pass(minutes(2))).toEqual(['pharos-20261120T130000Z.db']);
  expect(backups.state().nextAt).toBe(Date.UTC(2026, 10, 21, 3));
  expect(await pass(hours(13))).toHaveLength(1);
  expect(await pass(hours(1.1))).toEqual(['pharos-20261121T030000Z.db', 'pharos-20261120T130000Z.db']);
  const leftover = path.join(folder, '.pharos-20261120T000000Z.db.12.partial');
  writeFileSync(leftover, '');
  utimesSync(leftover, 0, 0);
  // A file of somebody else's stays, whatever its age.
  writeFileSync(path.join(folder, 'before-upgrade.db'), '');
  expect(await pass(days(1))).toHaveLength(2);
  expect(readdirSync(folder).toSorted()).toEqual([
    'before-upgrade.db',
    'pharos-20261121T030000Z.db',
    expect.stringMatching(/^pharos-20261122T03\d+Z.db$/),
  ]);
});

it('catches up soon after a start when the night was missed', async () => {
  create();
  await backups.run();
  clock.advance(days(3));
  create().start();
  expect(await pass(minutes(1))).toHaveLength(2);
});

it('makes none by itself when it is off, but does on demand, one at a time', async () => {
  create({ at: null }).start();
  expect(await pass(days(5))).toEqual([]);
  expect(backups.state().nextAt).toBeNull();
  const first = backups.run();
  expect(backups.state().running).toBe(true);
  await expect(backups.run()).rejects.toThrow('A backup is being made already');
  expect(await first).toMatchObject({ createdAt: NOON + days(5), sizeBytes: expect.any(Number) });
  expect(backups.state()).toMatchObject({ running: false, backups: [{ createdAt: NOON + days(5) }] });
});

it('leaves those of each night to the leader of several engines', async () => {
  let leads = false;
  create({ isLeader: () => leads }).start();
  expect(await pass(days(2))).toEqual([]);
  expect(backups.state().nextAt).toBeNull();
  leads = true;
  expect(await pass(minutes(1))).toHaveLength(1);
});

it('says why it failed, and tries again an hour later', async () => {
  writeFileSync(folder, 'a file where the folder should be');
  create({ at: durationMs(0) }).start();
  await pass(hours(1));
  expect(backups.state().lastError).toContain('backups is no folder: expected one');
  expect(logged).toHaveLength(1);
  expect(await pass(minutes(59))).toEqual([]);
  expect(logged).toHaveLength(1);
  rmSync(folder);
  expect(await pass(minutes(2))).toHaveLength(1);
  expect(backups.state().lastError).toBeNull();
});

it('keeps the newest of the days before, however many are made today', async () => {
  create();
  await backups.run();
  clock.advance(days(1));
  for (let made = 0; made < 4; made += 1) {
    await backups.run();
    clock.advance(minutes(1));
  }
  expect(backups.state().backups.map(({ name }) => name)).toEqual([
    'pharos-20261121T120300Z.db',
    'pharos-20261121T120200Z.db',
    'pharos-20261120T120000Z.db',
  ]);
});
