import { rmSync, writeFileSync } from 'node:fs';
import { createBackup, getSystemStatus, listBackups } from '../../../src/api/system.ts';
import { createTestEngine, type TestEngine } from '../../testing/createTestEngine.ts';
import { testClient, testClients } from '../../testing/testClient.ts';

let engine: TestEngine;
let clients: Awaited<ReturnType<typeof testClients>>;
beforeEach(async () => {
  engine = await createTestEngine();
  clients = await testClients(engine);
});
afterEach(() => engine.dispose());

/** Until no backup is being made. */
async function settled() {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const list = await clients.admin.call(listBackups, {});
    if (!list.running || performance.now() > deadline) {
      return list;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The audit of backups, the newest first, once the newest row says so. */
async function audited(outcome: 'done' | 'failed') {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const { items } = await engine.store.read.audit.list('default', { action: 'createBackup' }, { limit: 9 });
    if (items[0]?.outcome === outcome || performance.now() > deadline) {
      return items;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('begins a backup for an admin, who finds it in the list; the status shows it to everyone', async () => {
  const { startedAt } = await clients.admin.call(createBackup, {});
  expect(startedAt).toBe(engine.clock.now());
  await expect(clients.admin.call(createBackup, {})).rejects.toMatchObject({ status: 409, code: 'conflict' });
  const { items, folder, lastError } = await settled();
  expect(items).toEqual([{ name: 'pharos-20261121T140000Z.db', createdAt: startedAt, sizeBytes: expect.any(Number) }]);
  expect({ folder, lastError }).toEqual({ folder: engine.deps.config.backupDir, lastError: null });
  const { backups, problems } = await clients.viewer.call(getSystemStatus, {});
  expect(backups).toMatchObject({ lastAt: startedAt, lastSizeBytes: items[0]?.sizeBytes, hasFailed: false });
  expect(problems.join()).not.toContain('backup');
  const [done, ...audit] = await audited('done');
  expect(done).toMatchObject({ object: 'store', after: { sizeBytes: items[0]?.sizeBytes } });
  expect(audit.map(({ outcome }) => outcome)).toEqual(['refused', 'begun', 'begun']);
});

it('tells nobody but admins where backups are, or why one failed', async () => {
  await expect(clients.editor.call(listBackups, {})).rejects.toMatchObject({ status: 403 });
  await expect(clients.editor.call(createBackup, {})).rejects.toMatchObject({ status: 403 });
  const { backupDir } = engine.deps.config;
  writeFileSync(backupDir, 'a file where the folder should be');
  await clients.admin.call(createBackup, {}).catch(() => undefined);
  await settled();
  const seen = async (client: typeof clients.admin) => (await client.call(getSystemStatus, {})).backups;
  expect(await seen(clients.viewer)).toMatchObject({ hasFailed: true, lastError: null });
  expect(await seen(clients.admin)).toMatchObject({ hasFailed: true, lastError: expect.stringContaining(backupDir) });
  expect((await clients.viewer.call(getSystemStatus, {})).problems).toContainEqual(
    expect.stringContaining('The last backup failed')
  );
  rmSync(backupDir);
});

it('are no affair of another namespace, whose admin is none of the engine', async () => {
  const other = testClient(engine, await engine.token('admin', 'org-2'));
  await expect(other.call(listBackups, {})).rejects.toMatchObject({ status: 403, code: 'forbidden' });
  await expect(other.call(createBackup, {})).rejects.toMatchObject({ status: 403, code: 'forbidden' });
  expect(engine.deps.backups.state().running).toBe(false);
});

it('calls it a problem when two nights have passed without one', async () => {
  await engine.deps.backups.run();
  engine.clock.advance(51 * 3_600_000);
  expect((await clients.viewer.call(getSystemStatus, {})).problems).toContainEqual(
    'The newest backup is of 2026-11-21T14:00:00.000Z'
  );
});
