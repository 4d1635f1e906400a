import { DatabaseSync } from 'node:sqlite';

export interface Job {
  readonly id: number;
  readonly orderId: string;
  /** W3C trace headers of the request that made the job. */
  readonly trace: Readonly<Record<string, string>>;
  /** Attempts so far, this one included. */
  readonly attempt: number;
}

/** Past this the oldest jobs go: a worker that is down for days must not fill the disk. */
const capacity = 10_000;

/**
 * A queue between checkout and the worker: a table in a file, so that it outlives either. Times are epoch milliseconds
 * and given by the caller.
 */
export class JobQueue {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: 2_000 });
    // No WAL: whoever switches to it waits for nobody, and two that open a new file at the same time would fail one another.
    this.#database.exec(`
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        order_id TEXT NOT NULL,
        trace TEXT NOT NULL,
        enqueued_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        attempt INTEGER NOT NULL DEFAULT 0
      );
      CREATE INDEX IF NOT EXISTS job_due ON job (due_at);
    `);
  }

  add(orderId: string, trace: Readonly<Record<string, string>>, now: number): void {
    this.#database
      .prepare('INSERT INTO job (order_id, trace, enqueued_at, due_at) VALUES (?, ?, ?, ?)')
      .run(orderId, JSON.stringify(trace), now, now);
    this.#database.prepare('DELETE FROM job WHERE id <= (SELECT max(id) FROM job) - ?').run(capacity);
  }

  /** Takes the job that has been due longest and keeps it from others until `leaseMs` have passed. */
  take(now: number, leaseMs: number): Job | undefined {
    const row = this.#database
      .prepare(
        `UPDATE job SET due_at = ?, attempt = attempt + 1
         WHERE id = (SELECT id FROM job WHERE due_at <= ? ORDER BY due_at, id LIMIT 1)
         RETURNING id, order_id, trace, attempt`
      )
      .get(now + leaseMs, now);
    return row === undefined
      ? undefined
      : {
          id: Number(row.id),
          orderId: String(row.order_id),
          trace: parseTrace(String(row.trace)),
          attempt: Number(row.attempt),
        };
  }

  finish(id: number): void {
    this.#database.prepare('DELETE FROM job WHERE id = ?').run(id);
  }

  /** Puts a job back, to be taken again at `dueAt`. */
  retry(id: number, dueAt: number): void {
    this.#database.prepare('UPDATE job SET due_at = ? WHERE id = ?').run(dueAt, id);
  }

  getDepth(): number {
    return Number(this.#database.prepare('SELECT count(*) AS depth FROM job').get()?.depth ?? 0);
  }

  getOldestAgeSeconds(now: number): number {
    const oldest = this.#database.prepare('SELECT min(enqueued_at) AS oldest FROM job').get()?.oldest;
    return typeof oldest === 'number' ? Math.max(0, (now - oldest) / 1_000) : 0;
  }

  close(): void {
    this.#database.close();
  }
}

function parseTrace(text: string): Record<string, string> {
  const parsed: unknown = JSON.parse(text);
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
