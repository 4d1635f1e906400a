import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** What a repository works on: the committed state, or one transaction. */
export interface Session {
  readonly kind: 'sqlite' | 'postgres';
  /** For reading. Throws after the end of its transaction. */
  reader(): Kysely<Schema>;
  /** For writing. Throws outside a transaction; `method` names the caller in the message. */
  writer(method: string): Kysely<Schema>;
  /** Listeners hear of the namespace after the commit. */
  changed(namespace: string): void;
}

export function createReadSession(db: Kysely<Schema>, kind: Session['kind']): Session {
  return {
    kind,
    reader: () => db,
    writer: (method) => {
      throw new Error(`${method} changes rows: call it on the transaction that store.write gives, not on store.read`);
    },
    changed: () => undefined,
  };
}

export interface TransactionSession extends Session {
  /** Namespaces with changes, for the listeners. */
  readonly namespaces: ReadonlySet<string>;
  /** A transaction that was kept is of no use after its end: what it did would not be part of it. */
  end(): void;
}

export function createTransactionSession(db: Kysely<Schema>, kind: Session['kind']): TransactionSession {
  const namespaces = new Set<string>();
  let ended = false;
  const use = () => {
    if (ended) {
      throw new Error('This transaction has ended: await everything inside the function given to store.write');
    }
    return db;
  };
  return {
    kind,
    namespaces,
    reader: use,
    writer: use,
    changed: (namespace) => namespaces.add(namespace),
    end: () => {
      ended = true;
    },
  };
}
