import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { openStore } from '../openStore.ts';
import type { Store } from '../store.ts';

export interface TestStore extends Store {
  readonly dataDir: string;
  /** Closes the store and removes its files. */
  dispose(): Promise<void>;
}

/** A real store on a fresh SQLite file in the system's temporary directory. */
export async function createTestStore(options: { readonly clock?: Clock } = {}): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pharos-store-'));
  const store = await openStore({ databaseUrl: null, dataDir, ...options });
  return {
    ...store,
    dataDir,
    async dispose() {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
