import type { Clock } from '../clock.ts';
import type { Settings } from '../config.ts';
import type { Resolve } from '../receivers/guard.ts';
import type { Secrets } from '../secrets.ts';
import type { StoreReader } from '../store/openReader.ts';

export type Level = 'ok' | 'warning' | 'problem';

/** One line of the doctor's report. */
export interface Finding {
  readonly level: Level;
  readonly text: string;
  /** What to do about it; empty when nothing is to be done. */
  readonly advice: string;
}

/** What checks look at. */
export interface Patient {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly resolve: Resolve;
  /** Undefined where there is none yet, or where it cannot be read: then `storeError` says why. */
  readonly store: StoreReader | undefined;
  readonly storeError: string | undefined;
  /** With the key of this data directory; undefined where there is none. */
  readonly secrets: Secrets | undefined;
}

/** One file per check, one line each in `checks.ts`. What it throws becomes a problem of its own. */
export type Check = (patient: Patient) => Promise<readonly Finding[]> | readonly Finding[];

export const fine = (text: string): Finding => ({ level: 'ok', text, advice: '' });
export const warning = (text: string, advice: string): Finding => ({ level: 'warning', text, advice });
export const problem = (text: string, advice: string): Finding => ({ level: 'problem', text, advice });

/** `1.2 GB`, as disks are sold. */
export const formatBytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
