import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import type { EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import { createCommitListeners } from './commitListeners.ts';
import { appliedMigrations } from './migrate.ts';
import { createRepositories } from './repositories.ts';
import type { Schema } from './schema.ts';
import { createReadSession, createTransactionSession } from './session.ts';
import type { Store, Transaction } from './store.ts';

/** What differs between the databases. */
export interface Driver {
  readonly kind: Store['kind'];
  /** Sees committed rows only. */
  readonly reader: Kysely<Schema>;
  /** Runs `work` in one transaction that is durable when the promise resolves; may run it again after a conflict. */
  transaction<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
  sizeBytes(): Promise<number | null>;
  /** Calls back with namespaces that other engines changed; absent where there are none. */
  watch?(onChange: (namespace: string) => void): () => void;
  close(): Promise<void>;
}

/** Anyone may ask whether the engine is ready; a check that went well stands for a while, so that asking costs no disk. */
const CHECK_HOLDS_MS = 1000;

export function createStore(driver: Driver, clock: Clock): Store {
  const listeners = createCommitListeners();
  const read = createRepositories(createReadSession(driver.reader, driver.kind), listeners);
  const inside = new AsyncLocalStorage<{ running: boolean }>();
  const unwatch = driver.watch?.((namespace) => listeners.tell([namespace]));
  const writing = new Set<Promise<void>>();
  let closed = false;
  let lastCheck: EpochMs | undefined;

  function write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const result = writeNow(work);
    const settled = result.then(
      () => undefined,
      () => undefined
    );
    writing.add(settled);
    void settled.then(() => writing.delete(settled));
    return result;
  }

  async function writeNow<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (closed) {
      throw new Error('The store is closed');
    }
    if (inside.getStore()?.running === true) {
      throw new Error(
        'store.write was called inside store.write, which would wait for itself: use the transaction given'
      );
    }
    const { result, namespaces } = await driver.transaction(async (db) => {
      const session = createTransactionSession(db, driver.kind);
      const scope = { running: true };
      try {
        const value = await inside.run(scope, () => work(createRepositories(session, listeners)));
        return { result: value, namespaces: session.namespaces };
      } finally {
        scope.running = false;
        session.end();
      }
    });
    listeners.tell(namespaces);
    return result;
  }

  return {
    kind: driver.kind,
    read,
    write,
    schemaVersion: async () => (await appliedMigrations(driver.reader)).at(-1) ?? '',
    sizeBytes: () => driver.sizeBytes(),
    check: async () => {
      const row = { id: 1, checked_at: clock.now() };
      const age = row.checked_at - (lastCheck ?? -Infinity);
      if (age >= 0 && age < CHECK_HOLDS_MS) {
        return;
      }
      await driver.transaction((db) =>
        db
          .insertInto('store_check')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ checked_at: row.checked_at }))
          .execute()
      );
      lastCheck = row.checked_at;
    },
    close: async () => {
      if (closed) {
        return;
      }
      closed = true;
      unwatch?.();
      // Nobody loses a commit that was under way.
      await Promise.all(writing);
      await driver.close();
    },
  };
}
