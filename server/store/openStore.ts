import { systemClock, type Clock } from '../clock.ts';
import { createStore } from './createStore.ts';
import { openSqlite } from './sqlite/openSqlite.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** `postgres://…`, or null for SQLite. */
  readonly databaseUrl: string | null;
  /** Where SQLite's file `pharos.db` is; made when it is not there. */
  readonly dataDir: string;
  readonly clock?: Clock;
}

/**
 * Opens the store and brings its schema up to date.
 *
 * The function given to `write` may run more than once on PostgreSQL (a conflict with another engine starts it anew), so it must
 * do nothing but read and write its transaction.
 *
 * @throws Error with a sentence for the operator: directory in use, database not reachable, schema newer than this program
 */
export async function openStore({ databaseUrl, dataDir, clock = systemClock }: StoreOptions): Promise<Store> {
  if (databaseUrl === null) {
    return createStore(await openSqlite(dataDir), clock);
  }
  // Most engines run on SQLite and never need the client of PostgreSQL in memory.
  const { openPostgres } = await import('./postgres/openPostgres.ts');
  const driver = await openPostgres(databaseUrl, clock);
  return createStore(driver, clock);
}
