import type { Json } from '../../src/core/json.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { Page, PageRequest } from './page.ts';

export interface AuditEntry {
  readonly at: EpochMs;
  readonly actor: string;
  readonly actorName: string;
  readonly action: string;
  readonly object: string;
  /** `begun`: what reaches outside is about to; another row of the same request says how it ended, unless the engine did not live to. */
  readonly outcome: 'begun' | 'done' | 'refused' | 'failed';
  readonly before: Json;
  readonly after: Json;
  readonly requestId: string;
}

export interface StoredAuditEntry extends AuditEntry {
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
}

export interface AuditRepository {
  /** Chains onto the namespace's last row; only inside a transaction. */
  append(namespace: string, entry: AuditEntry): Promise<StoredAuditEntry>;
  /** Newest first. */
  list(
    namespace: string,
    filter: { actor?: string | undefined; action?: string | undefined },
    page: PageRequest
  ): Promise<Page<StoredAuditEntry>>;
  /** Recomputes the chain from the first row that was not pruned, and checks that the prune is one that the chain itself states. */
  verify(namespace: string): Promise<{ ok: boolean; rows: number; firstBadSeq: number | null }>;
  /**
   * Gives up the oldest rows of a namespace, at most some ten thousand, that are from before the time: they may then be pruned.
   * Appends a row that says so, by which `verify` tells it from tampering. @returns whether there were any
   */
  cut(namespace: string, cut: { readonly before: EpochMs; readonly now: EpochMs }): Promise<boolean>;
  /** The end of the chain; row 0 where there is none yet. */
  head(namespace: string): Promise<{ readonly seq: number; readonly hash: string }>;
  /** Null for a row that was pruned, undefined for one that is not there. */
  hashAt(namespace: string, seq: number): Promise<string | null | undefined>;
  /** Those that have rows. */
  namespaces(): Promise<readonly string[]>;
  /** Deletes at most `limit` rows that were given up; returns how many. */
  prune(limit: number): Promise<number>;
}
