import type { ParsedTraces } from '../../core/traces/parse/parseTraces.ts';

export interface ReadProgress {
  readonly stage: 'reading' | 'parsing';
  /** Of the file, from 0 to 1. Some formats are parsed at once, and their share stays at 0 meanwhile. */
  readonly share: number;
}

/** A file, or what is in memory already. */
export type TraceFile = Blob | Uint8Array<ArrayBuffer>;

/** What the worker says to the page, which sends it one message when it is ready: the file. */
export type FromTraceFileWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: ReadProgress }
  | { readonly kind: 'done'; readonly parsed: ParsedTraces }
  /** A `TraceInputError`, which does not survive the way as a class. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
