import { useSyncExternalStore } from 'react';
import type { Trace } from '../../core/traces/trace.ts';

/** A file that was read. It lives as long as the document: nothing of it is sent or kept anywhere. */
export interface OpenedFile {
  readonly name: string;
  /** At least one. */
  readonly traces: readonly Trace[];
}

let opened: OpenedFile | undefined;
const listeners = new Set<() => void>();

export function keepOpenedFile(file: OpenedFile): void {
  opened = file;
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The file that was opened last; undefined before the first, and after the page was loaded anew. */
export const useOpenedFile = (): OpenedFile | undefined => useSyncExternalStore(subscribe, () => opened);
