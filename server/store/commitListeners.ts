import { messageOf } from '../errors.ts';

export interface CommitListeners {
  add(listener: (namespace: string) => void): () => void;
  tell(namespaces: Iterable<string>): void;
}

export function createCommitListeners(): CommitListeners {
  const listeners = new Set<(namespace: string) => void>();
  return {
    add(listener) {
      // Wrapped, so that the same function added twice is told twice and removed once.
      const entry = (namespace: string) => listener(namespace);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    tell(namespaces) {
      for (const namespace of namespaces) {
        for (const listener of [...listeners]) {
          callSafely(listener, namespace);
        }
      }
    },
  };
}

/** The commit has happened: a listener that fails must not make its writer believe otherwise. */
function callSafely(listener: (namespace: string) => void, namespace: string): void {
  try {
    listener(namespace);
  } catch (error) {
    process.emitWarning(`A listener for changes failed: ${messageOf(error)}`, 'PharosStoreWarning');
  }
}
