import type { Io } from './io.ts';

/** What a start has besides its options. */
export interface StartContext {
  readonly io: Io;
  readonly dataDir: string;
  /** Aborted by Ctrl-C, by SIGTERM, and when the launcher is gone. */
  readonly signal: AbortSignal;
}
