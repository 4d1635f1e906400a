import type { Clock } from '../../clock.ts';
import type { Store } from '../store.ts';
import type { FreshDatabase, TestDatabase } from './databases.ts';

export interface StoreUnderTest {
  readonly store: Store;
  readonly database: FreshDatabase;
}

/** Keeps a store open from the first test of a `describe` to the last; tests keep apart by namespace. Call the result inside tests. */
export function openForTests({ create }: TestDatabase, options: { readonly clock?: Clock } = {}): () => StoreUnderTest {
  let opened: StoreUnderTest | undefined;

  beforeAll(async () => {
    const database = await create();
    opened = { database, store: await database.open(options) };
  });

  afterAll(async () => {
    await opened?.store.close();
    await opened?.database.dispose();
  });

  return () => {
    if (opened === undefined) {
      throw new Error('The store is there only inside tests');
    }
    return opened;
  };
}

let namespaces = 0;

/** A namespace that no other test of the file has. */
export const freshNamespace = (): string => `ns-${++namespaces}`;
