import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from './openStore.ts';

const WRITER = join(process.cwd(), 'server/store/testing/crashWriter.ts');
const KILLS = 20;

/** Starts the writer at number `first` and kills it once `rows` were acknowledged and then a little later still. */
async function writeAndKill(dataDir: string, first: number, rows: number): Promise<number> {
  const writer = spawn(process.execPath, [WRITER, dataDir, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (printed.split('\n').length > rows) {
      writer.kill('SIGKILL');
    }
  });
  await once(writer, 'close');
  const numbers = printed.split('\n').filter((line) => line !== '');
  return Number(numbers.at(-1) ?? first - 1);
}

function column(dataDir: string, query: string): unknown[] {
  const database = new DatabaseSync(join(dataDir, 'pharos.db'), { readOnly: true });
  const rows = database.prepare(query).all();
  database.close();
  return rows.flatMap((row) => Object.values(row));
}

it(`loses nothing acknowledged and keeps transactions whole over ${KILLS} kills`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pharos-crash-'));
  let acknowledged = -1;
  let next = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    acknowledged = await writeAndKill(dataDir, next, 1 + Math.floor(Math.random() * 60));
    expect(acknowledged).toBeGreaterThanOrEqual(next);
    const stored = column(dataDir, 'select count(*) from alerts');
    // One more may have been committed than the writer came to say.
    expect([acknowledged + 1, acknowledged + 2]).toContain(stored[0]);
    next = Number(stored[0]);
  }
  expect(column(dataDir, 'pragma integrity_check')).toEqual(['ok']);
  const store = await openStore({ databaseUrl: null, dataDir });
  const { items } = await store.read.alerts.list('default', { states: [] }, { limit: 100_000 });
  const all = Array.from({ length: next }, (_, n) => `alert ${n}`).toSorted();
  expect(items.map((alert) => alert.id).toSorted()).toEqual(all);
  expect(await store.read.audit.verify('default')).toEqual({ ok: true, rows: next, firstBadSeq: null });
  for (const [table, id] of [
    ['history', 'alert_id'],
    ['jobs', 'subject'],
    ['changes', 'change_id'],
  ]) {
    expect(column(dataDir, `select ${id} from ${table}`).toSorted()).toEqual(all);
  }
  await store.close();
  rmSync(dataDir, { recursive: true });
}, 120_000);
